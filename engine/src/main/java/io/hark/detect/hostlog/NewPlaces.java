package io.hark.detect.hostlog;

import io.hark.Distinct;
import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.event.LogEvent;
import io.hark.schema.Addr;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells of logins from where a user never came from: by the logs of VPN gateways, mail and SSH
/// servers, the first one from a network outside, once the user is known.
///
/// A network is the first 16 bits of an IPv4 address, 32 of an IPv6 one; all private addresses are
/// one place. A user is known after five logins over a day at the same device. Low: people travel.
///
/// *What it cannot see.* How far apart two networks lie: no map of addresses is asked.
public final class NewPlaces implements Gathering<NewPlaces.Visits> {

    /// Where one user came from.
    ///
    /// @param places networks so far
    /// @param logins logins from those
    /// @param latest the new place, or null
    /// @param fresh how many new places came after the user was known
    public record Visits(
            Distinct places, long logins, @Nullable Addr latest, long fresh, Span span, Said said)
            implements Gathered {}

    private static final long KNOWN_LOGINS = 5;
    private static final long KNOWN_SECONDS = 24 * 3600;
    private static final int MAX_USER = 120; // characters of a name that stands in a line
    private static final int V4_BITS = 16;
    private static final int V6_BITS = 32;
    private static final long INSIDE = 1;

    @Override
    public String name() {
        return "new-places";
    }

    @Override
    public String about() {
        return "logins from a network outside that a known user never came from";
    }

    @Override
    public Class<Visits> stateType() {
        return Visits.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(LogEvent.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofDays(30);
    }

    @Override
    public void keys(Event input, Keys sink) {
        LogEvent line = (LogEvent) input;
        String user = line.user();
        boolean isLogin =
                line.category().contains("authentication")
                        && !line.type().contains("end")
                        && line.outcome() != null
                        && line.outcome().startsWith("succe");
        if (isLogin && user != null && line.source().ip() != null) {
            String name = user.length() > MAX_USER ? user.substring(0, MAX_USER) : user;
            sink.add(Key.NOBODY, Key.NOBODY, 0, name + " at " + HostChanges.host(line));
        }
    }

    @Override
    public @Nullable Visits gather(Key key, Event input, @Nullable Visits state) {
        Addr from = ((LogEvent) input).source().ip();
        if (from == null) {
            return state;
        }
        long place = place(from);
        Visits before =
                state == null
                        ? new Visits(Distinct.NONE, 0, null, 0, Span.NONE, Said.NOTHING)
                        : state;
        boolean isKnown =
                before.logins() >= KNOWN_LOGINS && before.span().seconds() >= KNOWN_SECONDS;
        boolean isFresh = isKnown && place != INSIDE && !before.places().holds(place);
        return new Visits(
                before.places().with(place),
                before.logins() + 1,
                isFresh ? from : before.latest(),
                before.fresh() + (isFresh ? 1 : 0),
                before.span().with(input.ts(), ""),
                before.said());
    }

    private static long place(Addr from) {
        if (from.isPrivate()) {
            return INSIDE;
        }
        return from.isV4() ? from.v4Bits() >>> V4_BITS : from.hi() >>> V6_BITS;
    }

    @Override
    public Visits with(Visits state, Said said) {
        return new Visits(
                state.places(), state.logins(), state.latest(), state.fresh(), state.span(), said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Visits state) {
        return state.fresh() == 0
                ? Optional.empty()
                : Optional.of(new Verdict(Severity.LOW, 0.4, state.fresh()));
    }

    @Override
    public void tell(Key key, Visits state, FindingDraft draft) {
        Addr from = state.latest() == null ? Key.NOBODY : state.latest();
        draft.title("%s logged in from a new place, %s", key.name(), from)
                .why(
                        "%s logged in %,d times, from %,d networks; %s is of one that was none of them.",
                        key.name(), state.logins(), state.places().count(), from)
                .techniques("T1078", "T1133")
                .between(from, Key.NOBODY, null);
    }

    @Override
    public List<Fact> numbers(Key key, Visits state) {
        return List.of(
                Fact.of("new_places", state.fresh()),
                Fact.of("logins", state.logins()),
                Fact.of("logins_needed", KNOWN_LOGINS),
                Fact.of("networks", state.places().count()));
    }
}
