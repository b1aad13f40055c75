package io.hark.decode.tunnel;

import io.hark.bytes.BigEndian;
import io.hark.carry.DnsTransaction;
import io.hark.carry.DnsTransaction.Resource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What dnscat2 writes into a name or a record.
///
/// ```
/// | packet u16 | type u8 | session u16 | body |
/// ```
///
/// A name is hex in labels and then the domain, or the label `dnscat` and then hex. A `TXT` record
/// is hex, `CNAME` and `MX` are as the name, and `A` and `AAAA` are octets behind one that numbers
/// the records, with the length before the first. *Source*: dnscat2's `doc/protocol.md`, and
/// recordings.
///
/// @param domain of the tunnel, in lower case; `dnscat` where there is none
record Dnscat2Packet(String domain, byte[] octets) {

    static final int SYN = 0;
    static final int MSG = 1;
    static final int FIN = 2;
    static final int ENC = 3;
    static final int HEADER = 5;

    private static final int A = 1;
    private static final int CNAME = 5;
    private static final int MX = 15;
    private static final int TXT = 16;
    private static final int AAAA = 28;
    private static final int FULL = 60; // characters of a label that others follow
    private static final int MAX_RECORDS = 255; // that one octet can number
    private static final int[] LEAST = {4, 4, 1, 2}; // octets of a body, by type
    private static final String TAG = "dnscat";

    int packet() {
        return BigEndian.u16(octets, 0);
    }

    int type() {
        return octets[2] & 0xff;
    }

    int session() {
        return BigEndian.u16(octets, 3);
    }

    byte[] body() {
        return Arrays.copyOfRange(octets, HEADER, octets.length);
    }

    /// Whether `answer` can be what a server says to this: of the same session, and of a kind that
    /// answers it. A name that only comes back is no answer.
    boolean isAnsweredBy(Dnscat2Packet answer) {
        return answer.session() == session()
                && answer.packet() != packet()
                && (answer.type() == type() || answer.type() == FIN && type() != ENC);
    }

    /// What the name asked for says, or null if it cannot be dnscat2's.
    static @Nullable Dnscat2Packet asked(DnsTransaction message) {
        return switch (message.qtype()) {
            case A, CNAME, MX, TXT, AAAA -> named(message.labels());
            default -> null;
        };
    }

    /// What the records of the answer to a name of that domain say, or null.
    static @Nullable Dnscat2Packet answered(DnsTransaction message, String domain) {
        List<Resource> records =
                message.answers().stream()
                        .filter(record -> record.type() == message.qtype())
                        .limit(MAX_RECORDS)
                        .toList();
        if (records.isEmpty()) {
            return null;
        }
        byte[] first = records.getFirst().data();
        Dnscat2Packet packet =
                switch (message.qtype()) {
                    case TXT -> packet(domain, octets(strings(first)));
                    case CNAME -> named(DnsTransaction.labels(first, 0));
                    case MX -> named(DnsTransaction.labels(first, Math.min(2, first.length)));
                    default -> packet(domain, addresses(records));
                };
        return packet != null && packet.domain.equals(domain) ? packet : null;
    }

    private static @Nullable Dnscat2Packet named(List<byte[]> labels) {
        boolean tagged = !labels.isEmpty() && text(labels.getFirst()).equals(TAG);
        int from = tagged ? 1 : 0;
        int to = from;
        StringBuilder hex = new StringBuilder();
        while (to < labels.size() && labels.get(to).length >= FULL && isHex(labels.get(to))) {
            hex.append(text(labels.get(to++)));
        }
        // a short label ends it, unless it is the domain's: of an odd number, it would not fit
        if (to < labels.size()
                && isHex(labels.get(to))
                && (hex.length() + labels.get(to).length) % 2 == 0) {
            hex.append(text(labels.get(to++)));
        }
        if (tagged != (to == labels.size())) {
            return null;
        }
        List<String> domain = new ArrayList<>();
        labels.subList(to, labels.size()).forEach(label -> domain.add(text(label)));
        return packet(tagged ? TAG : String.join(".", domain), octets(hex.toString()));
    }

    private static @Nullable Dnscat2Packet packet(String domain, byte[] octets) {
        if (octets.length <= HEADER) {
            return null;
        }
        Dnscat2Packet packet = new Dnscat2Packet(domain, octets);
        boolean known = packet.type() <= ENC && octets.length - HEADER >= LEAST[packet.type()];
        return known ? packet : null;
    }

    /// Octets in hex of either case; none where it is no such.
    private static byte[] octets(String hex) {
        byte[] octets = new byte[hex.length() / 2];
        if (hex.length() % 2 != 0) {
            return new byte[0];
        }
        for (int i = 0; i < octets.length; i++) {
            int high = Character.digit(hex.charAt(2 * i), 16);
            int low = Character.digit(hex.charAt(2 * i + 1), 16);
            if (high < 0 || low < 0) {
                return new byte[0];
            }
            octets[i] = (byte) (high << 4 | low);
        }
        return octets;
    }

    private static boolean isHex(byte[] label) {
        for (byte octet : label) {
            if (octet < '0' || Character.digit((char) octet, 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] label) {
        return new String(label, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    private static String strings(byte[] data) {
        StringBuilder joined = new StringBuilder();
        for (int at = 0; at < data.length; at += 1 + (data[at] & 0xff)) {
            int to = Math.min(data.length, at + 1 + (data[at] & 0xff));
            joined.append(text(Arrays.copyOfRange(data, at + 1, to)));
        }
        return joined.toString();
    }

    private static byte[] addresses(List<Resource> records) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        records.stream()
                .map(Resource::data)
                .filter(data -> data.length > 0)
                .sorted(Comparator.comparingInt(data -> data[0] & 0xff))
                .forEach(data -> joined.write(data, 1, data.length - 1));
        byte[] all = joined.toByteArray();
        boolean whole = all.length > 0 && (all[0] & 0xff) < all.length;
        return whole ? Arrays.copyOfRange(all, 1, 1 + (all[0] & 0xff)) : new byte[0];
    }
}
