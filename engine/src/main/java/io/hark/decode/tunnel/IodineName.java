package io.hark.decode.tunnel;

import io.hark.carry.DnsTransaction;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an iodine client writes in front of its domain: a command, and data of which each label but
/// the last has 57 characters.
///
/// *Source*: iodine's `doc/proto_00000502.txt`, and recordings.
final class IodineName {

    static final int NULL = 10; // RFC 1035 §3.3.10
    static final int PRIVATE = 65399; // of the private range, RFC 6895 §3.1
    private static final int TXT = 16;
    private static final int A = 1;
    private static final int CNAME = 5;
    private static final int MX = 15;
    private static final int SRV = 33;

    private static final int FULL = 57; // characters of data in a label that others follow
    private static final int VERSION_LENGTH = 11;
    private static final int LOGIN_LENGTH = 32;
    private static final int PING_LENGTH = 8;
    private static final int SHORT_LENGTH = 6; // of codec and option
    private static final int DATA_HEADER = 5; // user, three of fragments, counter
    private static final int LONG_DATA = 24; // characters that few names of hosts have

    /// The version 0x00000502 as its first characters are, in Base32.
    private static final byte[] VERSION = "vaaaaka".getBytes(StandardCharsets.US_ASCII);

    private IodineName() {}

    /// Whether the name may be one of iodine's; of types that hosts are looked up by, it has to
    /// look stranger.
    static boolean mayBe(DnsTransaction message) {
        int type = message.qtype();
        boolean rare = type == NULL || type == PRIVATE;
        if (!rare && type != TXT && type != A && type != CNAME && type != MX && type != SRV) {
            return false;
        }
        byte[] name = message.name();
        int length = name.length == 0 ? 0 : name[0] & 0xff;
        if (length < 4 || length + 4 > name.length || parts(name) < 3) {
            return false;
        }
        int last = 1 + length;
        return switch (lower(name[1])) {
            case 'v' -> length == VERSION_LENGTH && begins(name);
            case 'l' -> length == LOGIN_LENGTH && Alphabet.BASE32.has(name, 2, last);
            case 'p' ->
                    length == PING_LENGTH
                            && Alphabet.BASE32.value(name[2]) <= 1
                            && Alphabet.BASE32.has(name, 3, last);
            case 's', 'o' ->
                    length == SHORT_LENGTH
                            && (rare || isCodec(name))
                            && Alphabet.BASE32.has(name, 4, last);
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f' ->
                    length > DATA_HEADER
                            && Alphabet.BASE32.has(name, 2, 5)
                            && (rare || isStrange(name, length, type));
            default -> false;
        };
    }

    private static boolean begins(byte[] name) {
        for (int i = 0; i < VERSION.length; i++) {
            if (lower(name[1 + i]) != VERSION[i]) {
                return false;
            }
        }
        return true;
    }

    /// Whether the third character is one of the codecs 5, 6, 7 and 26, or of the options.
    private static boolean isCodec(byte[] name) {
        return Alphabet.BASE32.value(name[2]) <= 15
                && (lower(name[1]) == 's' ? "fgh0" : "tsuvrli").indexOf(lower(name[3])) >= 0;
    }

    private static boolean isStrange(byte[] name, int length, int type) {
        if (length >= LONG_DATA || type == TXT || type == MX || type == SRV) {
            return true;
        }
        for (int i = 2; i <= length; i++) {
            if (name[i] < 0 || name[i] >= '0' && name[i] <= '9') {
                return true;
            }
        }
        return false;
    }

    private static int parts(byte[] name) {
        int parts = 0;
        for (int at = 0; at < name.length && name[at] != 0; at += 1 + (name[at] & 0xff)) {
            parts++;
        }
        return parts;
    }

    private static int lower(byte character) {
        return character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character;
    }

    /// How many labels are data: those that are full, and the one behind them.
    private static int data(List<byte[]> labels) {
        int n = 0;
        while (n < labels.size() && labels.get(n).length == FULL + (n == 0 ? DATA_HEADER : 0)) {
            n++;
        }
        return n + 1;
    }

    /// The domains that the name may be under, lower case. Where the data ends with a full label
    /// that cannot be told from data that goes on, so there are two.
    static List<String> domains(DnsTransaction message) {
        List<byte[]> labels = message.labels();
        int data = data(labels);
        String domain = domain(labels, data);
        String longer = data > 1 ? domain(labels, data - 1) : null;
        if (domain == null) {
            return longer == null ? List.of() : List.of(longer);
        }
        return longer == null ? List.of(domain) : List.of(domain, longer);
    }

    /// The labels from `from` on, joined; null where they are no domain of two parts or more.
    private static @Nullable String domain(List<byte[]> labels, int from) {
        if (labels.size() - from < 2) {
            return null;
        }
        StringBuilder domain = new StringBuilder();
        for (int i = from; i < labels.size(); i++) {
            domain.append(i == from ? "" : ".");
            for (byte one : labels.get(i)) {
                if (one <= ' ' || one == '.') {
                    return null; // no domain that somebody delegates
                }
                domain.append((char) one);
            }
        }
        return domain.toString().toLowerCase(Locale.ROOT);
    }

    /// The characters in front of that domain.
    static byte[] characters(DnsTransaction message, String domain) {
        List<byte[]> labels = message.labels();
        int data = data(labels);
        int own = domain.equals(domain(labels, data)) ? data : data - 1;
        ByteArrayOutputStream characters = new ByteArrayOutputStream();
        for (int i = 0; i < Math.min(own, labels.size()); i++) {
            characters.writeBytes(labels.get(i));
        }
        return characters.toByteArray();
    }
}
