package io.hark.testkit;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Where the outermost IP packet and its transport lie in a frame, so that a mutation can rewrite
/// them.
///
/// *Shape*: Ethernet with any number of VLAN tags, Linux cooked (both), raw IP, BSD loopback; IPv4,
/// and IPv6 without extension headers. Fragments have no transport here.
///
/// @param ip offset of the IP header
/// @param version 4 or 6
/// @param protocol number of the transport, -1 for a fragment
/// @param transport offset of the transport's header
/// @param end offset after the IP packet's last octet, link-layer padding excluded
public record Packet(int ip, int version, int protocol, int transport, int end) {

    static final int TCP = 6;
    static final int UDP = 17;
    private static final int LINK_NULL = 0;
    private static final int LINK_ETHERNET = 1;
    private static final int LINK_RAW = 101;
    private static final int LINK_SLL = 113;
    private static final int LINK_SLL2 = 276;
    private static final int MAX_TAGS = 4; // deeper stacks are not in the samples

    /// The packet in a frame, or null where there is none that this knows.
    public static @Nullable Packet of(byte[] frame, int linkType) {
        int ip =
                switch (linkType) {
                    case LINK_NULL -> 4;
                    case LINK_ETHERNET -> afterTags(frame);
                    case LINK_RAW -> 0;
                    case LINK_SLL -> 16;
                    case LINK_SLL2 -> 20;
                    default -> -1;
                };
        if (ip < 0 || frame.length < ip + 20) {
            return null;
        }
        return switch (frame[ip] >> 4 & 15) {
            case 4 -> ipv4(frame, ip);
            case 6 -> ipv6(frame, ip);
            default -> null;
        };
    }

    private static int afterTags(byte[] frame) {
        int at = 12;
        for (int tags = 0; tags <= MAX_TAGS && at + 2 <= frame.length; tags++) {
            int type = u16(frame, at);
            if (type == 0x0800 || type == 0x86dd) {
                return at + 2;
            }
            if (type != 0x8100 && type != 0x88a8) {
                return -1;
            }
            at += 4;
        }
        return -1;
    }

    private static @Nullable Packet ipv4(byte[] frame, int ip) {
        int header = (frame[ip] & 15) * 4;
        int end = ip + u16(frame, ip + 2);
        if (header < 20 || end > frame.length || ip + header > end) {
            return null;
        }
        boolean fragment = (u16(frame, ip + 6) & 0x3fff) != 0;
        return new Packet(ip, 4, fragment ? -1 : frame[ip + 9] & 0xff, ip + header, end);
    }

    private static @Nullable Packet ipv6(byte[] frame, int ip) {
        if (frame.length < ip + 40) {
            return null;
        }
        int end = ip + 40 + u16(frame, ip + 4);
        int next = frame[ip + 6] & 0xff;
        return end > frame.length ? null : new Packet(ip, 6, next == 44 ? -1 : next, ip + 40, end);
    }

    static int u16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }

    static void putU16(byte[] octets, int at, int value) {
        octets[at] = (byte) (value >> 8);
        octets[at + 1] = (byte) value;
    }

    static int u32(byte[] octets, int at) {
        return u16(octets, at) << 16 | u16(octets, at + 2);
    }

    static void putU32(byte[] octets, int at, int value) {
        putU16(octets, at, value >>> 16);
        putU16(octets, at + 2, value);
    }

    /// Whether its TCP header is there.
    public boolean isTcp() {
        return protocol == TCP && end >= transport + 20;
    }

    /// Offset of the TCP payload; [#end] where the header is broken.
    public int tcpPayload(byte[] frame) {
        int header = (frame[transport + 12] >> 4 & 15) * 4;
        return header < 20 ? end : Math.min(end, transport + header);
    }

    private int addressLength() {
        return version == 4 ? 4 : 16;
    }

    int source() {
        return ip + (version == 4 ? 12 : 8);
    }

    int destination() {
        return source() + addressLength();
    }

    /// The host that sent it, as hexadecimal digits.
    public String sourceText(byte[] frame) {
        return HexFormat.of().formatHex(frame, source(), source() + addressLength());
    }

    String destinationText(byte[] frame) {
        return HexFormat.of().formatHex(frame, destination(), destination() + addressLength());
    }

    /// The two hosts, the same both ways.
    public String pair(byte[] frame) {
        String a = sourceText(frame);
        String b = destinationText(frame);
        return a.compareTo(b) < 0 ? a + "-" + b : b + "-" + a;
    }

    /// The frame with another TCP payload at another place of the stream, lengths and checksums
    /// made right again.
    byte[] withPayload(byte[] frame, int sequence, int flags, int from, int to) {
        int payload = tcpPayload(frame);
        byte[] out = Arrays.copyOf(frame, payload + to - from);
        System.arraycopy(frame, from, out, payload, to - from);
        int length = out.length - ip;
        putU16(out, ip + (version == 4 ? 2 : 4), version == 4 ? length : length - 40);
        putU32(out, transport + 4, sequence);
        out[transport + 13] = (byte) flags;
        fixChecksums(out);
        return out;
    }

    /// Makes the checksums of IPv4, TCP and UDP right, in place; the packet must lie where this one
    /// does.
    void fixChecksums(byte[] frame) {
        if (version == 4) {
            putU16(frame, ip + 10, 0);
            putU16(frame, ip + 10, ~sum(frame, ip, transport, 0) & 0xffff);
        }
        int field = protocol == TCP ? transport + 16 : protocol == UDP ? transport + 6 : -1;
        int last = version == 4 ? ip + u16(frame, ip + 2) : ip + 40 + u16(frame, ip + 4);
        if (field >= 0 && field + 2 <= last) {
            putU16(frame, field, 0);
            int pseudo =
                    sum(
                            frame,
                            source(),
                            destination() + addressLength(),
                            protocol + last - transport);
            int checksum = ~sum(frame, transport, last, pseudo) & 0xffff;
            putU16(frame, field, protocol == UDP && checksum == 0 ? 0xffff : checksum);
        }
    }

    /// Internet checksum over a range, folded (RFC 1071).
    private static int sum(byte[] octets, int from, int to, int start) {
        long sum = start;
        for (int i = from; i + 1 < to; i += 2) {
            sum += u16(octets, i);
        }
        if ((to - from) % 2 == 1) {
            sum += (octets[to - 1] & 0xff) << 8;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) sum;
    }
}
