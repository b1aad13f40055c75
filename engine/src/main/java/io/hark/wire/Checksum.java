package io.hark.wire;

import io.hark.bytes.BigEndian;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The Internet checksum.
///
/// *Source*: RFC 1071. The sum is taken eight octets at a time and in the order of the machine: a
/// ones' complement sum minds neither the width nor, but for a swap at the end, the order of octets
/// it is added in.
final class Checksum {

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Checksum() {}

    /// The 16-bit ones' complement sum of `length` octets, folded; a packet that is sound sums to
    /// `0xffff`.
    ///
    /// @param seed what to add first: a pseudo header
    static int of(byte[] memory, int at, int length, long seed) {
        int words = length >> 3;
        long sum = words == 0 ? 0 : words(memory, at, words);
        int end = at + length;
        int shift = 0;
        for (int i = at + (words << 3); i < end; i++) {
            sum += (memory[i] & 0xffL) << shift;
            shift ^= 8;
        }
        return fold(seed + Short.toUnsignedInt(Short.reverseBytes((short) fold(sum))));
    }

    /// The sum of that many words of eight octets, as two halves each: the inner loop.
    private static long words(byte[] memory, int at, int words) {
        long sum = 0;
        for (int i = 0; i < words; i++) {
            long word = (long) WORD.get(memory, at + (i << 3));
            sum += (word >>> 32) + (word & 0xffff_ffffL);
        }
        return sum;
    }

    private static int fold(long sum) {
        long folded = (sum >>> 32) + (sum & 0xffff_ffffL);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        return (int) ((folded >>> 16) + (folded & 0xffff));
    }

    /// The sum of the addresses, protocol and length of a packet: what its transport checksum also
    /// covers.
    static long pseudoHeader(byte[] m, int ip, boolean v6, int protocol, int length) {
        long sum = (long) protocol + length;
        int from = v6 ? 8 : 12;
        for (int i = from; i < (v6 ? 40 : 20); i += 4) {
            sum += BigEndian.u32(m, ip + i);
        }
        return sum;
    }

    /// Whether the TCP, UDP or ICMP checksum of a packet that is there whole is right; a UDP
    /// checksum that was left out is.
    static boolean isRight(Chunk c, int i) {
        boolean v6 = (c.flags[i] & Chunk.V6) != 0;
        int protocol = c.protocol[i] & 0xff;
        return isRight(c.memory, c.ip[i], v6, c.transport[i], c.transportLength[i], protocol);
    }

    /// The same of a packet that has no place in a chunk yet.
    static boolean isRight(byte[] m, int ip, boolean v6, int at, int whole, int protocol) {
        int length = whole;
        if (protocol == Layers.UDP) {
            if (BigEndian.u16(m, at + 6) == 0) {
                return true;
            }
            length = Math.min(length, Math.max(8, BigEndian.u16(m, at + 4)));
        }
        long seed = protocol == Icmp.V4 ? 0 : pseudoHeader(m, ip, v6, protocol, length);
        return of(m, at, length, seed) == 0xffff;
    }
}
