package io.hark.schema;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A network address as two longs, big endian; IPv4 is kept as `::ffff:a.b.c.d` and written as IPv4
/// (as Zeek does).
///
/// @param hi the first eight octets
/// @param lo the last eight octets
public record Addr(long hi, long lo) implements Comparable<Addr> {

    private static final long V4_PREFIX = 0xffff_0000_0000L;
    private static final long V4_MASK = 0xffff_ffffL;

    /// An IPv4 address from its 32 bits.
    public static Addr v4(int bits) {
        return new Addr(0, V4_PREFIX | (bits & V4_MASK));
    }

    /// Reads an address in text; null if it is none. Scopes (`%eth0`) are not addresses.
    ///
    /// For example, `parse("10.0.0.1")` is `v4(0x0a000001)`.
    public static @Nullable Addr parse(String text) {
        return text.indexOf(':') >= 0 ? parseV6(text) : parseV4(text);
    }

    /// Whether this is an IPv4 address.
    public boolean isV4() {
        return hi == 0 && (lo >>> 32) == 0xffff;
    }

    /// The 32 bits of an IPv4 address.
    public int v4Bits() {
        return (int) lo;
    }

    /// The octets: 4 of an IPv4 address, else 16.
    public byte[] octets() {
        byte[] octets = new byte[isV4() ? 4 : 16];
        for (int i = 0; i < octets.length; i++) {
            int place = octets.length - 1 - i;
            octets[i] = (byte) (place < 8 ? lo >>> (8 * place) : hi >>> (8 * (place - 8)));
        }
        return octets;
    }

    /// Whether it is broadcast, multicast or unspecified: nobody's own address.
    public boolean isGroupOrNobody() {
        if (isV4()) {
            int top = v4Bits() >>> 24;
            return top >= 224 || v4Bits() == 0;
        }
        return (hi >>> 56) == 0xff || (hi == 0 && lo == 0);
    }

    /// Whether it is private: RFC 1918, RFC 6598, loopback, link-local, RFC 4193.
    public boolean isPrivate() {
        if (isV4()) {
            int bits = v4Bits();
            int top = bits >>> 24;
            return top == 10
                    || top == 127
                    || (bits >>> 20) == 0xac1
                    || (bits >>> 16) == 0xc0a8
                    || (bits >>> 16) == 0xa9fe
                    || (bits >>> 22) == (0x6440 >>> 6);
        }
        return (hi >>> 57) == (0xfc >>> 1) || (hi >>> 54) == (0xfe80 >>> 6) || (hi == 0 && lo == 1);
    }

    @Override
    public int compareTo(Addr other) {
        int order = Long.compareUnsigned(hi, other.hi);
        return order != 0 ? order : Long.compareUnsigned(lo, other.lo);
    }

    @Override
    public int hashCode() {
        long mixed = (hi ^ Long.rotateLeft(lo, 29)) * 0x9e37_79b9_7f4a_7c15L;
        return (int) (mixed ^ (mixed >>> 32));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Addr(var h, var l) && h == hi && l == lo;
    }

    @Override
    public String toString() {
        byte[] out = new byte[MAX_TEXT];
        return new String(out, 0, write(out, 0), java.nio.charset.StandardCharsets.US_ASCII);
    }

    /// The longest text of an address.
    public static final int MAX_TEXT = 45;

    /// Writes the text (IPv4 dotted; IPv6 as RFC 5952 §4) into `out` at `at`; answers the place
    /// behind it.
    public int write(byte[] out, int at) {
        if (isV4()) {
            int bits = v4Bits();
            at = octet(out, at, bits >>> 24);
            out[at++] = '.';
            at = octet(out, at, bits >>> 16 & 0xff);
            out[at++] = '.';
            at = octet(out, at, bits >>> 8 & 0xff);
            out[at++] = '.';
            return octet(out, at, bits & 0xff);
        }
        int runStart = -1;
        int runLength = 1; // a single zero group is not shortened
        for (int i = 0; i < 8; ) {
            int j = i;
            while (j < 8 && group(j) == 0) {
                j++;
            }
            if (j - i > runLength) {
                runStart = i;
                runLength = j - i;
            }
            i = Math.max(j, i + 1);
        }
        for (int i = 0; i < 8; i++) {
            if (i == runStart) {
                out[at++] = ':';
                out[at++] = ':';
                i += runLength - 1;
                continue;
            }
            if (i > 0 && i != runStart + runLength) {
                out[at++] = ':';
            }
            at = hex(out, at, group(i));
        }
        return at;
    }

    private int group(int i) {
        return (int) ((i < 4 ? hi >>> (16 * (3 - i)) : lo >>> (16 * (7 - i))) & 0xffff);
    }

    private static int octet(byte[] out, int at, int value) {
        if (value >= 100) {
            out[at++] = (byte) ('0' + value / 100);
        }
        if (value >= 10) {
            out[at++] = (byte) ('0' + value / 10 % 10);
        }
        out[at++] = (byte) ('0' + value % 10);
        return at;
    }

    private static int hex(byte[] out, int at, int value) {
        HexFormat lower = HexFormat.of();
        boolean begun = false;
        for (int shift = 12; shift >= 0; shift -= 4) {
            int digit = value >>> shift & 0xf;
            begun |= digit != 0 || shift == 0;
            if (begun) {
                out[at++] = (byte) lower.toLowHexDigit(digit);
            }
        }
        return at;
    }

    private static @Nullable Addr parseV4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        int bits = 0;
        for (String part : parts) {
            if (part.isEmpty()
                    || part.length() > 3
                    || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return null;
            }
            int value = Integer.parseInt(part);
            if (value > 255) {
                return null;
            }
            bits = bits << 8 | value;
        }
        return v4(bits);
    }

    private static @Nullable Addr parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        int[] head = groups(gap < 0 ? text : text.substring(0, gap));
        int[] tail = gap < 0 ? new int[0] : groups(text.substring(gap + 2));
        if (head == null || tail == null) {
            return null;
        }
        int missing = 8 - head.length - tail.length;
        if (gap < 0 ? missing != 0 : missing < 1) {
            return null;
        }
        long hi = 0;
        long lo = 0;
        for (int i = 0; i < 8; i++) {
            int value =
                    i < head.length
                            ? head[i]
                            : i < head.length + missing ? 0 : tail[i - head.length - missing];
            if (i < 4) {
                hi = hi << 16 | value;
            } else {
                lo = lo << 16 | value;
            }
        }
        return new Addr(hi, lo);
    }

    private static int @Nullable [] groups(String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", -1);
        Addr last =
                parts[parts.length - 1].indexOf('.') >= 0 ? parseV4(parts[parts.length - 1]) : null;
        int[] groups = new int[parts.length + (last == null ? 0 : 1)];
        for (int i = 0; i < parts.length; i++) {
            if (last != null && i == parts.length - 1) {
                groups[i] = last.v4Bits() >>> 16;
                groups[i + 1] = last.v4Bits() & 0xffff;
                return groups;
            }
            if (parts[i].isEmpty()
                    || parts[i].length() > 4
                    || !parts[i].chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
                return null;
            }
            groups[i] = Integer.parseInt(parts[i], 16);
        }
        return groups;
    }
}
