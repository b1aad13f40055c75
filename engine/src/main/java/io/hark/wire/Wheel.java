package io.hark.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A timer wheel of one-second buckets; a bucket is a list of connections in the order they were
/// put there.
///
/// Nothing is moved when a connection speaks: a connection that comes up is asked for its deadline
/// again and put back if that is later. So a packet costs the wheel nothing.
///
/// *Thread*: one owner, the worker. *Units*: nanoseconds since 1970 UTC.
final class Wheel {

    private static final long TICK = 1_000_000_000L;
    private static final int BUCKETS =
            1 << 12; // over an hour; what lies further comes up early and is put back

    private final long[] @Nullable [] buckets = new long[BUCKETS][];
    private final int[] sizes = new int[BUCKETS];
    private long tick = Long.MIN_VALUE;

    /// Asks for the connection at `deadline`.
    void add(Flow flow, long deadline) {
        long at = Math.floorDiv(deadline, TICK);
        if (tick != Long.MIN_VALUE) {
            at = Math.min(Math.max(at, tick), tick + BUCKETS - 1);
        }
        int bucket = (int) Math.floorMod(at, (long) BUCKETS);
        long[] entries = buckets[bucket];
        if (entries == null) {
            entries = new long[16];
            buckets[bucket] = entries;
        } else if (sizes[bucket] == entries.length) {
            entries = Arrays.copyOf(entries, entries.length * 2);
            buckets[bucket] = entries;
        }
        entries[sizes[bucket]++] = (long) flow.generation << 32 | flow.number;
    }

    /// Whether the clock went back behind what was already fired.
    boolean isBehind(long now) {
        return tick != Long.MIN_VALUE && Math.floorDiv(now, TICK) < tick;
    }

    /// Forgets everything; the owner adds all again.
    void reset() {
        Arrays.fill(sizes, 0);
        tick = Long.MIN_VALUE;
    }

    /// Takes out everything that may be due at `now`.
    void due(long now, Due due) {
        long until = Math.floorDiv(now, TICK);
        if (tick == Long.MIN_VALUE) {
            tick =
                    until - BUCKETS
                            + 1; // whatever was added before the first firing lies somewhere in one
            // turn
        }
        long from = Math.max(tick, until - BUCKETS + 1);
        for (long at = from; at <= until; at++) {
            int bucket = (int) Math.floorMod(at, (long) BUCKETS);
            long[] entries = buckets[bucket];
            int n = sizes[bucket];
            if (entries == null || n == 0) {
                continue;
            }
            buckets[bucket] = null;
            sizes[bucket] = 0;
            tick = at + 1;
            for (int i = 0; i < n; i++) {
                due.flow((int) entries[i], (int) (entries[i] >>> 32));
            }
        }
        tick = until + 1;
    }

    /// Takes a connection that may be due.
    interface Due {
        void flow(int n, int generation);
    }
}
