package io.hark.detect.containment;

import io.hark.Detector;
import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.engagement.Engaged;
import io.hark.engagement.Engagement;
import io.hark.engagement.Engagement.Asset;
import io.hark.engagement.Engagement.Purpose;
import io.hark.engagement.Engagement.Zone;
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

/// Says what the engagement file forbids: a call from the engagement zone to production or to what
/// watches is critical, one to the outside high; a call out by an asset with the role `server` is
/// medium. What the file allows is none. Without such a file it says nothing.
///
/// *What it cannot see.* What leaves by an allowed communication; zones that no sensor sees.
public final class Containment implements Gathering<Containment.Crossing>, Engaged {

    /// Calls from one host to another.
    ///
    /// @param broken which rule
    /// @param answered calls that were answered
    public record Crossing(String broken, long answered, Span span, Said said)
            implements Gathered {}

    private static final String SERVER = "server";
    private static final String OUT = "engagement to outside";
    private static final String CALLS_OUT = "a server calls out";

    private final Engagement engagement;

    /// In no declared environment: it says nothing.
    public Containment() {
        this(Engagement.NONE);
    }

    private Containment(Engagement engagement) {
        this.engagement = engagement;
    }

    @Override
    public Detector<?> within(Engagement engagement) {
        return new Containment(engagement);
    }

    @Override
    public String name() {
        return "containment";
    }

    @Override
    public String about() {
        return "calls that the engagement file forbids: out of its zone, by servers to the outside";
    }

    @Override
    public Class<Crossing> stateType() {
        return Crossing.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Conn.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(6);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Conn conn && broken(conn) != null) {
            sink.add(conn.id().orig_h(), conn.id().resp_h(), conn.id().resp_p(), conn.proto());
        }
    }

    private @Nullable String broken(Conn conn) {
        Addr orig = conn.id().orig_h();
        Addr resp = conn.id().resp_h();
        if (engagement.zones().isEmpty() && engagement.assets().isEmpty()
                || resp.isGroupOrNobody()
                || engagement.isAllowed(orig, resp, conn.id().resp_p(), conn.service())) {
            return null;
        }
        Optional<Zone> from = engagement.zone(orig);
        Optional<Zone> to = engagement.zone(resp);
        boolean outside = !engagement.isLocal(resp) && to.isEmpty();
        if (from.isPresent() && from.get().purpose() == Purpose.ENGAGEMENT) {
            if (outside) {
                return OUT;
            }
            if (to.isPresent() && to.get().purpose() != Purpose.ENGAGEMENT) {
                return from.get().name() + " to " + to.get().name();
            }
        }
        Optional<Asset> caller = outside ? engagement.asset(orig) : Optional.empty();
        return caller.isPresent() && caller.get().roles().contains(SERVER) ? CALLS_OUT : null;
    }

    @Override
    public @Nullable Crossing gather(Key key, Event input, @Nullable Crossing state) {
        Conn conn = (Conn) input;
        String broken = broken(conn);
        if (broken == null) {
            return state;
        }
        long answered = conn.respPayload() > 0 ? 1 : 0;
        Span span = (state == null ? Span.NONE : state.span()).with(conn.ts(), conn.uid());
        return state == null
                ? new Crossing(broken, answered, span, Said.NOTHING)
                : new Crossing(broken, state.answered() + answered, span, state.said());
    }

    @Override
    public Crossing with(Crossing state, Said said) {
        return new Crossing(state.broken(), state.answered(), state.span(), said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Crossing state) {
        Severity severity =
                switch (state.broken()) {
                    case CALLS_OUT -> Severity.MEDIUM;
                    case OUT -> Severity.HIGH;
                    default -> Severity.CRITICAL;
                };
        return Optional.of(
                new Verdict(severity, state.answered() > 0 ? 0.95 : 0.8, state.span().count()));
    }

    @Override
    public void tell(Key key, Crossing state, FindingDraft draft) {
        draft.title("%s called %s port %d: %s", key.host(), key.peer(), key.port(), state.broken())
                .why(
                        "%,d calls, %,d answered; the engagement file%s allows none of them.",
                        state.span().count(),
                        state.answered(),
                        engagement.name().isEmpty() ? "" : " of " + engagement.name())
                .techniques(
                        state.broken().equals(OUT) || state.broken().equals(CALLS_OUT)
                                ? List.of("T1071", "T1095")
                                : List.of("T1021", "T1599"))
                .between(key.host(), key.peer(), key.port());
    }

    @Override
    public List<Fact> numbers(Key key, Crossing state) {
        return List.of(
                Fact.of("calls", state.span().count()),
                Fact.of("answered", state.answered()),
                Fact.of("broken", state.broken()));
    }
}
