package io.hark.wire;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What is rolled up by pair of hosts and minute, and when it is told: in the order of the ends of
/// the minutes, among the timers of connections, so that any number of workers tells the same.
///
/// A minute begins with its pair's first packet. What comes behind its end begins another, whether
/// the first was told by then or not, so that the size of chunks changes nothing.
///
/// *Thread*: one owner, the worker.
final class Minutes {

    /// Pairs that a worker keeps: a sweep of a /16 within a minute. Where there are more, all are
    /// told early and counted: nothing is lost, but rows are more and shorter.
    private static final int MAX_ROWS = 1 << 16;

    private final Engine engine;
    private final int max;
    private long forgotten = Long.MIN_VALUE / 2; // far back, and still a time to count from
    private final Map<Pair, Minute> current = new HashMap<>();
    private final PriorityQueue<Minute> queue =
            new PriorityQueue<>(
                    Comparator.comparingLong(Minute::deadline).thenComparingLong(one -> one.tie));

    Minutes(Engine engine) {
        this(engine, MAX_ROWS);
    }

    Minutes(Engine engine, int max) {
        this.engine = engine;
        this.max = max;
    }

    /// The pair's minute at that time, or null if one is to be begun.
    @Nullable Minute find(Pair pair, long now) {
        Minute minute = current.get(pair);
        return minute == null || minute.isOver(now) ? null : minute;
    }

    /// The pair's last minute, over or not, or null where it was told.
    @Nullable Minute last(Pair pair) {
        return current.get(pair);
    }

    /// When all were last told for want of room.
    long forgotten() {
        return forgotten;
    }

    /// Begins a minute.
    void add(Minute minute) {
        if (queue.size() >= max) {
            engine.meter.earlyRollups += queue.size();
            forgotten = engine.now();
            all(engine.now(), Order.NO_DEADLINE);
        }
        current.put(minute.pair, minute);
        queue.add(minute);
    }

    /// Tells of the minutes that were over by then.
    ///
    /// @param deadline when
    /// @param tie and before which of those that end in the same moment
    void until(long deadline, long tie) {
        for (Minute next = queue.peek(); next != null; next = queue.peek()) {
            if (next.deadline() > deadline || next.deadline() == deadline && next.tie > tie) {
                return;
            }
            tell(next, next.deadline(), next.deadline());
        }
    }

    /// Tells of all of them, over or not.
    ///
    /// @param seen the time by now
    /// @param order the deadline that they are told as of
    void all(long seen, long order) {
        Minute[] open = queue.toArray(Minute[]::new);
        java.util.Arrays.sort(open, Comparator.comparingLong(one -> one.tie));
        for (Minute one : open) {
            tell(one, Math.max(seen, one.last), order);
        }
    }

    private void tell(Minute minute, long seen, long order) {
        queue.remove(minute); // the head, but where all are told
        current.remove(minute.pair, minute);
        engine.tell(minute.event(seen), order, minute.tie);
    }
}
