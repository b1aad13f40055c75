package io.hark.collect;

import io.hark.event.Conn;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes one connection of what several sensors tell of it.
///
/// A connection that a sensor tells of waits for [#WAIT_NANOS], so that others can tell of it too.
/// Theirs is the same if it has the same Community ID and time, by the collector's clock. What
/// comes later than that, from a spool perhaps, is a row of its own.
///
/// *Thread*: the lake's.
final class Joining {

    /// How long a connection waits for its twins: sensors ship every second, and one that saw the
    /// end a packet later tells it up to five seconds later.
    static final long WAIT_NANOS = 10_000_000_000L;

    /// How far apart two sensors may put the same moment, when their clocks are compared at each
    /// shipment: what the way of a shipment takes.
    private static final long APART_NANOS = 1_500_000_000L;

    /// Connections that wait at once, some 1 KB each; then the eldest wait no longer.
    private static final int MAX_WAITING = 1 << 16;

    private static final Kind<Conn> KIND = Kind.of(Conn.class);

    private final Map<Long, Waiting> waiting =
            new LinkedHashMap<>(); // in the order of their coming
    private final Map<String, List<Long>> byId = new HashMap<>(); // Community ID to places in there
    private long next;

    /// Who takes them.
    interface Taker {
        /// Takes a connection that waited long enough.
        void take(Conn conn);
    }

    /// A connection that waits.
    ///
    /// @param since when the first sensor told of it
    /// @param conn what is known of it by now
    private record Waiting(long since, JoinedConn conn) {}

    /// A connection that waits, as it is kept in a [Commit].
    ///
    /// @param offset what the collector's clock is ahead of that of the sensor whose times it has
    record Held(long since, long offset, byte[] conn) implements Stored {}

    /// Takes what a sensor tells.
    ///
    /// @param sensor its name
    /// @param offset what the collector's clock is ahead of its clock
    /// @param nanos when it came
    void add(Conn conn, String sensor, long offset, long nanos, Taker out) {
        JoinedConn told = JoinedConn.of(conn, sensor, offset);
        String id = conn.community_id();
        if (id == null) { // neither TCP nor UDP nor ICMP nor SCTP: nothing tells them apart
            out.take(told.conn());
            return;
        }
        List<Long> same = byId.computeIfAbsent(id, _ -> new ArrayList<>());
        Long place = nearest(same, told);
        if (place == null) {
            waiting.put(next, new Waiting(nanos, told));
            same.add(next++);
        } else {
            waiting.computeIfPresent(place, (_, at) -> new Waiting(at.since, at.conn.joined(told)));
        }
        if (waiting.size() > MAX_WAITING) {
            giveEldest(out);
        }
    }

    /// Of those with that id, the one that began next to it; null for none.
    private @Nullable Long nearest(List<Long> same, JoinedConn told) {
        Long best = null;
        long least = Long.MAX_VALUE;
        for (Long place : same) {
            Waiting at = waiting.get(place);
            if (at != null && at.conn.isSame(told, APART_NANOS)) {
                long far = Math.abs(at.conn.first() - told.first());
                if (far < least) {
                    least = far;
                    best = place;
                }
            }
        }
        return best;
    }

    /// Time went by: gives out what waited long enough.
    void passed(long nanos, Taker out) {
        while (!waiting.isEmpty()
                && nanos - waiting.values().iterator().next().since >= WAIT_NANOS) {
            giveEldest(out);
        }
    }

    /// Gives out all: nobody is waited for any more.
    void end(Taker out) {
        while (!waiting.isEmpty()) {
            giveEldest(out);
        }
    }

    private void giveEldest(Taker out) {
        var eldest = waiting.entrySet().iterator().next();
        Conn conn = eldest.getValue().conn.conn();
        waiting.remove(eldest.getKey());
        String id = String.valueOf(conn.community_id());
        List<Long> places = byId.getOrDefault(id, new ArrayList<>());
        places.remove(eldest.getKey());
        if (places.isEmpty()) {
            byId.remove(id);
        }
        out.take(conn);
    }

    /// Those that wait.
    List<Held> save() {
        return waiting.values().stream()
                .map(at -> new Held(at.since, at.conn.offset(), Codec.write(KIND, at.conn.conn())))
                .toList();
    }

    /// Goes on where another process saved it.
    void restore(List<Held> held) {
        for (Held one : held) {
            Conn conn = Codec.read(KIND, one.conn);
            waiting.put(next, new Waiting(one.since, new JoinedConn(conn, one.offset)));
            byId.computeIfAbsent(String.valueOf(conn.community_id()), _ -> new ArrayList<>())
                    .add(next++);
        }
    }
}
