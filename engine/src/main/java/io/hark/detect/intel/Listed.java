package io.hark.detect.intel;

import io.hark.Detector;
import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.detect.intel.Sighting.Nearness;
import io.hark.event.Conn;
import io.hark.event.ConnUpdate;
import io.hark.event.Dns;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.FileSeen;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.event.Http;
import io.hark.event.OfConnection;
import io.hark.event.Smtp;
import io.hark.event.Ssl;
import io.hark.intel.Indicator;
import io.hark.intel.Informed;
import io.hark.intel.Intel;
import io.hark.schema.Addr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says which host had to do with what a list of indicators names: one finding a host and
/// indicator. High where something was said to it or taken from it; medium where it was only named
/// (a DNS query, a call in vain, a caller from outside, a mail) or where a TLS hello looks like a
/// listed one; low where somebody listed knocked in vain.
///
/// *What it cannot see.* URLs and files inside TLS; certificates of TLS 1.3; who asked a resolver
/// whose own questions alone pass by. It knows no more than the lists do.
public final class Listed implements Gathering<Listed.Seen>, Informed {

    private static final int MAX_WHERE = 8; // there are not many more kinds of places

    /// Sightings of one indicator by one host.
    ///
    /// @param context what the list says of it, and which list
    /// @param nearness the most that a sighting said
    /// @param orig who opened the connection of that sighting
    /// @param resp who was called in it
    /// @param port at which port
    /// @param where in which places, in their order
    public record Seen(
            String context,
            Nearness nearness,
            Addr orig,
            Addr resp,
            int port,
            List<String> where,
            Span span,
            Said said)
            implements Gathered {

        /// Keeps its own copy.
        public Seen {
            where = List.copyOf(where);
        }
    }

    private final Intel intel;

    /// Without a list: it says nothing.
    public Listed() {
        this(Intel.NONE);
    }

    private Listed(Intel intel) {
        this.intel = intel;
    }

    @Override
    public Detector<?> knowing(Intel intel) {
        return new Listed(intel);
    }

    @Override
    public String name() {
        return "intel";
    }

    @Override
    public String about() {
        return "hosts that had to do with what lists of indicators name";
    }

    @Override
    public Class<Seen> stateType() {
        return Seen.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(
                Conn.class,
                ConnUpdate.class,
                Dns.class,
                Http.class,
                Ssl.class,
                FileSeen.class,
                Smtp.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(24);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (intel.isEmpty() || !(input instanceof OfConnection event)) {
            return;
        }
        List<Sighting> sightings = Sightings.in(event, intel);
        if (sightings.isEmpty()) {
            return;
        }
        Set<Key> keys = new HashSet<>();
        for (Sighting sighting : sightings) {
            String name = named(sighting.indicator());
            if (keys.add(new Key(sighting.host(), Key.NOBODY, 0, name))) {
                sink.add(sighting.host(), Key.NOBODY, 0, name);
            }
        }
    }

    private static String named(Indicator indicator) {
        return indicator.kind().word() + ' ' + indicator.value();
    }

    @Override
    public @Nullable Seen gather(Key key, Event input, @Nullable Seen state) {
        OfConnection event = (OfConnection) input;
        Seen seen = state;
        for (Sighting sighting : Sightings.in(event, intel)) {
            if (sighting.host().equals(key.host())
                    && named(sighting.indicator()).equals(key.name())) {
                seen = with(seen, sighting, event, seen != state);
            }
        }
        return seen;
    }

    /// @param same whether this event was counted before, for another place in it
    private static Seen with(
            @Nullable Seen before, Sighting sighting, OfConnection event, boolean same) {
        Seen seen = before == null ? none(sighting) : before;
        List<String> where = new ArrayList<>(seen.where());
        if (!where.contains(sighting.where()) && where.size() < MAX_WHERE) {
            where.add(sighting.where());
        }
        boolean nearer = sighting.nearness().compareTo(seen.nearness()) > 0;
        Seen of = nearer ? none(sighting) : seen;
        return new Seen(
                seen.context(),
                of.nearness(),
                of.orig(),
                of.resp(),
                of.port(),
                where,
                same ? seen.span() : seen.span().with(event.ts(), event.uid()),
                seen.said());
    }

    private static Seen none(Sighting sighting) {
        return new Seen(
                context(sighting.indicator()),
                sighting.nearness(),
                sighting.between().orig_h(),
                sighting.between().resp_h(),
                sighting.between().resp_p(),
                List.of(),
                Span.NONE,
                Said.NOTHING);
    }

    private static String context(Indicator indicator) {
        return indicator.source()
                + (indicator.context().isEmpty()
                        ? " lists it."
                        : " lists it: \"" + indicator.context() + "\".");
    }

    @Override
    public Seen with(Seen state, Said said) {
        return new Seen(
                state.context(),
                state.nearness(),
                state.orig(),
                state.resp(),
                state.port(),
                state.where(),
                state.span(),
                said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Seen state) {
        long weight = state.span().count();
        return Optional.of(
                switch (state.nearness()) {
                    case SPOKEN -> new Verdict(Severity.HIGH, 0.9, weight);
                    case NAMED -> new Verdict(Severity.MEDIUM, 0.8, weight);
                    case ALIKE -> new Verdict(Severity.MEDIUM, 0.5, weight);
                    case KNOCKED -> new Verdict(Severity.LOW, 0.6, weight);
                });
    }

    @Override
    public void tell(Key key, Seen state, FindingDraft draft) {
        draft.title("%s had to do with the listed %s", key.host(), key.name())
                .why(
                        "Seen %,d times, as %s; %s.",
                        state.span().count(),
                        String.join(", ", state.where()),
                        switch (state.nearness()) {
                            case SPOKEN -> "both sides spoke";
                            case NAMED -> "it was named, called in vain, or called in";
                            case ALIKE -> "other programs may look the same";
                            case KNOCKED -> "it called and got no answer";
                        })
                .why("%s", state.context())
                .techniques(techniques(key, state))
                .between(state.orig(), state.resp(), state.port());
    }

    private static List<String> techniques(Key key, Seen state) {
        String kind = key.name().substring(0, key.name().lastIndexOf(' '));
        if (state.where().stream().anyMatch(place -> place.contains("mail"))) {
            return List.of("T1566");
        }
        if (state.where().stream().anyMatch(place -> place.startsWith("file "))) {
            return List.of("T1105");
        }
        return switch (kind) {
            case "URL" -> List.of("T1071.001");
            case "JA3", "JA3S", "JA4", "hash" -> List.of("T1573.002", "T1071.001");
            default -> List.of(state.nearness() == Nearness.KNOCKED ? "T1595" : "T1071");
        };
    }

    @Override
    public List<Fact> numbers(Key key, Seen state) {
        return List.of(
                Fact.of("indicator", key.name().substring(key.name().lastIndexOf(' ') + 1)),
                Fact.of("sightings", state.span().count()),
                Fact.of("places", String.join(", ", state.where())));
    }
}
