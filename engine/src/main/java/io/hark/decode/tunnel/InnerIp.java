package io.hark.decode.tunnel;

import io.hark.bytes.BigEndian;

/// Whether octets are an IP packet, as sure as its header allows.
///
/// *Source*: RFC 791 §3.1, RFC 8200 §3.
final class InnerIp {

    private static final int HEADER_4 = 20;
    private static final int HEADER_6 = 40;

    private InnerIp() {}

    /// The length of the packet at `at`, or -1 if there is none: its header says a length that is
    /// there, and the checksum of an IPv4 header is right.
    static int length(byte[] octets, int at) {
        int there = octets.length - at;
        if (there < HEADER_4) {
            return -1;
        }
        int version = octets[at] >>> 4 & 0xf;
        if (version == 4) {
            int header = (octets[at] & 0xf) * 4;
            int length = BigEndian.u16(octets, at + 2);
            boolean fits = header >= HEADER_4 && header <= length && length <= there;
            return fits && isSound(octets, at, header) ? length : -1;
        }
        if (version == 6 && there >= HEADER_6) {
            int length = HEADER_6 + BigEndian.u16(octets, at + 4);
            return length <= there ? length : -1;
        }
        return -1;
    }

    private static boolean isSound(byte[] octets, int at, int header) {
        int sum = 0;
        for (int i = 0; i < header; i += 2) {
            sum += BigEndian.u16(octets, at + i);
        }
        sum = (sum >>> 16) + (sum & 0xffff);
        return (sum >>> 16) + (sum & 0xffff) == 0xffff;
    }
}
