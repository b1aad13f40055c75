package io.hark.decode.tunnel;

import io.hark.bytes.BigEndian;
import io.hark.carry.DnsTransaction;
import io.hark.carry.DnsTransaction.Resource;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an iodine server puts into the records of an answer.
///
/// *Shape*: `NULL` and `PRIVATE` hold octets as they are; `TXT` one character that names the
/// alphabet, then text; host names the same in front of a made-up ending, one name a record, in the
/// order of the preferences 10, 20 … *Source*: iodine's `doc/proto_00000502.txt`.
final class IodineAnswer {

    private static final int MAX_RECORDS = 64; // names in one answer: 4 KB hold fewer
    private static final int ENDING = 1; // labels of a name that are no data

    private IodineAnswer() {}

    /// The octets, or null if the records hold none of iodine's.
    static byte @Nullable [] octets(DnsTransaction answer) {
        List<Resource> records = answer.answers();
        if (records.isEmpty() || records.size() > MAX_RECORDS) {
            return null;
        }
        Resource first = records.getFirst();
        return switch (first.type()) {
            case IodineName.NULL, IodineName.PRIVATE -> first.data();
            case 16 -> text(first.data());
            case 5 -> name(first.data(), 0);
            case 15 -> names(records, 15, 2);
            case 33 -> names(records, 33, 6);
            default -> null;
        };
    }

    private static byte @Nullable [] text(byte[] data) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int at = 0; at < data.length; at += 1 + (data[at] & 0xff)) {
            int length = Math.min(data[at] & 0xff, data.length - at - 1);
            joined.write(data, at + 1, length);
        }
        byte[] text = joined.toByteArray();
        if (text.length == 0) {
            return null;
        }
        return switch (text[0] | 0x20) {
            case 't' -> Alphabet.BASE32.decode(text, 1);
            case 's' -> Alphabet.BASE64.decode(text, 1);
            case 'u' -> Alphabet.BASE64U.decode(text, 1);
            case 'v' -> Alphabet.BASE128.decode(text, 1);
            case 'r' -> java.util.Arrays.copyOfRange(text, 1, text.length);
            default -> null;
        };
    }

    private static byte @Nullable [] names(List<Resource> records, int type, int head) {
        List<Resource> ordered =
                records.stream()
                        .filter(one -> one.type() == type && one.data().length > head)
                        .sorted(Comparator.comparingInt(one -> BigEndian.u16(one.data(), 0)))
                        .toList();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (Resource one : ordered) {
            byte[] part = name(one.data(), head);
            if (part == null) {
                return null;
            }
            whole.writeBytes(part);
        }
        return ordered.isEmpty() ? null : whole.toByteArray();
    }

    private static byte @Nullable [] name(byte[] data, int from) {
        List<byte[]> labels = DnsTransaction.labels(data, from);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int i = 0; i < labels.size() - ENDING; i++) {
            joined.writeBytes(labels.get(i));
        }
        byte[] text = joined.toByteArray();
        if (text.length < 2) {
            return null;
        }
        return switch (text[0] | 0x20) {
            case 'h' -> Alphabet.BASE32.decode(text, 1);
            case 'i' -> Alphabet.BASE64.decode(text, 1);
            case 'j' -> Alphabet.BASE64U.decode(text, 1);
            case 'k' -> Alphabet.BASE128.decode(text, 1);
            default -> null;
        };
    }
}
