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
        int place = present(repetition);
        values[place] = value;
    }

    void add(int repetition, double value) {
        add(repetition, Double.doubleToRawLongBits(value));
    }

    @Override
    void resizeValues(int capacity) {
        values = Arrays.copyOf(values, capacity);
    }

    @Override
    int encode(int count, Press press) {
        measure(count);
        if (!tooMany && index(count, press)) {
            wordsUsed = true;
            return Format.RLE_DICTIONARY;
        }
        tooMany = true;
        if (real) {
            Octets page = press.page;
            page.room(count * Long.BYTES);
            for (int i = 0; i < count; i++) {
                page.int64(values[i]);
            }
        } else {
            Packing.delta(values, count, press.block(), press.page);
        }
        return plainEncoding();
    }

    private boolean index(int count, Press press) {
        int[] indexes = press.ints(count);
        for (int i = 0; i < count; i++) {
            int index = words.put(0, values[i]);
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

    private void measure(int count) {
        empty &= count == 0;
        if (real) {
            measureReal(count);
            return;
        }
        long low = least;
        long high = greatest;
        for (int i = 0; i < count; i++) {
            low = Math.min(low, values[i]);
            high = Math.max(high, values[i]);
        }
        least = low;
        greatest = high;
    }

    private void measureReal(int count) {
        double low = realLeast;
        double high = realGreatest;
        for (int i = 0; i < count; i++) {
            double value = Double.longBitsToDouble(values[i]);
            low = value < low ? value : low;
            high = value > high ? value : high;
            unordered |= Double.isNaN(value);
        }
        realLeast = low;
        realGreatest = high;
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
