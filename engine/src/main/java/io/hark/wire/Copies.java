package io.hark.wire;

import io.hark.bytes.BigEndian;

/// Recognises frames that were captured twice: mirror ports that copy both directions, or the same
/// packet before and behind a router.
///
/// *Shape*: a print of each packet's identity (addresses, IP identification, length, transport
/// header with its checksum, of datagrams also some of the body; not what routers change) and the
/// time it was last seen, in a table where a new packet takes the place of an old one. A
/// retransmission has another identification or comes later than [#WINDOW].
///
/// *Thread*: the reader's, in the order of the frames, so that the number of workers changes
/// nothing.
final class Copies {

    /// How long after a packet its copy comes at most, in units of 1.024 µs: copies are made within
    /// microseconds, no host sends again within a millisecond.
    static final int WINDOW = 1000;

    private static final int PLACES_SHIFT =
            12; // packets remembered: a millisecond of 4 million a second
    private static final int TIME_BITS = 24;
    private static final long TIME_MASK = (1L << TIME_BITS) - 1;
    private static final int LEAST = 8; // octets of transport that tell packets apart

    private final long[] seen = new long[1 << PLACES_SHIFT];

    /// Whether the packet was seen a moment ago; remembers it.
    ///
    /// @param ip where its IP header lies
    /// @param total its length by that header
    /// @param at where its transport header lies
    /// @param end where what was captured of it ends
    boolean isCopy(
            byte[] m, int ip, boolean v6, int total, int at, int end, int protocol, long nanos) {
        if (end - at < LEAST) {
            return false;
        }
        long h = BigEndian.i64(m, at) * 0x9e37_79b9_7f4a_7c15L;
        if (v6) {
            h ^= (BigEndian.i64(m, ip + 16) ^ BigEndian.i64(m, ip + 8)) * 0xc2b2_ae3d_27d4_eb4fL;
            h ^= (BigEndian.i64(m, ip + 32) - BigEndian.i64(m, ip + 24)) * 0x1656_67b1_9e37_79f9L;
        } else {
            h ^= BigEndian.i64(m, ip + 12) * 0xc2b2_ae3d_27d4_eb4fL;
        }
        long id = v6 ? 0 : BigEndian.u32(m, ip + 4); // and the place of a fragment
        h ^= (id << 32 | (long) total << 8 | protocol) * 0x2545_f491_4f6c_dd1dL;
        if (end - at >= 2 * LEAST) {
            h ^= Long.rotateLeft(BigEndian.i64(m, at + 8) * 0x9fb2_1c65_1e98_df25L, 31);
        }
        if (protocol == Layers.TCP) {
            h += end - at >= 20 ? BigEndian.i32(m, at + 16) * 0xd6e8_feb8_6659_fd93L : 0;
        } else {
            h += body(m, at, end);
        }
        h = (h ^ h >>> 32) * 0x9e37_79b9_7f4a_7c15L;
        int place = (int) (h >>> 64 - PLACES_SHIFT);
        long micros = nanos >>> 10 & TIME_MASK;
        long before = seen[place];
        seen[place] = h << TIME_BITS | micros;
        return (before ^ h << TIME_BITS) >>> TIME_BITS == 0
                && (micros - before & TIME_MASK) <= WINDOW;
    }

    /// Of what carries no sequence number: the middle and the end, for senders that leave the
    /// checksum to their card.
    private static long body(byte[] m, int at, int end) {
        int middle = at + (end - at) / 2 - LEAST / 2;
        return BigEndian.i64(m, middle) * 0xd6e8_feb8_6659_fd93L
                ^ Long.rotateLeft(BigEndian.i64(m, end - LEAST) * 0xff51_afd7_ed55_8ccdL, 17);
    }
}
