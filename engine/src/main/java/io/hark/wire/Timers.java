package io.hark.wire;

import java.util.ArrayList;
import java.util.List;

/// Packet time, and whose turn comes as it goes on: a connection that has been silent for too long
/// is over, one that stays open tells of itself now and then.
///
/// Timers run at the end of each chunk, and where packet time went on by so much within one: a thin
/// capture has hours in a chunk.
///
/// *Units*: nanoseconds since 1970 UTC. *Thread*: one owner, the worker.
final class Timers {

    private static final long SECOND = 1_000_000_000L;

    /// How long a connection may be silent, by Zeek's defaults: an attempt or a closed one, UDP and
    /// ICMP, an open TCP connection.
    static final long LINGER = 5 * SECOND;

    private static final long DATAGRAM_SILENCE = 60 * SECOND;
    private static final long STREAM_SILENCE = 300 * SECOND;

    /// How far packet time goes on before timers run.
    private static final long TICK = 5 * SECOND;

    /// How far time has to go back to count as a clock that was set.
    private static final long SET_BACK = 60 * SECOND;

    /// When an open connection tells of itself.
    private static final long[] UPDATES = {60 * SECOND, 600 * SECOND, 3600 * SECOND};

    private final Flows flows;
    private final Wheel wheel = new Wheel();
    private long clock = Long.MIN_VALUE;

    Timers(Flows flows) {
        this.flows = flows;
    }

    /// A connection whose turn it is.
    ///
    /// @param generation of the flow when it was put into the wheel
    /// @param deadline when it was due
    /// @param ordinal of its first packet
    record Due(Flow flow, int generation, long deadline, long ordinal) {

        /// Whether it still is: a connection that was hastened stands in the wheel twice.
        boolean stands() {
            return flow.generation == generation && next(flow) == deadline;
        }

        /// Whether it was silent for too long, and does not only tell of itself.
        boolean ends() {
            return deadline == Timers.deadline(flow);
        }
    }

    /// When the connection is given up if nothing more comes.
    static long deadline(Flow of) {
        long silence =
                of.protocol != Layers.TCP
                        ? DATAGRAM_SILENCE
                        : TcpStates.isQuickToEnd(of) ? LINGER : STREAM_SILENCE;
        return of.last + silence;
    }

    private static long nextUpdate(Flow of) {
        int n = of.updates;
        return of.first + (n < 2 ? UPDATES[n] : (n - 1) * UPDATES[2]);
    }

    private static long next(Flow of) {
        return Math.min(deadline(of), nextUpdate(of));
    }

    /// How far packet time has come.
    long clock() {
        return clock;
    }

    /// Whether timers have to run before a frame of that time.
    boolean isDue(long nanos) {
        clock = clock == Long.MIN_VALUE ? nanos : clock;
        return nanos - TICK > clock;
    }

    /// A connection may be over sooner than was thought: it is looked at again then.
    void watch(Flow of) {
        wheel.add(of, deadline(of));
    }

    /// A connection has told of itself: its turn comes again.
    void again(Flow of) {
        wheel.add(of, next(of));
    }

    /// Whether the clock was set back behind what was already done.
    boolean isSetBack(long time) {
        return wheel.isBehind(time) && clock - time > SET_BACK;
    }

    /// Begins anew with all connections that are open.
    void reset() {
        wheel.reset();
        for (Flow one : flows.all()) {
            watch(one);
        }
    }

    /// Packet time has come to `time`: whose turn it is, the earliest first.
    List<Due> due(long time) {
        clock = time;
        List<Due> due = new ArrayList<>();
        wheel.due(time, (n, generation) -> consider(n, generation, time, due));
        due.sort(
                (a, b) ->
                        a.deadline != b.deadline
                                ? Long.compare(a.deadline, b.deadline)
                                : Long.compare(a.ordinal, b.ordinal));
        return due;
    }

    private void consider(int n, int generation, long time, List<Due> due) {
        Flow of = flows.get(n, generation);
        if (of == null) {
            return; // that connection is gone
        }
        long next = next(of);
        if (next <= time) {
            due.add(new Due(of, generation, next, of.ordinal));
        } else {
            wheel.add(of, next);
        }
    }
}
