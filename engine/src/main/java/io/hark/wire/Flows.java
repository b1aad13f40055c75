package io.hark.wire;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The connection table of one worker.
///
/// *Shape*: an open-addressing index of `hash high half | number + 1` over the flows. Hashes are
/// keyed with a random secret, so that nobody can choose addresses that collide; the order of
/// numbers never reaches the output. A flow that is given back is used for the next connection.
///
/// *Thread*: one owner, the worker.
final class Flows {

    private static final int FIRST_INDEX = 1 << 12;
    private static final long TAG = 0xffff_ffff_0000_0000L;

    /// Connections from which on the table is taken to be larger than the caches.
    private static final int LARGE = 1 << 12;

    /// Connections that are looked at when one has to go.
    private static final int ASKED = 16;

    private final long secret;
    private final int max;
    private int hand;
    private long[] index = new long[FIRST_INDEX];
    private Flow[] flows = new Flow[0];
    private int made;
    private int used;
    private int[] free = new int[64];
    private int freeCount;
    private final Flow nobody = new Flow(-1);
    private final int[] entries = new int[Engine.AHEAD];
    private final Flow[] touched = new Flow[Engine.AHEAD];

    @SuppressWarnings("UnusedVariable") // written so that the touching is not optimised away
    private long seen;

    /// A table of `max` connections at most.
    Flows(long seed, int max) {
        this.max = max;
        this.secret = new SplittableRandom(seed).nextLong();
    }

    /// Sets the tuple's keyed hash.
    void hash(Tuple t) {
        long h = secret;
        h = (h ^ t.aLo ^ Long.rotateLeft(t.aHi, 17)) * 0x9e37_79b9_7f4a_7c15L;
        h ^= h >>> 32;
        h = (h ^ t.bLo ^ Long.rotateLeft(t.bHi, 17)) * 0xd6e8_feb8_6659_fd93L;
        h ^= h >>> 32;
        h = (h ^ (t.ports & 0xffff_ffffL) << 8 ^ t.protocol ^ t.around) * 0x9e37_79b9_7f4a_7c15L;
        t.hash = h ^ h >>> 29;
    }

    /// Touches what [#find] will read for the first `n` tuples: where the table is larger than the
    /// caches, their waits overlap instead of following one another.
    void ahead(Tuple[] tuples, int n) {
        if (used < LARGE) {
            return;
        }
        int mask = index.length - 1;
        long sum = 0;
        for (int i = 0; i < n; i++) {
            entries[i] = (int) index[(int) tuples[i].hash & mask] - 1;
        }
        for (int i = 0; i < n; i++) {
            touched[i] = entries[i] < 0 ? nobody : flows[entries[i]];
        }
        for (int i = 0; i < n; i++) {
            sum += touched[i].last;
        }
        for (int i = 0; i < n; i++) {
            sum += touched[i].touch();
        }
        seen = sum;
    }

    /// The flow of that 5-tuple, or null.
    @Nullable Flow find(Tuple tuple) {
        int mask = index.length - 1;
        long tag = tuple.hash & TAG;
        for (int i = (int) tuple.hash & mask; ; i = i + 1 & mask) {
            long entry = index[i];
            if (entry == 0) {
                return null;
            }
            if ((entry & TAG) == tag) {
                Flow flow = flows[(int) entry - 1];
                if (flow.is(tuple)) {
                    return flow;
                }
            }
        }
    }

    /// A flow for a connection that is new.
    Flow add(Tuple tuple) {
        if ((used + 1) * 2 > index.length) {
            grow();
        }
        Flow flow;
        if (freeCount > 0) {
            flow = flows[free[--freeCount]];
        } else {
            if (made == flows.length) {
                flows = Arrays.copyOf(flows, Math.max(256, 2 * made));
            }
            flow = new Flow(made);
            flows[made++] = flow;
        }
        flow.begin(tuple);
        insert(index, tuple.hash, flow.number);
        used++;
        return flow;
    }

    /// Where the table is full, a connection to give up for the next: of some, the one that has
    /// been silent longest. Else null.
    @Nullable Flow spare() {
        if (used < max) {
            return null;
        }
        Flow quietest = flows[hand];
        for (int i = 0; i < ASKED; i++) {
            hand = hand + 1 == made ? 0 : hand + 1; // all are in use: the table is full
            quietest = flows[hand].last < quietest.last ? flows[hand] : quietest;
        }
        return quietest;
    }

    /// Gives the flow back.
    void remove(Flow flow) {
        int mask = index.length - 1;
        int hole = (int) flow.hash & mask;
        while ((int) index[hole] - 1 != flow.number) {
            hole = hole + 1 & mask;
        }
        for (int i = hole + 1 & mask;
                index[i] != 0;
                i = i + 1 & mask) { // close the hole, so that no tombstones are needed
            int home = (int) flows[(int) index[i] - 1].hash & mask;
            if ((i - home & mask) >= (i - hole & mask)) {
                index[hole] = index[i];
                hole = i;
            }
        }
        index[hole] = 0;
        flow.generation++;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, free.length * 2);
        }
        free[freeCount++] = flow.number;
        used--;
    }

    /// The flow of that number, or null where that connection is gone.
    @Nullable Flow get(int number, int generation) {
        Flow flow = flows[number];
        return flow.generation == generation ? flow : null;
    }

    /// All that are in use, in no order.
    Flow[] all() {
        Flow[] all = new Flow[used];
        int n = 0;
        for (long entry : index) {
            if (entry != 0) {
                all[n++] = flows[(int) entry - 1];
            }
        }
        return all;
    }

    private void grow() {
        long[] larger = new long[index.length * 2];
        for (long entry : index) {
            if (entry != 0) {
                insert(larger, flows[(int) entry - 1].hash, (int) entry - 1);
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
        into[i] = hash & TAG | n + 1L;
    }
}
