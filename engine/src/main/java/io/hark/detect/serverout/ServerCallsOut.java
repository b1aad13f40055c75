package io.hark.detect.serverout;

import io.hark.Detector;
import io.hark.Distinct;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds servers that begin to call out: a host that did nothing but answer its clients for hours
/// opens a connection to the outside. So does one that was taken over, for its tools and its
/// orders.
///
/// Medium where nobody gave it a name for the place, low else: updates are fetched by name, if
/// seldom. A host that called out before it had served long enough is a client, too, and nothing is
/// said of it. With an engagement, `containment` says it of hosts that are declared servers from
/// the first call on.
///
/// *What it cannot see.* A server that calls out all day for its work; what happened before the
/// capture began: learning lasts [Floors#watched]. Datagrams, by which names and times are asked.
public final class ServerCallsOut implements Gathering<ServerCallsOut.Habit>, Engaged {

    /// What a host is known to do.
    ///
    /// @param clients who called it and were answered
    /// @param since when the first of them did, nanoseconds; 0 for nobody yet
    /// @param isClient whether it called out before it was known as a server
    /// @param resp whom it called first as a server; null for nobody
    /// @param named whether it knew that place by a name
    public record Habit(
            Distinct clients,
            long since,
            boolean isClient,
            @Nullable Addr resp,
            int port,
            boolean named,
            Span span,
            Said said)
            implements Gathered {}

    /// When a host is known as a server.
    ///
    /// @param clients that it answered
    /// @param watched for how long it called nobody outside
    public record Floors(int clients, Duration watched) {

        /// The usual ones: a desk in use calls out within minutes.
        public static final Floors USUAL = new Floors(5, Duration.ofHours(2));
    }

    private static final int FIRST_EPHEMERAL = 32_768; // above it answers are to nobody's service

    private final Floors floors;
    private final Engagement engagement;

    /// With the usual floors, in no declared environment.
    public ServerCallsOut() {
        this(Floors.USUAL, Engagement.NONE);
    }

    private ServerCallsOut(Floors floors, Engagement engagement) {
        this.floors = floors;
        this.engagement = engagement;
    }

    @Override
    public Detector<?> within(Engagement engagement) {
        return new ServerCallsOut(floors, engagement);
    }

    @Override
    public String name() {
        return "server-calls-out";
    }

    @Override
    public String about() {
        return "servers that begin to call the outside";
    }

    @Override
    public Class<Habit> stateType() {
        return Habit.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Conn.class);
    }

    /// As long as a server may be silent and is still the same one.
    @Override
    public Duration silence() {
        return Duration.ofDays(7);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (!(input instanceof Conn conn)
                || !conn.proto().equals("tcp")
                || conn.origPayload() == 0
                || conn.respPayload() == 0) {
            return;
        }
        Addr orig = conn.id().orig_h();
        Addr resp = conn.id().resp_h();
        if (engagement.isLocal(resp) && conn.id().resp_p() < FIRST_EPHEMERAL) {
            sink.add(resp, Key.NOBODY, 0, "habit");
        }
        if (isCallOut(conn)
                && !engagement.isAllowed(orig, resp, conn.id().resp_p(), conn.service())) {
            sink.add(orig, Key.NOBODY, 0, "habit");
        }
    }

    private boolean isCallOut(Conn conn) {
        return engagement.isLocal(conn.id().orig_h()) && !engagement.isLocal(conn.id().resp_h());
    }

    @Override
    public @Nullable Habit gather(Key key, Event input, @Nullable Habit state) {
        Conn conn = (Conn) input;
        Habit before =
                state == null
                        ? new Habit(
                                Distinct.NONE, 0, false, null, 0, false, Span.NONE, Said.NOTHING)
                        : state;
        if (before.isClient) {
            return state;
        }
        if (!conn.id().orig_h().equals(key.host())) {
            return served(before, conn);
        }
        boolean isServer =
                before.clients.count() >= floors.clients
                        && conn.ts() - before.since >= floors.watched.toNanos();
        if (before.resp == null && !isServer) {
            return new Habit(Distinct.NONE, 0, true, null, 0, false, at(before, conn), before.said);
        }
        Span span = (before.resp == null ? Span.NONE : before.span).with(conn.ts(), conn.uid());
        boolean isFirst = before.resp == null;
        return new Habit(
                before.clients,
                before.since,
                false,
                isFirst ? conn.id().resp_h() : before.resp,
                isFirst ? conn.id().resp_p() : before.port,
                isFirst ? conn.resp_name() != null : before.named,
                span,
                before.said);
    }

    private static Habit served(Habit before, Conn conn) {
        Addr client = conn.id().orig_h();
        Distinct clients = before.clients.with(client.hi() * 31 + client.lo());
        boolean isKnown = clients == before.clients && conn.ts() <= before.span.last();
        return isKnown
                ? before
                : new Habit(
                        clients,
                        before.since == 0 ? conn.ts() : before.since,
                        false,
                        before.resp,
                        before.port,
                        before.named,
                        before.resp == null ? at(before, conn) : before.span,
                        before.said);
    }

    /// When it was seen last: how long the state is of use, as long as there is nothing to tell.
    private static Span at(Habit before, Conn conn) {
        return new Span(
                Math.min(before.span.first(), conn.ts()),
                Math.max(before.span.last(), conn.ts()),
                0,
                List.of());
    }

    @Override
    public Habit with(Habit state, Said said) {
        return new Habit(
                state.clients,
                state.since,
                state.isClient,
                state.resp,
                state.port,
                state.named,
                state.span,
                said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Habit state) {
        return state.resp == null
                ? Optional.empty()
                : Optional.of(
                        new Verdict(
                                state.named ? Severity.LOW : Severity.MEDIUM,
                                state.named ? 0.3 : 0.55,
                                state.span.count()));
    }

    @Override
    public void tell(Key key, Habit state, FindingDraft draft) {
        Addr resp = state.resp == null ? key.host() : state.resp;
        draft.title("%s, a server, begins to call out", key.host())
                .why(
                        "%s answered %,d clients for %.1f h without a call to the outside; then it called %s port"
                                + " %d, which it knew by %s.",
                        key.host(),
                        state.clients.count(),
                        (state.span.first() - state.since) / 3.6e12,
                        resp,
                        state.port,
                        state.named ? "a name" : "no name")
                .techniques("T1071", "T1105", "T1190")
                .between(key.host(), resp, state.port);
    }

    @Override
    public List<Fact> numbers(Key key, Habit state) {
        return List.of(
                Fact.of("clients", state.clients.count()),
                Fact.of("clients_needed", floors.clients),
                Fact.of("calls_out", state.resp == null ? 0 : state.span.count()),
                Fact.of("is_client", state.isClient ? 1 : 0));
    }
}
