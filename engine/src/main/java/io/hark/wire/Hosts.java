package io.hark.wire;

import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// Addresses that were seen lately: one that comes again is the same object, so that a million
/// connections to one server do not keep its address a million times.
///
/// *Shape*: a fixed table of [#SLOTS] addresses; what falls on a place that is taken takes it over.
/// *Thread*: one owner, the worker.
final class Hosts {

    private static final int SLOTS = 1 << 12; // some 100 KB

    private final @Nullable Addr[] seen = new Addr[SLOTS];

    /// The address of those bits.
    Addr of(long hi, long lo) {
        long mixed = (hi ^ Long.rotateLeft(lo, 29)) * 0x9e37_79b9_7f4a_7c15L;
        int slot = (int) (mixed >>> 40) & SLOTS - 1;
        Addr known = seen[slot];
        if (known == null || known.lo() != lo || known.hi() != hi) {
            known = new Addr(hi, lo);
            seen[slot] = known;
        }
        return known;
    }
}
