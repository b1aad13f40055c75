package io.hark.detect.webservice;

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
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds hosts that a program on them takes to a service where anybody can leave orders: interfaces
/// for bots, places for pastes, names for hosts behind NAT (`services.tsv`).
///
/// One visit says little and is low. A person reads a paste and goes on; a program comes back:
/// medium after [Floors#calls] calls spread over [Floors#hours] hours of the clock.
///
/// *What it needs*: the name, from DNS, SNI or Host. *What it cannot see.* Services that
/// everybody's own programs call all day (Google, Microsoft, GitHub's and Slack's main names): a
/// schedule there is for `beacons` to judge. *Source*: ATT&CK T1102.
public final class WebServices implements Gathering<WebServices.Visits>, Engaged {

    /// A host's calls to one service.
    ///
    /// @param resp the server called last
    /// @param port at which port
    /// @param name its whole name
    /// @param hours in which hours of the clock there were calls, since 1970; 24 at most
    public record Visits(
            Addr resp,
            int port,
            String name,
            long up,
            long down,
            long[] hours,
            Span span,
            Said said)
            implements Gathered {}

    /// When it is a program.
    ///
    /// @param calls at least
    /// @param hours of the clock, at least
    public record Floors(int calls, int hours) {

        /// The usual ones: a person who works at something comes back within the hour, a program
        /// the whole day.
        public static final Floors USUAL = new Floors(6, 3);
    }

    private static final int MAX_HOURS = 24;
    private static final long HOUR_NANOS = 3600L * 1_000_000_000;

    private final Floors floors;
    private final Engagement engagement;

    /// With the usual floors, in no declared environment.
    public WebServices() {
        this(Floors.USUAL, Engagement.NONE);
    }

    private WebServices(Floors floors, Engagement engagement) {
        this.floors = floors;
        this.engagement = engagement;
    }

    @Override
    public Detector<?> within(Engagement engagement) {
        return new WebServices(floors, engagement);
    }

    @Override
    public String name() {
        return "web-services";
    }

    @Override
    public String about() {
        return "programs that call services where anybody can leave orders";
    }

    @Override
    public Class<Visits> stateType() {
        return Visits.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Conn.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(24);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Conn conn
                && conn.resp_name() != null
                && engagement.isLocal(conn.id().orig_h())
                && !engagement.isLocal(conn.id().resp_h())
                && !engagement.isAllowed(
                        conn.id().orig_h(),
                        conn.id().resp_h(),
                        conn.id().resp_p(),
                        conn.service())) {
            Service service = Service.of(conn.resp_name());
            if (service != null) {
                sink.add(conn.id().orig_h(), Key.NOBODY, 0, service.name());
            }
        }
    }

    @Override
    public @Nullable Visits gather(Key key, Event input, @Nullable Visits state) {
        Conn conn = (Conn) input;
        String name = conn.resp_name();
        return new Visits(
                conn.id().resp_h(),
                conn.id().resp_p(),
                name == null ? key.name() : name,
                (state == null ? 0 : state.up) + conn.origPayload(),
                (state == null ? 0 : state.down) + conn.respPayload(),
                hours(state == null ? new long[0] : state.hours, conn.ts() / HOUR_NANOS),
                (state == null ? Span.NONE : state.span).with(conn.ts(), conn.uid()),
                state == null ? Said.NOTHING : state.said);
    }

    private static long[] hours(long[] hours, long hour) {
        boolean known = Arrays.stream(hours).anyMatch(one -> one == hour);
        if (known || hours.length == MAX_HOURS) {
            return hours;
        }
        long[] more = Arrays.copyOf(hours, hours.length + 1);
        more[hours.length] = hour;
        return more;
    }

    @Override
    public Visits with(Visits state, Said said) {
        return new Visits(
                state.resp,
                state.port,
                state.name,
                state.up,
                state.down,
                state.hours,
                state.span,
                said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Visits state) {
        boolean isProgram =
                state.span.count() >= floors.calls && state.hours.length >= floors.hours;
        return Optional.of(
                new Verdict(
                        isProgram ? Severity.MEDIUM : Severity.LOW,
                        isProgram ? 0.55 : 0.3,
                        state.span.count()));
    }

    @Override
    public void tell(Key key, Visits state, FindingDraft draft) {
        Service service = Service.of(state.name);
        draft.title(
                        "%s calls %s, %s",
                        key.host(), key.name(), service == null ? "" : service.use().words())
                .why(
                        "%d calls in %d hours of the clock, %,d bytes sent and %,d received; a program takes"
                                + " %d calls and %d hours.",
                        state.span.count(),
                        state.hours.length,
                        state.up,
                        state.down,
                        floors.calls(),
                        floors.hours())
                .techniques(
                        service != null && service.use() == Service.Use.TUNNEL
                                ? List.of("T1568", "T1102", "T1572")
                                : List.of("T1102", "T1071.001"))
                .between(key.host(), state.resp, state.port)
                .host(state.name);
    }

    @Override
    public List<Fact> numbers(Key key, Visits state) {
        return List.of(
                Fact.of("calls", state.span.count()),
                Fact.of("calls_needed", floors.calls),
                Fact.of("hours", state.hours.length),
                Fact.of("hours_needed", floors.hours),
                Fact.of("up_bytes", state.up),
                Fact.of("down_bytes", state.down));
    }
}
