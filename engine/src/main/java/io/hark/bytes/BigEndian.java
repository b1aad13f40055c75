package io.hark.bytes;

/// Numbers in network byte order at a place in an array, where the caller knows that they are
/// there.
///
/// Written out octet by octet: a run is short, most of it is compiled by the quick compiler or not
/// yet at all, and there this is several times as fast as a handle or a memory segment. The
/// optimising compiler makes the same of it. [Bytes] is what a parser reads with; this is for the
/// wire's own headers.
public final class BigEndian {

    private BigEndian() {}

    /// The octet at `at`, 0 to 255.
    public static int u8(byte[] octets, int at) {
        return octets[at] & 0xff;
    }

    /// The 16 bits at `at`, 0 to 65535.
    public static int u16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }

    /// The 32 bits at `at`; values from 2^31 come out negative.
    public static int i32(byte[] octets, int at) {
        return octets[at] << 24
                | (octets[at + 1] & 0xff) << 16
                | (octets[at + 2] & 0xff) << 8
                | octets[at + 3] & 0xff;
    }

    /// The 32 bits at `at`, unsigned.
    public static long u32(byte[] octets, int at) {
        return i32(octets, at) & 0xffff_ffffL;
    }

    /// The 64 bits at `at`; values from 2^63 come out negative.
    public static long i64(byte[] octets, int at) {
        return (long) i32(octets, at) << 32 | u32(octets, at + 4);
    }

    /// Writes the low 16 bits of `value` at `at`.
    public static void put16(byte[] octets, int at, int value) {
        octets[at] = (byte) (value >>> 8);
        octets[at + 1] = (byte) value;
    }
}
