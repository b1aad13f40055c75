package io.hark.store;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column of whole or floating-point numbers of 64 bits.
///
/// *Shape*: pages of indexes into a dictionary while the chunk has few distinct numbers (ports,
/// codes, TTLs); then whole numbers as differences, floating-point ones plain.
///
/// *Thread*: one owner.
final class Numbers extends Leaf {

    /// Distinct numbers of a dictionary: more would take so many bits that differences are as
    /// short.
    private static final int MOST_WORDS = 4096;

    /// After so many values of a page, more than half of them different, the dictionary is given
    /// up.
    private static final int TRIAL = 1024;

    private final boolean real;
    private final NumberIndex words = new NumberIndex(MOST_WORDS);
    private long[] values = new long[FIRST_ENTRIES];
    private boolean tooMany; // for good: what is manifold in one row group is so in the next
    private boolean wordsUsed;
    private long least = Long.MAX_VALUE;
    private long greatest = Long.MIN_VALUE;
    private double realLeast = Double.POSITIVE_INFINITY;
    private double realGreatest = Double.NEGATIVE_INFINITY;
    private boolean unordered; // a NaN has no place between least and greatest
    private boolean empty = true;

    Numbers(List<String> path, boolean real, int mostDefined, int mostRepeated, Group group) {
        super(path, real ? Format.DOUBLE : Format.INT64, mostDefined, mostRepeated, group);
        this.real = real;
    }

    void add(int repetition, long value) {
        present(repetition);
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = value;
    }

    void add(int repetition, double value) {
        add(repetition, Double.doubleToRawLongBits(value));
    }

    @Override
    int encode(Press press) {
        boolean same = measure();
        int encoding = encode(same, press);
        if (values.length > Levels.PAGE_ENTRIES) {
            values = new long[Levels.PAGE_ENTRIES]; // one long row does not keep its room
        }
        return encoding;
    }

    private int encode(boolean same, Press press) {
        if (!tooMany && (same ? indexSame(press) : index(press))) {
            wordsUsed = true;
            return Format.RLE_DICTIONARY;
        }
        tooMany = true;
        Octets page = press.page;
        if (real) {
            byte[] array = page.room(count * Long.BYTES);
            int at = page.size();
            for (int i = 0; i < count; i++, at += Long.BYTES) {
                Octets.LONG.set(array, at, values[i]);
            }
            page.advance(at);
        } else {
            Packing.delta(values, count, press.block(), page);
        }
        return plainEncoding();
    }

    /// All values of the page are one: the commonest case, of counters that stay zero.
    private boolean indexSame(Press press) {
        int index = count == 0 ? 0 : words.put(values[0]);
        if (index == NumberIndex.FULL) {
            return false;
        }
        int width = Math.max(1, Packing.width(words.size() - 1));
        press.page.put(width);
        if (count > 0) {
            Packing.run(index < 0 ? ~index : index, count, width, press.page);
        }
        return true;
    }

    private boolean index(Press press) {
        int[] indexes = press.ints(count);
        for (int i = 0; i < count; i++) {
            int index = words.put(values[i]);
            if (index == NumberIndex.FULL || i == TRIAL && words.size() > TRIAL / 2) {
                return false;
            }
            indexes[i] = index < 0 ? ~index : index;
        }
        int width = Math.max(1, Packing.width(words.size() - 1));
        press.page.put(width);
        Packing.hybrid(indexes, count, width, press.page);
        return true;
    }

    /// Widens the chunk's bounds by the page's values; answers whether they are all the same.
    private boolean measure() {
        empty &= count == 0;
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            low = Math.min(low, values[i]);
            high = Math.max(high, values[i]);
        }
        if (real) {
            measureReal();
        } else {
            least = Math.min(least, low);
            greatest = Math.max(greatest, high);
        }
        return low >= high;
    }

    private void measureReal() {
        double low = realLeast;
        double high = realGreatest;
        boolean nan = false;
        for (int i = 0; i < count; i++) {
            double value = Double.longBitsToDouble(values[i]);
            low = value < low ? value : low;
            high = value > high ? value : high;
            nan |= Double.isNaN(value);
        }
        realLeast = low;
        realGreatest = high;
        unordered |= nan;
    }

    @Override
    int plainEncoding() {
        return real ? Format.PLAIN : Format.DELTA_BINARY_PACKED;
    }

    @Override
    int dictionarySize() {
        return wordsUsed ? words.size() : 0;
    }

    @Override
    void dictionary(Octets page) {
        for (int i = 0; i < words.size(); i++) {
            page.int64(words.lo(i));
        }
    }

    @Override
    void nextChunk() {
        words.clear();
        wordsUsed = false;
        least = Long.MAX_VALUE;
        greatest = Long.MIN_VALUE;
        realLeast = Double.POSITIVE_INFINITY;
        realGreatest = Double.NEGATIVE_INFINITY;
        unordered = false;
        empty = true;
    }

    @Override
    byte @Nullable [][] bounds() {
        if (empty || unordered) {
            return null;
        }
        if (real) {
            // The format's rule for zeros, whose sign comparisons do not see.
            double low = realLeast == 0 ? -0.0 : realLeast;
            double high = realGreatest == 0 ? 0.0 : realGreatest;
            return new byte[][] {
                plain(Double.doubleToRawLongBits(low)), plain(Double.doubleToRawLongBits(high))
            };
        }
        return new byte[][] {plain(least), plain(greatest)};
    }

    private static byte[] plain(long bits) {
        Octets octets = new Octets(Long.BYTES);
        octets.int64(bits);
        return octets.array();
    }

    @Override
    long valuesHeld() {
        return values.length * (long) Long.BYTES + words.heldBytes();
    }
}
