package io.hark.store;

/// XXH64 with seed 0: the hash that Parquet's Bloom filters are made of.
///
/// *Source*: xxHash specification, `xxhash_spec.md`, "XXH64 algorithm description".
final class XxHash {

    private static final long PRIME_1 = 0x9E37_79B1_85EB_CA87L;
    private static final long PRIME_2 = 0xC2B2_AE3D_27D4_EB4FL;
    private static final long PRIME_3 = 0x1656_67B1_9E37_79F9L;
    private static final long PRIME_4 = 0x85EB_CA77_C2B2_AE63L;
    private static final long PRIME_5 = 0x27D4_EB2F_1656_67C5L;
    private static final int STRIPE = 32;

    private XxHash() {}

    /// The hash of the octets from `start` to before `end`.
    static long of(byte[] array, int start, int end) {
        int at = start;
        long hash = PRIME_5;
        if (end - start >= STRIPE) {
            long a = PRIME_1 + PRIME_2;
            long b = PRIME_2;
            long c = 0;
            long d = -PRIME_1;
            for (; at <= end - STRIPE; at += STRIPE) {
                a = round(a, number(array, at));
                b = round(b, number(array, at + 8));
                c = round(c, number(array, at + 16));
                d = round(d, number(array, at + 24));
            }
            hash =
                    Long.rotateLeft(a, 1)
                            + Long.rotateLeft(b, 7)
                            + Long.rotateLeft(c, 12)
                            + Long.rotateLeft(d, 18);
            hash = merged(merged(merged(merged(hash, a), b), c), d);
        }
        hash += end - start;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            hash = Long.rotateLeft(hash ^ round(0, number(array, at)), 27) * PRIME_1 + PRIME_4;
        }
        if (at <= end - Integer.BYTES) {
            long four = (int) Octets.INT.get(array, at) & 0xffff_ffffL;
            hash = Long.rotateLeft(hash ^ four * PRIME_1, 23) * PRIME_2 + PRIME_3;
            at += Integer.BYTES;
        }
        for (; at < end; at++) {
            hash = Long.rotateLeft(hash ^ (array[at] & 0xff) * PRIME_5, 11) * PRIME_1;
        }
        hash = (hash ^ hash >>> 33) * PRIME_2;
        hash = (hash ^ hash >>> 29) * PRIME_3;
        return hash ^ hash >>> 32;
    }

    private static long number(byte[] array, int at) {
        return (long) Octets.LONG.get(array, at);
    }

    private static long round(long sum, long lane) {
        return Long.rotateLeft(sum + lane * PRIME_2, 31) * PRIME_1;
    }

    private static long merged(long hash, long lane) {
        return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }
}
