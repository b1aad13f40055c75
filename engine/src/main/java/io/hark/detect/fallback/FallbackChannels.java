package io.hark.detect.fallback;

import io.hark.Detector;
import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.engagement.Engaged;
import io.hark.engagement.Engagement;
import io.hark.event.Conn;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds programs that work through a list of servers: a host inside calls addresses outside that
/// nobody gave it a name for, one after the other, in vain, until one answers, or round and round.
///
/// What sets it apart from file sharing and games is that the tries come one at a time, at few
/// ports: those call dozens at once, at ports of all numbers.
///
/// *What it cannot see.* A list of names that resolve; a second channel of another protocol;
/// servers that answer and close. *Source*: ATT&CK T1008.
public final class FallbackChannels implements Gathering<FallbackChannels.Tries>, Engaged {

    /// A call that came to nothing.
    ///
    /// @param last when it was given up, nanoseconds
    record Try(Addr to, int port, long first, long last) implements Stored {}

    /// What a host tried.
    ///
    /// @param tries the latest, in order
    /// @param atOnce how many began while another one was open
    /// @param all how many there were
    /// @param answered who answered at last; null for nobody yet
    /// @param answeredPort at which port
    public record Tries(
            List<Try> tries,
            long atOnce,
            long all,
            @Nullable Addr answered,
            int answeredPort,
            Span span,
            Said said)
            implements Gathered {}

    /// How much is too much.
    ///
    /// @param servers in vain
    /// @param rounds tries a server, where none answered
    /// @param ports that they were at, at most
    /// @param atOnce share of tries that began while another one was open, at most
    public record Floors(int servers, double rounds, int ports, double atOnce) {

        /// The usual ones: a dead server has one or two addresses; four dead ones without a name
        /// are a list.
        public static final Floors USUAL = new Floors(4, 2, 4, 0.2);
    }

    private static final long AGAIN_NANOS = 900_000_000L; // after a second TCP tries again

    private static final int MAX_TRIES = 64; // as many as the lists of known families are long

    private final Floors floors;
    private final Engagement engagement;

    /// With the usual floors, in no declared environment.
    public FallbackChannels() {
        this(Floors.USUAL, Engagement.NONE);
    }

    private FallbackChannels(Floors floors, Engagement engagement) {
        this.floors = floors;
        this.engagement = engagement;
    }

    @Override
    public Detector<?> within(Engagement engagement) {
        return new FallbackChannels(floors, engagement);
    }

    @Override
    public String name() {
        return "fallback-channels";
    }

    @Override
    public String about() {
        return "programs that try one nameless server after another";
    }

    @Override
    public Class<Tries> stateType() {
        return Tries.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Conn.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(2);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Conn conn
                && conn.proto().equals("tcp")
                && conn.resp_name() == null
                && engagement.isLocal(conn.id().orig_h())
                && !engagement.isLocal(conn.id().resp_h())
                && !engagement.isAllowed(
                        conn.id().orig_h(), conn.id().resp_h(), conn.id().resp_p(), null)) {
            sink.add(conn.id().orig_h(), Key.NOBODY, 0, "tries");
        }
    }

    /// Refused, or tried more than once without an answer; a single packet without one may be the
    /// capture's end.
    private static boolean isVain(Conn conn) {
        Long duration = conn.duration();
        return switch (conn.conn_state()) {
            case "REJ" -> true;
            case "S0" -> duration != null && duration >= AGAIN_NANOS;
            default -> false;
        };
    }

    @Override
    public @Nullable Tries gather(Key key, Event input, @Nullable Tries state) {
        Conn conn = (Conn) input;
        Addr to = conn.id().resp_h();
        long end = conn.ts() + (conn.duration() == null ? 0 : conn.duration());
        if (!isVain(conn)) {
            return state == null
                            || state.answered != null
                            || conn.respPayload() == 0
                            || !ports(state).contains(conn.id().resp_p())
                            || servers(state) < floors.servers
                    ? state
                    : new Tries(
                            state.tries,
                            state.atOnce,
                            state.all,
                            to,
                            conn.id().resp_p(),
                            state.span.with(conn.ts(), conn.uid()),
                            state.said);
        }
        List<Try> tries = new ArrayList<>(state == null ? List.of() : state.tries);
        boolean overlaps =
                tries.stream().anyMatch(one -> one.first <= conn.ts() && one.last > conn.ts());
        tries.add(new Try(to, conn.id().resp_p(), conn.ts(), end));
        if (tries.size() > MAX_TRIES) {
            tries.removeFirst();
        }
        return new Tries(
                tries,
                (state == null ? 0 : state.atOnce) + (overlaps ? 1 : 0),
                (state == null ? 0 : state.all) + 1,
                state == null ? null : state.answered,
                state == null ? 0 : state.answeredPort,
                (state == null ? Span.NONE : state.span).with(conn.ts(), end, conn.uid()),
                state == null ? Said.NOTHING : state.said);
    }

    private static long servers(Tries state) {
        return state.tries.stream().map(Try::to).distinct().count();
    }

    private static Set<Integer> ports(Tries state) {
        Set<Integer> ports = new HashSet<>();
        state.tries.forEach(one -> ports.add(one.port));
        return ports;
    }

    /// Tries that come back to a server after another one was tried.
    private static double rounds(Tries state) {
        long turns = 0;
        for (int i = 0; i < state.tries.size(); i++) {
            boolean again = i > 0 && state.tries.get(i - 1).to.equals(state.tries.get(i).to);
            turns += again ? 0 : 1;
        }
        return (double) turns / Math.max(1, servers(state));
    }

    @Override
    public Tries with(Tries state, Said said) {
        return new Tries(
                state.tries,
                state.atOnce,
                state.all,
                state.answered,
                state.answeredPort,
                state.span,
                said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Tries state) {
        boolean isList =
                servers(state) >= floors.servers
                        && ports(state).size() <= floors.ports
                        && state.atOnce <= floors.atOnce * state.all;
        boolean found = state.answered != null;
        if (!isList || !found && rounds(state) < floors.rounds) {
            return Optional.empty();
        }
        return Optional.of(
                new Verdict(
                        Severity.MEDIUM, found ? 0.7 : 0.6, state.all + (found ? state.all : 0)));
    }

    @Override
    public void tell(Key key, Tries state, FindingDraft draft) {
        Try latest = state.tries.getLast();
        Addr to = state.answered == null ? latest.to : state.answered;
        draft.title("%s tries one nameless server after another", key.host())
                .why(
                        "%s called %d addresses outside in vain, %d times in %.1f h, one at a time (%d began"
                                + " while another was open), at %d ports; it knew none of them by a name.",
                        key.host(),
                        servers(state),
                        state.all,
                        state.span().seconds() / 3600,
                        state.atOnce,
                        ports(state).size())
                .techniques("T1008", "T1095", "T1571")
                .between(key.host(), to, state.answered == null ? latest.port : state.answeredPort);
        if (state.answered != null) {
            draft.why("Then %s answered at port %d.", state.answered, state.answeredPort);
        }
    }

    @Override
    public List<Fact> numbers(Key key, Tries state) {
        return List.of(
                Fact.of("servers", servers(state)),
                Fact.of("servers_needed", floors.servers),
                Fact.of("tries", state.all),
                Fact.of("rounds", Math.round(rounds(state) * 10) / 10.0),
                Fact.of("rounds_needed", floors.rounds),
                Fact.of("ports", ports(state).size()),
                Fact.of("at_once", state.atOnce));
    }
}
