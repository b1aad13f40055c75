package io.hark.wire;

import io.hark.bytes.BigEndian;
import io.hark.event.Endpoints;
import io.hark.schema.Addr;

/// Whose work a packet is: a hash of the innermost host pair, or of the 5-tuple on ports whose
/// protocols negotiate no second connection. 0 is nobody's.
final class Shards {

    /// Ports that negotiate no second connection, so that their connections may be spread by
    /// 5-tuple, not by host pair.
    private static final long[] SPREAD = portSet(53, 80, 443, 853, 3128, 8080);

    private Shards() {}

    /// The shard of packet `i`: the same both ways.
    ///
    /// @param ip where its IP header is
    /// @param at where what it carries is
    static int of(Chunk c, int i, int ip, int at, int end, int protocol) {
        byte[] m = c.memory;
        long a;
        long b;
        if ((c.flags[i] & Chunk.V6) != 0) {
            a = mix(BigEndian.i64(m, ip + 8)) ^ BigEndian.i64(m, ip + 16);
            b = mix(BigEndian.i64(m, ip + 24)) ^ BigEndian.i64(m, ip + 32);
        } else {
            a = BigEndian.i32(m, ip + 12);
            b = BigEndian.i32(m, ip + 16);
        }
        boolean ports = hasPorts(protocol) && end - at >= 4;
        return of(a, b, ports ? BigEndian.u16(m, at) : 0, ports ? BigEndian.u16(m, at + 2) : 0);
    }

    /// The shard of a connection's packets.
    static int of(Endpoints id, int protocol) {
        boolean ports = hasPorts(protocol);
        return of(
                folded(id.orig_h()),
                folded(id.resp_h()),
                ports ? id.orig_p() : 0,
                ports ? id.resp_p() : 0);
    }

    private static boolean hasPorts(int protocol) {
        return protocol == Layers.TCP || protocol == Layers.UDP;
    }

    private static long folded(Addr host) {
        return host.isV4() ? host.v4Bits() : mix(host.hi()) ^ host.lo();
    }

    private static int of(long a, long b, int src, int dst) {
        long hash = mix(a) + mix(b); // the same both ways
        if (isSpread(src, dst)) {
            hash += mix(src + 1L) + mix(dst + 1L);
        }
        return of(hash);
    }

    /// The shard of a hash: positive, and evenly spread over any number of workers.
    static int of(long hash) {
        return Math.max(1, (int) (mix(hash) >>> 33));
    }

    /// Whether connections between these ports are spread over workers by 5-tuple, not by host
    /// pair.
    static boolean isSpread(int src, int dst) {
        int low = Math.min(src, dst);
        return (SPREAD[low >>> 6] >>> low & 1) != 0;
    }

    /// A number with its bits well mixed.
    static long mix(long value) {
        long h = (value ^ value >>> 32) * 0x9e37_79b9_7f4a_7c15L;
        return h ^ h >>> 29;
    }

    private static long[] portSet(int... ports) {
        long[] bits = new long[1024];
        for (int port : ports) {
            bits[port >>> 6] |= 1L << port;
        }
        return bits;
    }
}
