package io.hark.store;

/// Parquet's encodings of whole numbers: runs, bit packing, deltas.
///
/// *Source*: Apache Parquet, `Encodings.md`: "RLE / Bit-Packing Hybrid" and "Delta Encoding".
///
/// *Thread*: stateless.
final class Packing {

    private static final int GROUP = 8; // bit-packed runs come in groups of eight
    private static final int BLOCK = 128;
    private static final int MINI = 32;
    private static final int MINIS = BLOCK / MINI;

    private Packing() {}

    /// How many bits hold the numbers 0 to `most`.
    static int width(int most) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(most);
    }

    /// Writes levels as a data page has them: four octets of length, then the hybrid runs.
    static void levels(byte[] levels, int count, int mostLevel, int[] scratch, Octets out) {
        int at = out.size();
        out.int32(0);
        for (int i = 0; i < count; i++) {
            scratch[i] = levels[i];
        }
        hybrid(scratch, count, width(mostLevel), out);
        out.patch32(at, out.size() - at - 4);
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

    private static void run(int value, int length, int width, Octets out) {
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
        out.room(groups * width + Long.BYTES);
        long waiting = 0;
        int bits = 0;
        for (int i = start; i < start + groups * GROUP; i++) {
            waiting |= (long) (i < end ? values[i] : 0) << bits;
            bits += width;
            if (bits >= Integer.SIZE) {
                out.int32((int) waiting);
                waiting >>>= Integer.SIZE;
                bits -= Integer.SIZE;
            }
        }
        for (; bits > 0; bits -= Byte.SIZE) {
            out.put((int) waiting);
            waiting >>>= Byte.SIZE;
        }
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
        out.room(width * MINI / Byte.SIZE + Long.BYTES);
        long waiting = 0;
        int bits = 0;
        for (int i = start; i < start + MINI && width > 0; i++) {
            long value = values[i];
            waiting |= value << bits;
            bits += width;
            if (bits >= Long.SIZE) {
                out.int64(waiting);
                bits -= Long.SIZE;
                waiting = bits == 0 ? 0 : value >>> (width - bits);
            }
        }
        if (bits > 0) { // 32 values of an odd width leave half a long
            out.int32((int) waiting);
        }
    }
}
