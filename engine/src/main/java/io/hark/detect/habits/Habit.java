package io.hark.detect.habits;

import io.hark.Said;
import io.hark.Span;
import io.hark.event.Conn;
import io.hark.event.Finding.Severity;
import io.hark.format.dns.Domain;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one host sends to the outside, hour by hour, since it has its address.
///
/// @param holder hardware address of who was lent the address; empty for not known
/// @param since when the first connection of that holder ended, nanoseconds
/// @param hour the hour at hand, counted from 1970
/// @param up bytes sent in it
/// @param down bytes received in it
/// @param ups bytes sent in each of the hours before, of those with traffic, the oldest first
/// @param downs bytes received in them
/// @param all bytes of all hours, and `missed` those of them known to be missing from the capture
/// @param places where most was sent, those of the hour at hand among them
record Habit(
        String holder,
        long since,
        long hour,
        long up,
        long down,
        long[] ups,
        long[] downs,
        long all,
        long missed,
        List<Sent> places)
        implements Stored {

    private static final long HOUR_NANOS = 3600L * 1_000_000_000;
    private static final int MAX_HOURS = 168; // a week: what is done weekly is usual
    private static final int MAX_ACTIVE = 24; // hours with one place
    private static final int MAX_PLACES = 24; // where the rest goes is little
    private static final long[] NONE = new long[0];

    /// Keeps its own copy.
    Habit {
        places = List.copyOf(places);
    }

    /// What was sent to one place.
    ///
    /// @param place its name, or its address
    /// @param resp who was called there last
    /// @param port at which port
    /// @param service what it speaks, as far as a parser knows; empty for unknown
    /// @param isRare whether few hosts of the site call it
    /// @param up bytes in the hour at hand
    /// @param down bytes back
    /// @param active bytes sent in each of the hours before in which it was called
    /// @param span of the connections of the hour at hand
    record Sent(
            String place,
            Addr resp,
            int port,
            String service,
            boolean isRare,
            long up,
            long down,
            long[] active,
            Span span,
            Said said)
            implements Stored {

        private static Sent none(String place, Addr resp, int port) {
            return new Sent(place, resp, port, "", false, 0, 0, NONE, Span.NONE, Said.NOTHING);
        }

        private Sent with(Conn conn) {
            return new Sent(
                    place,
                    conn.id().resp_h(),
                    conn.id().resp_p(),
                    conn.service() == null ? service : conn.service(),
                    isRare,
                    up + conn.origPayload(),
                    down + conn.respPayload(),
                    active,
                    span.with(conn.ts(), conn.ts() + lasted(conn), conn.uid()),
                    said);
        }

        private static long lasted(Conn conn) {
            return conn.duration() == null ? 0 : conn.duration();
        }

        private Sent with(Said more) {
            return new Sent(place, resp, port, service, isRare, up, down, active, span, more);
        }

        private Sent rare(boolean rare) {
            return new Sent(place, resp, port, service, rare, up, down, active, span, said);
        }

        /// Another hour; what is said of it is said anew.
        private Sent later() {
            Said again = new Said(said.revision(), Severity.LOW, 0, 0);
            long[] more = span.count() == 0 ? active : appended(active, up, MAX_ACTIVE);
            return new Sent(place, resp, port, service, isRare, 0, 0, more, Span.NONE, again);
        }

        /// How much it is worth being remembered.
        private long weight() {
            return up + Arrays.stream(active).max().orElse(0);
        }
    }

    /// Of a host that was not seen yet.
    static Habit none(String holder, long ts) {
        return new Habit(holder, ts, ts / HOUR_NANOS, 0, 0, NONE, NONE, 0, 0, List.of());
    }

    private static long[] appended(long[] before, long one, int most) {
        int keep = Math.min(before.length, most - 1);
        long[] after = Arrays.copyOfRange(before, before.length - keep, before.length + 1);
        after[keep] = one;
        return after;
    }

    /// With a connection more, in its hour.
    Habit with(Conn conn) {
        Habit now = at(conn.seen());
        String place = Domain.placeOf(conn);
        int at = now.indexOf(place);
        Sent to = at < 0 ? Sent.none(place, conn.id().resp_h(), 0) : now.places.get(at);
        return new Habit(
                holder,
                since,
                now.hour,
                now.up + conn.origPayload(),
                now.down + conn.respPayload(),
                now.ups,
                now.downs,
                all + conn.origPayload() + conn.respPayload(),
                missed + conn.missed_bytes(),
                now.replaced(at, to.with(conn)));
    }

    /// The same in the hour of that time.
    private Habit at(long nanos) {
        long next = nanos / HOUR_NANOS;
        if (next <= hour) {
            return this;
        }
        boolean isQuiet = up + down == 0;
        return new Habit(
                holder,
                since,
                next,
                0,
                0,
                isQuiet ? ups : appended(ups, up, MAX_HOURS),
                isQuiet ? downs : appended(downs, down, MAX_HOURS),
                all,
                missed,
                places.stream().map(Sent::later).toList());
    }

    /// What was sent to the place; null for nothing that is remembered.
    @Nullable Sent place(String place) {
        int at = indexOf(place);
        return at < 0 ? null : places.get(at);
    }

    private int indexOf(String place) {
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).place.equals(place)) {
                return i;
            }
        }
        return -1;
    }

    /// Puts one in the place of another, or beside them for -1; where there are too many, the one
    /// of least weight goes.
    private List<Sent> replaced(int at, Sent after) {
        List<Sent> more = new ArrayList<>(places);
        if (at >= 0) {
            more.set(at, after);
        } else if (more.size() == MAX_PLACES) {
            more.set(lightest(), after);
        } else {
            more.add(after);
        }
        return more;
    }

    private int lightest() {
        int lightest = 0;
        for (int i = 1; i < places.size(); i++) {
            boolean isLighter = places.get(i).weight() < places.get(lightest).weight();
            lightest = isLighter ? i : lightest;
        }
        return lightest;
    }

    /// Knowing of a place how many call it.
    Habit knowing(String place, Addr resp, boolean isRare) {
        int at = indexOf(place);
        Sent to = at < 0 ? Sent.none(place, resp, 0) : places.get(at);
        return at < 0 && !isRare ? this : with(replaced(at, to.rare(isRare)));
    }

    /// With something said of a place.
    Habit saying(Sent sent, Said said) {
        return with(replaced(places.indexOf(sent), sent.with(said)));
    }

    private Habit with(List<Sent> places) {
        return new Habit(holder, since, hour, up, down, ups, downs, all, missed, places);
    }

    /// With its holder known.
    Habit heldBy(String mac) {
        return new Habit(mac, since, hour, up, down, ups, downs, all, missed, places);
    }

    /// How long it was learned, nanoseconds.
    long learnedNanos() {
        return Math.max(0, hour * HOUR_NANOS - since);
    }

    /// When nothing that it knows is of this week any more, if nothing comes.
    long quietAt() {
        return (hour + MAX_HOURS) * HOUR_NANOS;
    }

    /// The share of its bytes that the capture lacks.
    double missedShare() {
        return all == 0 ? 0 : Math.min(1, (double) missed / all);
    }

    /// Producer-consumer ratio: 1 for who only sends, -1 for who only receives.
    ///
    /// *Source*: Bullard, Gerth: PCR, a new flow metric (FloCon 2014).
    static double ratio(long up, long down) {
        return up + down == 0 ? 0 : (double) (up - down) / (up + down);
    }
}
