package io.hark.format.dns;

import io.hark.format.dns.DnsMessage.Resource;
import io.hark.schema.Addr;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Records in text, as `answers` of Zeek's `dns.log` shows them; where Zeek shows nothing (HINFO,
/// CAA, SVCB, HTTPS) in the form of zone files, behind the name of the type.
///
/// For example, an MX record is the exchanger's name alone, a TXT record of `hello` is `TXT 5
/// hello`.
public final class DnsText {

    /// The most strings of a TXT record: a message has no room for more that say something.
    private static final int MAX_STRINGS = 512;

    private static final String[] SERVICE_KEYS = {
        "mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint"
    };

    private DnsText() {}

    /// The text of an answer; null where there is nothing to show, as of EDNS.
    public static @Nullable String answer(Resource record) {
        byte[] data = record.data();
        String text =
                switch (record.type()) {
                    case DnsType.A -> data.length == 4 ? addr(data, 0, 4).toString() : "";
                    case DnsType.AAAA, DnsType.A6 ->
                            data.length == 16 ? addr(data, 0, 16).toString() : "";
                    case DnsType.NS, DnsType.CNAME, DnsType.PTR, DnsType.SOA ->
                            DnsName.at(data, 0).text();
                    case DnsType.MX -> DnsName.at(data, 2).text();
                    case DnsType.SRV -> DnsName.at(data, 6).text();
                    case DnsType.TXT -> strings("TXT", data, true);
                    case DnsType.SPF -> strings("SPF", data, true);
                    case DnsType.HINFO -> "HINFO " + strings("", data, false);
                    case DnsType.RRSIG -> signature(data);
                    case DnsType.DNSKEY -> data.length >= 4 ? "DNSKEY " + u8(data, 3) : "";
                    case DnsType.DS ->
                            data.length >= 4 ? "DS " + u8(data, 2) + " " + u8(data, 3) : "";
                    case DnsType.NSEC ->
                            "NSEC " + record.owner().text() + " " + DnsName.at(data, 0).text();
                    case DnsType.NSEC3 -> "NSEC3";
                    case DnsType.NSEC3PARAM -> "NSEC3PARAM";
                    case DnsType.BINDS -> "BIND9 signing signal";
                    case DnsType.SSHFP -> data.length >= 2 ? "SSHFP: " + hex(data, 2) : "";
                    case DnsType.LOC ->
                            data.length >= 4
                                    ? "LOC:  " + u8(data, 1) + " " + u8(data, 2) + " " + u8(data, 3)
                                    : "";
                    case DnsType.NAPTR -> naptr(data);
                    case DnsType.CAA -> caa(data);
                    case DnsType.SVCB -> service("SVCB", data);
                    case DnsType.HTTPS -> service("HTTPS", data);
                    case DnsType.OPT, DnsType.TSIG, DnsType.WKS -> "";
                    default -> "<unknown type=" + record.type() + ">";
                };
        return text.isEmpty() ? null : text;
    }

    /// The text of a record in the prerequisites of a dynamic update.
    public static String prerequisite(Resource record) {
        boolean any = record.type() == DnsType.ANY;
        String owner = record.owner().text();
        if (record.rclass() == DnsType.CLASS_NONE) {
            return any
                    ? "pre: NameNotInUse " + owner
                    : "pre: NoRRSet " + DnsType.name(record.type()) + " " + owner;
        }
        return any && record.rclass() == DnsType.CLASS_ANY
                ? "pre: NameInUse " + owner
                : "pre: RRSetExists " + DnsType.name(record.type()) + " " + owner;
    }

    /// The text of a record in the updates of a dynamic update; null where there is nothing to
    /// show.
    public static @Nullable String update(Resource record) {
        String owner = record.owner().text();
        String type = DnsType.name(record.type());
        if (record.rclass() == DnsType.CLASS_NONE) {
            return "del: RR " + type + " " + owner;
        }
        if (record.rclass() == DnsType.CLASS_ANY) {
            return record.type() == DnsType.ANY ? "del: RRSet * " + owner : "del: RRSet " + type;
        }
        String text = answer(record);
        boolean address =
                record.type() == DnsType.A
                        || record.type() == DnsType.AAAA
                        || record.type() == DnsType.A6;
        return text == null
                ? null
                : address ? "add: " + type + " " + owner + " " + text : "add: " + text;
    }

    /// The addresses in an answer of the NetBIOS name service (RFC 1002 §4.2.13); null if there is
    /// none.
    public static @Nullable String netbios(Resource record) {
        if (record.type() != DnsType.NB) {
            return null;
        }
        StringJoiner all = new StringJoiner(" ").setEmptyValue("");
        for (int at = 2; at + 4 <= record.data().length; at += 6) {
            all.add(addr(record.data(), at, 4).toString());
        }
        return all.length() == 0 ? null : all.toString();
    }

    /// A name of the NetBIOS name service as people know it: `fhepfcelehfcepfffacacacacacacaca` is
    /// `WORKGROUP`; null if `name` is none.
    ///
    /// *Source*: RFC 1001 §14.1: sixteen octets, every nibble a letter from A; the last octet says
    /// what kind of name it is.
    public static @Nullable String netbiosName(DnsName name) {
        byte[] wire = name.octets();
        if (wire[0] != 32) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < 31; i += 2) {
            int high = (wire[i] | 0x20) - 'a';
            int low = (wire[i + 1] | 0x20) - 'a';
            if (high < 0 || high > 15 || low < 0 || low > 15) {
                return null;
            }
            text.append((char) (high << 4 | low));
        }
        String plain = text.toString().stripTrailing();
        int end = plain.indexOf('\0');
        return end < 0 ? plain : plain.substring(0, end);
    }

    /// Octets from the network as text: UTF-8 where they are, else every octet from 0x80 as `\xhh`.
    public static String shown(byte[] octets, int from, int to) {
        boolean ascii = true;
        for (int i = from; i < to; i++) {
            ascii &= octets[i] >= 0;
        }
        if (ascii) {
            return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
        }
        CharBuffer decoded = utf8(octets, from, to);
        if (decoded != null) {
            return decoded.toString();
        }
        StringBuilder text = new StringBuilder(to - from + 16);
        for (int i = from; i < to; i++) {
            if (octets[i] >= 0) {
                text.append((char) octets[i]);
            } else {
                text.append("\\x");
                HexFormat.of().toHexDigits(text, octets[i]);
            }
        }
        return text.toString();
    }

    static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static @Nullable CharBuffer utf8(byte[] octets, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, from, to - from));
        } catch (CharacterCodingException e) {
            return null; // the decoder's way to say no
        }
    }

    private static int u8(byte[] data, int at) {
        return data[at] & 0xff;
    }

    private static int u16(byte[] data, int at) {
        return u8(data, at) << 8 | u8(data, at + 1);
    }

    private static Addr addr(byte[] data, int at, int length) {
        ByteBuffer octets = ByteBuffer.wrap(data, at, length);
        return length == 4
                ? Addr.v4(octets.getInt())
                : new Addr(octets.getLong(), octets.getLong());
    }

    private static String hex(byte[] data, int from) {
        return HexFormat.of().formatHex(data, from, data.length);
    }

    private static String strings(String type, byte[] data, boolean withLength) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (int i = 0; i < MAX_STRINGS && at < data.length; i++) {
            int to = at + 1 + u8(data, at);
            if (to > data.length) {
                break;
            }
            if (i > 0) {
                text.append(' ');
            }
            if (withLength) {
                text.append(type).append(' ').append(to - at - 1).append(' ');
            }
            text.append(shown(data, at + 1, to));
            at = to;
        }
        return text.toString();
    }

    private static String signature(byte[] data) {
        if (data.length < 18) {
            return "";
        }
        DnsName signer = DnsName.at(data, 18);
        return "RRSIG " + u16(data, 0) + " " + (signer.isRoot() ? "<Root>" : signer.text());
    }

    private static String naptr(byte[] data) {
        if (data.length < 7) {
            return "";
        }
        String[] parts = new String[3];
        int at = 4;
        for (int i = 0; i < parts.length; i++) {
            int to = at >= data.length ? at : Math.min(data.length, at + 1 + u8(data, at));
            parts[i] = to > at ? shown(data, at + 1, to) : "";
            at = to;
        }
        String replacement = DnsName.at(data, at).text();
        StringJoiner target = new StringJoiner(" ");
        target.setEmptyValue("");
        if (!parts[2].isEmpty()) {
            target.add(parts[2]);
        }
        if (!replacement.isEmpty()) {
            target.add(replacement);
        }
        return "NAPTR "
                + u16(data, 0)
                + " "
                + u16(data, 2)
                + " "
                + parts[0]
                + " "
                + parts[1]
                + " "
                + target;
    }

    private static String caa(byte[] data) {
        if (data.length < 2 || 2 + u8(data, 1) > data.length) {
            return "";
        }
        int value = 2 + u8(data, 1);
        return "CAA "
                + u8(data, 0)
                + " "
                + shown(data, 2, value)
                + " "
                + shown(data, value, data.length);
    }

    /// *Source*: RFC 9460 §2.2, keys §14.3.2.
    private static String service(String type, byte[] data) {
        if (data.length < 3) {
            return "";
        }
        StringBuilder text =
                new StringBuilder(type)
                        .append(' ')
                        .append(u16(data, 0))
                        .append(' ')
                        .append(DnsName.at(data, 2));
        int at = DnsName.end(data, 2);
        while (at + 4 <= data.length) {
            int key = u16(data, at);
            int from = at + 4;
            int to = Math.min(data.length, from + u16(data, at + 2));
            text.append(' ').append(key < SERVICE_KEYS.length ? SERVICE_KEYS[key] : "key" + key);
            if (key != 2) {
                text.append('=').append(parameter(key, data, from, to));
            }
            at = to;
        }
        return text.toString();
    }

    private static String parameter(int key, byte[] data, int from, int to) {
        StringJoiner all = new StringJoiner(",");
        switch (key) {
            case 0 -> {
                for (int at = from; at + 2 <= to; at += 2) {
                    int named = u16(data, at);
                    all.add(named < SERVICE_KEYS.length ? SERVICE_KEYS[named] : "key" + named);
                }
            }
            case 1 -> {
                for (int at = from; at < to; at += 1 + u8(data, at)) {
                    all.add(shown(data, at + 1, Math.min(to, at + 1 + u8(data, at))));
                }
            }
            case 3 -> all.add(to - from == 2 ? Integer.toString(u16(data, from)) : "");
            case 4, 6 -> {
                int size = key == 4 ? 4 : 16;
                for (int at = from; at + size <= to; at += size) {
                    all.add(addr(data, at, size).toString());
                }
            }
            default -> all.add(HexFormat.of().formatHex(data, from, to));
        }
        return all.toString();
    }
}
