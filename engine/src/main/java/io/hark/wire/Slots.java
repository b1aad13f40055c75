package io.hark.wire;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;

/// The connection table of one worker: an open-addressing index over slots in native memory.
///
/// *Shape*: the index holds `hash high half | slot + 1`; a slot is [Slot#BYTES] in a slab of
/// [#SLAB_SLOTS]. Hashes are keyed with a random secret, so that nobody can choose addresses that
/// collide; the order of slots never reaches the output.
///
/// *Thread*: one owner, the worker.
final class Slots {

    private static final int SLAB_SHIFT = 11;
    private static final int SLAB_SLOTS = 1 << SLAB_SHIFT;
    private static final int FIRST_INDEX = 1 << 12;

    private final Arena arena;
    private final long secret;
    private MemorySegment[] slabs = new MemorySegment[0];
    private long[] index = new long[FIRST_INDEX];
    private int used;
    private int[] free = new int[64];
    private int freeCount;
    private int made;
    private int[] generations = new int[0];

    Slots(Arena arena, long seed) {
        this.arena = arena;
        this.secret = new SplittableRandom(seed).nextLong();
    }

    /// The keyed hash of a canonical 5-tuple and what is around it.
    long hash(long aHi, long aLo, long bHi, long bLo, int ports, int protocol, long around) {
        long h = secret;
        h = (h ^ aLo ^ Long.rotateLeft(aHi, 17)) * 0x9e37_79b9_7f4a_7c15L;
        h ^= h >>> 32;
        h = (h ^ bLo ^ Long.rotateLeft(bHi, 17)) * 0xd6e8_feb8_6659_fd93L;
        h ^= h >>> 32;
        h = (h ^ (ports & 0xffff_ffffL) << 8 ^ protocol ^ around) * 0x9e37_79b9_7f4a_7c15L;
        return h ^ h >>> 29;
    }

    /// The first slot with this hash, or -1; `from` is -1, or the place that [#place] told for the
    /// slot before.
    int find(
            long hash,
            Slot slot,
            long aHi,
            long aLo,
            long bHi,
            long bLo,
            int ports,
            int protocol,
            long around) {
        int mask = index.length - 1;
        long tag = hash & 0xffff_ffff_0000_0000L;
        for (int i = (int) hash & mask; ; i = i + 1 & mask) {
            long entry = index[i];
            if (entry == 0) {
                return -1;
            }
            if ((entry & 0xffff_ffff_0000_0000L) == tag) {
                int n = (int) entry - 1;
                wrap(slot, n);
                if (slot.is(aHi, aLo, bHi, bLo, ports, protocol, around)) {
                    return n;
                }
            }
        }
    }

    /// Takes a fresh slot, all zero, for that hash.
    int add(long hash, Slot slot) {
        if ((used + 1) * 2 > index.length) {
            grow();
        }
        int n;
        if (freeCount > 0) {
            n = free[--freeCount];
        } else {
            n = made++;
            if (n >>> SLAB_SHIFT >= slabs.length) {
                slabs = Arrays.copyOf(slabs, slabs.length + 1);
                slabs[slabs.length - 1] = arena.allocate((long) SLAB_SLOTS * Slot.BYTES, 64);
                generations = Arrays.copyOf(generations, slabs.length * SLAB_SLOTS);
            }
        }
        wrap(slot, n);
        slot.clear();
        slot.hash(hash);
        insert(index, hash, n);
        used++;
        return n;
    }

    /// Gives the slot back.
    void remove(int n, Slot slot) {
        wrap(slot, n);
        int mask = index.length - 1;
        int hole = (int) slot.hash() & mask;
        while ((int) index[hole] - 1 != n) {
            hole = hole + 1 & mask;
        }
        Slot other = new Slot();
        for (int i = hole + 1 & mask;
                index[i] != 0;
                i = i + 1 & mask) { // close the hole, so that no tombstones are needed
            wrap(other, (int) index[i] - 1);
            int home = (int) other.hash() & mask;
            if ((i - home & mask) >= (i - hole & mask)) {
                index[hole] = index[i];
                hole = i;
            }
        }
        index[hole] = 0;
        generations[n]++;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, free.length * 2);
        }
        free[freeCount++] = n;
        used--;
    }

    /// Puts the flyweight over slot `n`.
    void wrap(Slot slot, int n) {
        slot.wrap(slabs[n >>> SLAB_SHIFT], (long) (n & SLAB_SLOTS - 1) * Slot.BYTES, n);
    }

    /// Counts how often slot `n` was given back: tells a timer that its connection is gone.
    int generation(int n) {
        return generations[n];
    }

    /// How many connections there are.
    int size() {
        return used;
    }

    /// The numbers of all slots in use, in no order.
    int[] all() {
        int[] all = new int[used];
        int n = 0;
        for (long entry : index) {
            if (entry != 0) {
                all[n++] = (int) entry - 1;
            }
        }
        return all;
    }

    private void grow() {
        long[] larger = new long[index.length * 2];
        Slot slot = new Slot();
        for (long entry : index) {
            if (entry != 0) {
                wrap(slot, (int) entry - 1);
                insert(larger, slot.hash(), (int) entry - 1);
            }
        }
        index = larger;
    }

    private static void insert(long[] into, long hash, int n) {
        int mask = into.length - 1;
        int i = (int) hash & mask;
        while (into[i] != 0) {
            i = i + 1 & mask;
        }
        into[i] = hash & 0xffff_ffff_0000_0000L | n + 1L;
    }
}
