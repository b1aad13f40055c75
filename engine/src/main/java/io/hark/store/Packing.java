package io.hark.store;

import java.util.Arrays;

/// Parquet's encodings of whole numbers: runs, bit packing, deltas.
///
/// *Source*: Apache Parquet, `Encodings.md`: "RLE / Bit-Packing Hybrid" and "Delta Encoding".
///
/// *Thread*: stateless.
final class Packing {

    private static final int GROUP = 8; // bit-packed runs come in groups of eight

    /// Differences of a block.
    static final int BLOCK = 128;

    private static final int MINI = 32;
    private static final int MINIS = BLOCK / MINI;

    private Packing() {}

    /// How many bits hold the numbers 0 to `most`.
    static int width(int most) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(most);
    }

    /// Writes levels as a data page has them: four octets of length, then one bit-packed run.
    /// Whoever has long runs of one level pays a bit for each, and compression takes that back.
    ///
    /// @param levels with room for eight more than `count`
    static void levels(byte[] levels, int count, int mostLevel, Octets out) {
        int width = width(mostLevel);
        int groups = (count + GROUP - 1) / GROUP;
        int start = out.size();
        out.int32(0);
        if (width > 2) {
            int[] values = new int[count]; // lists in lists: seldom, and small
            for (int i = 0; i < count; i++) {
                values[i] = levels[i];
            }
            literals(values, 0, count, width, out);
            out.patch32(start, out.size() - start - Integer.BYTES);
            return;
        }
        Arrays.fill(levels, count, groups * GROUP, (byte) 0);
        out.varint((long) groups << 1 | 1);
        byte[] array = out.room(groups * width + Integer.BYTES);
        int at = out.size();
        for (int i = 0; i < groups; i++) {
            long eight = (long) Octets.LONG.get(levels, i * GROUP);
            // One bit of each of eight octets, or two: all that is above them is zero.
            int packed =
                    width == 1
                            ? (int) (eight * 0x0102_0408_1020_4080L >>> 56)
                            : pairs(eight | eight >>> 6);
            Octets.INT.set(array, at, packed);
            at += width;
        }
        out.advance(at);
        out.patch32(start, at - start - Integer.BYTES);
    }

    /// Draws four runs of four bits, each at the bottom of 16, together.
    private static int pairs(long spread) {
        return (int)
                (spread & 0xf
                        | spread >>> 12 & 0xf0
                        | spread >>> 24 & 0xf00
                        | spread >>> 36 & 0xf000);
    }

    /// Writes the definition levels 0 and 1 of `count` entries, of which some are absent: a bit for
    /// each as the format has it, only the other way round.
    static void presence(long[] absent, int count, Octets out) {
        int groups = (count + GROUP - 1) / GROUP;
        int start = out.size();
        out.int32(0);
        out.varint((long) groups << 1 | 1);
        byte[] array = out.room(groups + Long.BYTES);
        int at = out.size();
        for (int i = 0; i < groups; i += Long.BYTES) {
            Octets.LONG.set(array, at + i, ~absent[i / Long.BYTES]);
        }
        out.advance(at + groups);
        out.patch32(start, out.size() - start - Integer.BYTES);
    }

    /// Writes `count` levels that are all the same.
    static void levels(int level, int count, Octets out) {
        int at = out.size();
        out.int32(0);
        run(level, count, 1, out);
        out.patch32(at, out.size() - at - 4);
    }

    /// Writes numbers of `width` bits as runs of one value and bit-packed groups, whichever is
    /// shorter.
    static void hybrid(int[] values, int count, int width, Octets out) {
        int literal = 0; // where the values begin that wait to be packed
        int at = 0;
        while (at < count) {
            int value = values[at];
            int end = at + 1;
            while (end < count && values[end] == value) {
                end++;
            }
            // A packed run holds whole groups, so the run of one value first fills up the group
            // before it.
            int borrowed = -(at - literal) & (GROUP - 1);
            if (end - at - borrowed >= GROUP) {
                literals(values, literal, at + borrowed, width, out);
                run(value, end - at - borrowed, width, out);
                literal = end;
            }
            at = end;
        }
        literals(values, literal, count, width, out);
    }

    /// Writes `length` times one value as a run.
    static void run(int value, int length, int width, Octets out) {
        out.varint((long) length << 1);
        for (int bits = 0; bits < width; bits += Byte.SIZE) {
            out.put(value >>> bits);
        }
    }

    private static void literals(int[] values, int start, int end, int width, Octets out) {
        if (start == end) {
            return;
        }
        int groups = (end - start + GROUP - 1) / GROUP;
        out.varint((long) groups << 1 | 1);
        byte[] array = out.room(groups * width + Long.BYTES);
        int at = out.size();
        int last = at + groups * width;
        long waiting = 0;
        int bits = 0;
        for (int i = start; i < end; i++) {
            waiting |= (long) values[i] << bits;
            bits += width;
            if (bits >= Integer.SIZE) {
                Octets.INT.set(array, at, (int) waiting);
                at += Integer.BYTES;
                waiting >>>= Integer.SIZE;
                bits -= Integer.SIZE;
            }
        }
        Octets.LONG.set(array, at, waiting);
        if (last > at + Long.BYTES) {
            Arrays.fill(array, at + Long.BYTES, last, (byte) 0);
        }
        out.advance(last);
    }

    /// Writes numbers as `DELTA_BINARY_PACKED`: blocks of 128 differences, each less the least of
    /// its block, in four runs of the fewest bits. Differences wrap around, as the format says.
    static void delta(long[] values, int count, long[] scratch, Octets out) {
        out.varint(BLOCK);
        out.varint(MINIS);
        out.varint(count);
        out.zigzag(count == 0 ? 0 : values[0]);
        for (int start = 1; start < count; start += BLOCK) {
            int length = Math.min(BLOCK, count - start);
            long least = Long.MAX_VALUE;
            for (int i = 0; i < length; i++) {
                long difference = values[start + i] - values[start + i - 1];
                scratch[i] = difference;
                least = Math.min(least, difference);
            }
            for (int i = 0; i < length; i++) {
                scratch[i] -= least;
            }
            for (int i = length; i < BLOCK; i++) {
                scratch[i] = 0;
            }
            out.zigzag(least);
            int widths = out.size();
            out.int32(0);
            for (int mini = 0; mini < MINIS && mini * MINI < length; mini++) {
                long all = 0;
                for (int i = mini * MINI; i < (mini + 1) * MINI; i++) {
                    all |= scratch[i];
                }
                int width = Long.SIZE - Long.numberOfLeadingZeros(all);
                out.array()[widths + mini] = (byte) width;
                mini(scratch, mini * MINI, width, out);
            }
        }
    }

    private static void mini(long[] values, int start, int width, Octets out) {
        byte[] array = out.room(width * MINI / Byte.SIZE + Long.BYTES);
        int at = out.size();
        long waiting = 0;
        int bits = 0;
        for (int i = start; i < start + MINI && width > 0; i++) {
            long value = values[i];
            waiting |= value << bits;
            bits += width;
            if (bits >= Long.SIZE) {
                Octets.LONG.set(array, at, waiting);
                at += Long.BYTES;
                bits -= Long.SIZE;
                waiting = bits == 0 ? 0 : value >>> (width - bits);
            }
        }
        Octets.LONG.set(array, at, waiting); // 32 values of an odd width leave half of it
        out.advance(at + bits / Byte.SIZE);
    }
}
