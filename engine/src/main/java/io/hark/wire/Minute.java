package io.hark.wire;

import io.hark.event.Event;

/// What two hosts did within a minute, as it grows; told of once when the minute is over.
///
/// *Thread*: one owner, the worker.
abstract sealed class Minute permits EchoMinute, NeighborMinute {

    /// How long before an answer its question may lie.
    static final long PATIENCE = 10_000_000_000L;

    private static final long LENGTH = 60_000_000_000L;

    final Pair pair;
    final long first;

    /// Place of its first packet, which orders those that end at the same time.
    final long tie;

    long last;

    Minute(Pair pair, long first, long tie) {
        this.pair = pair;
        this.first = first;
        this.last = first;
        this.tie = tie;
    }

    /// Whether a packet of that time begins another.
    final boolean isOver(long now) {
        return now > first + LENGTH;
    }

    /// When it is told: some time after its end, so that a late answer still finds its question.
    final long deadline() {
        return first + LENGTH + PATIENCE;
    }

    /// A packet of it was seen.
    final void touch(long now) {
        last = Math.max(last, now);
    }

    /// What there is to tell.
    ///
    /// @param seen when it is told
    abstract Event event(long seen);
}
