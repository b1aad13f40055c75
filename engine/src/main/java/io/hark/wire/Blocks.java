package io.hark.wire;

import java.util.Arrays;

/// Memory in blocks of powers of two, for the bytes that must outlive their chunk: messages that
/// are not whole yet, segments that came early.
///
/// *Shape*: a handle is `slab << 40 | offset`; slabs are 1 MB, larger blocks have a slab of their
/// own. Blocks given back are used again and never returned to the system.
///
/// *Thread*: one owner, the worker.
final class Blocks {

    private static final int SLAB = 1 << 20;
    private static final int SMALLEST_SHIFT = 6;
    private static final int CLASSES = 25; // up to 2^30

    private byte[][] slabs = new byte[16][];
    private int slabCount;
    private int slabUsed = SLAB;
    private final long[][] free = new long[CLASSES][];
    private final int[] freeCount = new int[CLASSES];
    private long taken;

    /// How large a block for `length` octets is.
    static int sizeFor(int length) {
        return Math.max(1 << SMALLEST_SHIFT, Integer.highestOneBit(Math.max(1, length - 1)) << 1);
    }

    /// A block of at least `length` octets, not cleared.
    long take(int length) {
        int size = sizeFor(length);
        int group = Integer.numberOfTrailingZeros(size) - SMALLEST_SHIFT;
        taken += size;
        if (freeCount[group] > 0) {
            return free[group][--freeCount[group]];
        }
        if (size > SLAB / 2) {
            return (long) addSlab(size) << 40;
        }
        if (slabUsed + size > SLAB) {
            openSlab = addSlab(SLAB);
            slabUsed = 0;
        }
        long handle = (long) openSlab << 40 | slabUsed;
        slabUsed += size;
        return handle;
    }

    private int openSlab;

    private int addSlab(int size) {
        if (slabCount == slabs.length) {
            slabs = Arrays.copyOf(slabs, slabCount * 2);
        }
        slabs[slabCount] = new byte[size];
        return slabCount++;
    }

    /// Gives a block back; `length` as it was asked for, or its size.
    void give(long handle, int length) {
        int size = sizeFor(length);
        int group = Integer.numberOfTrailingZeros(size) - SMALLEST_SHIFT;
        taken -= size;
        long[] list = free[group];
        if (list == null) {
            list = new long[16];
            free[group] = list;
        } else if (freeCount[group] == list.length) {
            list = Arrays.copyOf(list, list.length * 2);
            free[group] = list;
        }
        list[freeCount[group]++] = handle;
    }

    /// The memory that holds the block.
    byte[] memory(long handle) {
        return slabs[(int) (handle >>> 40)];
    }

    /// Where in it the block lies.
    static int at(long handle) {
        return (int) (handle & (1L << 40) - 1);
    }

    /// Octets in blocks that are taken.
    long taken() {
        return taken;
    }
}
