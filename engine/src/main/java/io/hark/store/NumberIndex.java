package io.hark.store;

import java.util.Arrays;

/// Numbers the distinct pairs of longs of a column chunk, in order of appearance: the keys of a
/// dictionary.
///
/// *Thread*: one owner.
final class NumberIndex {

    /// What [#put] answers when the pair is new and has no place.
    static final int FULL = Integer.MIN_VALUE;

    private static final int FIRST_SLOTS = 64;

    /// Traffic chooses the keys, so somebody may choose keys that fall together: then the column is
    /// better off without.
    private static final int MAX_PROBES = 48;

    private final int most;
    private int[] slots = new int[FIRST_SLOTS];
    private long[] hi = new long[FIRST_SLOTS / 2];
    private long[] lo = new long[FIRST_SLOTS / 2];
    private int size;

    /// An index of at most `most` pairs.
    NumberIndex(int most) {
        this.most = most;
    }

    int size() {
        return size;
    }

    long hi(int index) {
        return hi[index];
    }

    long lo(int index) {
        return lo[index];
    }

    int heldBytes() {
        return slots.length * Integer.BYTES + hi.length * 2 * Long.BYTES;
    }

    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
    }

    /// The number of the pair of zero and `low`; answers as [#put(long, long)]. Not to be mixed
    /// with other pairs.
    int put(long low) {
        int mask = slots.length - 1;
        int slot = hash(0, low) & mask;
        for (int probe = 0; probe < MAX_PROBES; probe++, slot = slot + 1 & mask) {
            int found = slots[slot] - 1;
            if (found < 0) {
                return add(0, low, slot);
            }
            if (lo[found] == low) {
                return found;
            }
        }
        return FULL;
    }

    /// The pair's number; `~number` if it is new; [#FULL] if it is new and cannot be taken.
    int put(long high, long low) {
        int mask = slots.length - 1;
        int slot = hash(high, low) & mask;
        for (int probe = 0; probe < MAX_PROBES; probe++, slot = slot + 1 & mask) {
            int found = slots[slot] - 1;
            if (found < 0) {
                return add(high, low, slot);
            }
            if (lo[found] == low && hi[found] == high) {
                return found;
            }
        }
        return FULL;
    }

    private int add(long high, long low, int slot) {
        if (size == most) {
            return FULL;
        }
        if (size == hi.length) {
            hi = Arrays.copyOf(hi, size * 2);
            lo = Arrays.copyOf(lo, size * 2);
            slots = new int[slots.length * 2];
            for (int i = 0; i < size; i++) {
                slots[free(hash(hi[i], lo[i]))] = i + 1;
            }
            slot = free(hash(high, low));
        }
        hi[size] = high;
        lo[size] = low;
        slots[slot] = ++size;
        return -size;
    }

    private int free(int hash) {
        int slot = hash & slots.length - 1;
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private static int hash(long high, long low) {
        long mixed =
                (low ^ Long.rotateLeft(high, 31) * 0xc2b2_ae3d_27d4_eb4fL) * 0x9e37_79b9_7f4a_7c15L;
        return (int) (mixed >>> 32);
    }
}
