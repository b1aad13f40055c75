package io.hark.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The Internet checksum.
///
/// *Source*: RFC 1071. The sum is taken eight octets at a time: a ones' complement sum does not
/// mind the width it is added in.
final class Checksum {

    private static final ValueLayout.OfLong U64 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Checksum() {}

    /// The 16-bit ones' complement sum of `length` octets, folded; a packet that is sound sums to
    /// `0xffff`.
    ///
    /// @param seed what to add first: a pseudo header
    static int of(MemorySegment memory, long at, int length, long seed) {
        long sum = seed;
        long end = at + length;
        for (; end - at >= 8; at += 8) {
            long word = memory.get(U64, at);
            sum += (word >>> 32) + (word & 0xffff_ffffL);
        }
        if (end - at >= 4) {
            sum += memory.get(Chunk.U32, at) & 0xffff_ffffL;
            at += 4;
        }
        if (end - at >= 2) {
            sum += memory.get(Chunk.U16, at) & 0xffff;
            at += 2;
        }
        if (at < end) {
            sum += (memory.get(ValueLayout.JAVA_BYTE, at) & 0xff) << 8;
        }
        sum = (sum >>> 32) + (sum & 0xffff_ffffL);
        sum = (sum >>> 16) + (sum & 0xffff);
        sum = (sum >>> 16) + (sum & 0xffff);
        return (int) ((sum >>> 16) + (sum & 0xffff));
    }

    /// The sum of the addresses, protocol and length of a packet: what its transport checksum also
    /// covers.
    static long pseudoHeader(MemorySegment m, int ip, boolean v6, int protocol, int length) {
        long sum = (long) protocol + length;
        int from = v6 ? 8 : 12;
        for (int i = from; i < (v6 ? 40 : 20); i += 4) {
            sum += m.get(Chunk.U32, ip + i) & 0xffff_ffffL;
        }
        return sum;
    }

    /// Whether the TCP, UDP or ICMP checksum of a packet that is there whole is right; a UDP
    /// checksum that was left out is.
    static boolean isRight(Chunk c, int i) {
        MemorySegment m = c.memory;
        int at = c.transport[i];
        int length = c.transportLength[i];
        int protocol = c.protocol[i] & 0xff;
        if (protocol == Layers.UDP) {
            if (m.get(Chunk.U16, at + 6) == 0) {
                return true;
            }
            length = Math.min(length, Math.max(8, m.get(Chunk.U16, at + 4) & 0xffff));
        }
        boolean v6 = (c.flags[i] & Chunk.V6) != 0;
        return of(m, at, length, pseudoHeader(m, c.ip[i], v6, protocol, length)) == 0xffff;
    }
}
