package io.hark.detect.longconn;

import io.hark.Detector;
import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.engagement.Engaged;
import io.hark.engagement.Engagement;
import io.hark.event.Conn;
import io.hark.event.ConnUpdate;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.event.OfConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds connections from inside to outside that stay for hours, while they are still open.
///
/// Low by itself: messengers, mail and remote work do it every day. Medium after four hours where
/// nothing is known of it once it ends: no protocol, no name.
///
/// *What it cannot see.* A channel that is opened anew every hour; the name and the protocol of a
/// connection that is still open.
public final class LongConnections implements Gathering<LongConnections.Stay>, Engaged {

    /// The longest connection of two hosts at a port.
    ///
    /// @param nanos how long it lasted so far
    /// @param up bytes sent in it
    /// @param down bytes received in it
    /// @param unknown whether it ended, and neither protocol nor name are known
    public record Stay(long nanos, long up, long down, boolean unknown, Span span, Said said)
            implements Gathered {}

    /// How long is long.
    ///
    /// @param low worth knowing
    /// @param medium too long for something of which nothing is known
    public record Floors(Duration low, Duration medium) {

        /// The usual ones, those of RITA for its lowest and second category.
        public static final Floors USUAL = new Floors(Duration.ofHours(1), Duration.ofHours(4));
    }

    private final Floors floors;
    private final Engagement engagement;

    /// With the usual floors, in no declared environment.
    public LongConnections() {
        this(Floors.USUAL, Engagement.NONE);
    }

    private LongConnections(Floors floors, Engagement engagement) {
        this.floors = floors;
        this.engagement = engagement;
    }

    @Override
    public Detector<?> within(Engagement engagement) {
        return new LongConnections(floors, engagement);
    }

    @Override
    public String name() {
        return "long-connections";
    }

    @Override
    public String about() {
        return "connections to the outside that stay for hours";
    }

    @Override
    public Class<Stay> stateType() {
        return Stay.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Conn.class, ConnUpdate.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(6);
    }

    @Override
    public void keys(Event input, Keys sink) {
        long nanos =
                switch (input) {
                    case Conn conn -> conn.duration() == null ? 0 : conn.duration();
                    case ConnUpdate update -> update.duration();
                    default -> 0;
                };
        if (nanos >= floors.low.toNanos() && input instanceof OfConnection of) {
            Endpoints id = of.id();
            if (engagement.isLocal(id.orig_h())
                    && !engagement.isLocal(id.resp_h())
                    && !id.resp_h().isGroupOrNobody()
                    && !engagement.isAllowed(id.orig_h(), id.resp_h(), id.resp_p(), null)) {
                sink.add(id.orig_h(), id.resp_h(), id.resp_p(), "long");
            }
        }
    }

    @Override
    public @Nullable Stay gather(Key key, Event input, @Nullable Stay state) {
        Span before = state == null ? Span.NONE : state.span();
        Said said = state == null ? Said.NOTHING : state.said();
        return switch (input) {
            case Conn conn -> {
                long nanos = conn.duration() == null ? 0 : conn.duration();
                yield new Stay(
                        Math.max(nanos, state == null ? 0 : state.nanos()),
                        conn.origPayload(),
                        conn.respPayload(),
                        conn.service() == null && conn.resp_name() == null,
                        before.with(conn.ts(), conn.ts() + nanos, conn.uid()),
                        said);
            }
            case ConnUpdate update ->
                    new Stay(
                            Math.max(update.duration(), state == null ? 0 : state.nanos()),
                            update.orig_bytes(),
                            update.resp_bytes(),
                            state != null && state.unknown(),
                            before.with(update.ts(), update.seen(), update.uid()),
                            said);
            default -> state;
        };
    }

    @Override
    public Stay with(Stay state, Said said) {
        return new Stay(
                state.nanos(), state.up(), state.down(), state.unknown(), state.span(), said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Stay state) {
        boolean medium = state.unknown() && state.nanos() >= floors.medium.toNanos();
        return Optional.of(
                new Verdict(
                        medium ? Severity.MEDIUM : Severity.LOW,
                        medium ? 0.6 : 0.4,
                        state.nanos() / 1_000_000_000));
    }

    @Override
    public void tell(Key key, Stay state, FindingDraft draft) {
        draft.title(
                        "%s stays connected to %s port %d for %.1f h",
                        key.host(), key.peer(), key.port(), hours(state))
                .why(
                        "The longest connection lasted %.1f h, sent %,d bytes and received %,d.",
                        hours(state), state.up(), state.down())
                .techniques(state.unknown() ? List.of("T1095", "T1571") : List.of("T1071"))
                .between(key.host(), key.peer(), key.port());
        if (state.unknown()) {
            draft.why("Neither its protocol nor a name of the server is known.");
        }
    }

    private static double hours(Stay state) {
        return Math.round(state.nanos() / 3.6e11) / 10.0;
    }

    @Override
    public List<Fact> numbers(Key key, Stay state) {
        return List.of(
                Fact.of("hours", hours(state)),
                Fact.of("hours_needed", floors.low.toHours()),
                Fact.of("up_bytes", state.up()),
                Fact.of("down_bytes", state.down()),
                Fact.of("unknown", state.unknown() ? 1 : 0));
    }
}
