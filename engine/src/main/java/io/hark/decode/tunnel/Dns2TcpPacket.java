package io.hark.decode.tunnel;

import io.hark.bytes.BigEndian;
import io.hark.carry.DnsTransaction;
import io.hark.carry.DnsTransaction.Resource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What dns2tcp writes into a name or a record, in base64 without padding.
///
/// ```
/// | session u16 | acknowledged u16 | sequence u16 | type u8 | data |
/// ```
///
/// In a name the data is followed by a label that begins with `=` while a session is set up, and
/// the domain; a record's text has one character before it that numbers the records. *Source*:
/// dns2tcp's documentation, and recordings.
///
/// @param step the label that begins with `=`; empty for data
/// @param domain of the tunnel, in lower case; empty for an answer
record Dns2TcpPacket(String step, String domain, int session, int sequence, int type, byte[] data) {

    static final int DESAUTH = 1;
    static final int ERROR = 2;
    static final int DATA = 8;

    private static final int HEADER = 7;
    private static final int TXT = 16;
    private static final int KEY = 25;
    private static final int FULL = 63; // characters of a label that others follow
    private static final int LEAST = 10; // characters of a header
    private static final int MAX_RECORDS = 64;

    static boolean isItsType(int qtype) {
        return qtype == TXT || qtype == KEY;
    }

    /// What the name asked for says, or null if it cannot be dns2tcp's.
    static @Nullable Dns2TcpPacket asked(DnsTransaction message) {
        List<byte[]> labels = message.labels();
        int n = 0;
        while (n < labels.size() && labels.get(n).length == FULL && isText(labels.get(n))) {
            n++;
        }
        if (n < labels.size() && labels.get(n)[0] != '=') {
            n++;
        }
        int domain = n;
        String step = "";
        if (n < labels.size() && labels.get(n)[0] == '=') {
            step = new String(labels.get(n), StandardCharsets.ISO_8859_1);
            domain++;
        }
        if (n == 0 || labels.size() - domain < 2) {
            return null;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        labels.subList(0, n).forEach(text::writeBytes);
        if (text.size() < LEAST) {
            return null;
        }
        return packet(step, name(labels, domain), text.toByteArray(), 0);
    }

    private static boolean isText(byte[] label) {
        return Alphabet.STANDARD64.has(label, 0, label.length);
    }

    private static String name(List<byte[]> labels, int from) {
        List<String> parts = new ArrayList<>();
        for (byte[] label : labels.subList(from, labels.size())) {
            parts.add(new String(label, StandardCharsets.ISO_8859_1));
        }
        return String.join(".", parts).toLowerCase(Locale.ROOT);
    }

    private static @Nullable Dns2TcpPacket packet(
            String step, String domain, byte[] text, int from) {
        byte[] octets = Alphabet.STANDARD64.decode(text, from);
        if (octets == null || octets.length < HEADER) {
            return null;
        }
        int type = octets[HEADER - 1] & 0xff;
        boolean known = type <= ERROR || type == 4 || type == 6 || (type & 0x87) == 0;
        return known
                ? new Dns2TcpPacket(
                        step,
                        domain,
                        BigEndian.u16(octets, 0),
                        BigEndian.u16(octets, 4),
                        type,
                        Arrays.copyOfRange(octets, HEADER, octets.length))
                : null;
    }

    /// What the records of the answer say, in their order.
    static List<Dns2TcpPacket> answers(DnsTransaction message) {
        List<Dns2TcpPacket> packets = new ArrayList<>();
        for (Resource record : message.answers()) {
            byte[] text =
                    record.type() == TXT
                            ? joined(record.data())
                            : record.type() == KEY ? record.data() : new byte[0];
            Dns2TcpPacket packet = text.length == 0 ? null : packet("", "", text, 1);
            if (packet == null || packets.size() == MAX_RECORDS) {
                break;
            }
            packets.add(packet);
        }
        return packets;
    }

    private static byte[] joined(byte[] strings) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int at = 0; at < strings.length; at += 1 + (strings[at] & 0xff)) {
            int length = Math.min(strings[at] & 0xff, strings.length - at - 1);
            joined.write(strings, at + 1, length);
        }
        return joined.toByteArray();
    }
}
