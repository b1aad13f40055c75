package io.hark.detect.rare;

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
import io.hark.event.Prevalence;
import io.hark.format.dns.Domain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds calls to places that are new to the site and that hardly anybody calls, where more speaks
/// against them than that. Every host calls rare places every day, so rarity alone is nothing.
///
/// *What counts.* A place is judged once the site has been watched for [Floors#learned], the place
/// came after that, and it was called again and again. The signs beside: it has no name; the
/// program that calls it is one of few hosts; it is called at a port, or speaks in a way, that the
/// web and mail do not; more goes there than comes back. Three signs are low; medium is for three
/// of them with a rare program among them, of a site watched for [Floors#sure].
///
/// *What it cannot see.* Sites of less than ten hosts, short captures; places that the site knew
/// before it was watched for long enough; what hides at a place that many call. A server that one
/// person works at by a program of their own looks the same.
public final class RarePlaces implements Gathering<RarePlaces.Place>, Engaged {

    /// When a place is judged.
    ///
    /// @param learned for how long the site was watched before the place was called first
    /// @param sure for how long it has to be for more than low
    /// @param calls to the place
    /// @param over from the first to the last of them at least
    /// @param signs beside being rare
    /// @param sent bytes; what is less is no upload
    public record Floors(
            Duration learned, Duration sure, int calls, Duration over, int signs, long sent) {

        /// The usual ones: programs of the working day have shown themselves after four hours,
        /// those that run once a day after one.
        public static final Floors USUAL =
                new Floors(
                        Duration.ofHours(4),
                        Duration.ofHours(24),
                        5,
                        Duration.ofHours(1),
                        3,
                        100_000);
    }

    /// What is known of a place that is rare.
    ///
    /// @param seen how rare it was when it was called first
    /// @param hosts of the site that called it so far
    /// @param up bytes sent there since
    /// @param down bytes that came back
    /// @param isOdd whether a call went to no port of the web or mail, or spoke nothing known
    /// @param missed bytes known to be missing from the capture of them
    public record Place(
            Prevalence seen,
            long hosts,
            long up,
            long down,
            boolean isOdd,
            long missed,
            Span span,
            Said said)
            implements Gathered {

        private Place with(Said more) {
            return new Place(seen, hosts, up, down, isOdd, missed, span, more);
        }

        /// How long the site had been watched when the place came.
        private long learnedNanos() {
            return seen.place_since() - seen.site_since();
        }
    }

    private static final Set<Integer> USUAL_PORTS =
            Set.of(25, 53, 80, 110, 123, 143, 443, 465, 587, 853, 993, 995);

    private final Floors floors;
    private final Engagement engagement;

    /// With the usual floors, in no declared environment.
    public RarePlaces() {
        this(Floors.USUAL, Engagement.NONE);
    }

    private RarePlaces(Floors floors, Engagement engagement) {
        this.floors = floors;
        this.engagement = engagement;
    }

    @Override
    public Detector<?> within(Engagement engagement) {
        return new RarePlaces(floors, engagement);
    }

    @Override
    public String name() {
        return "rare-places";
    }

    @Override
    public String about() {
        return "places new to the site that few call, by programs that few use";
    }

    @Override
    public Class<Place> stateType() {
        return Place.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Prevalence.class, Conn.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(24);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Prevalence rare) {
            sink.add(rare.place());
        } else if (input instanceof Conn conn
                && conn.origPayload() > 0
                && conn.respPayload() > 0
                && !conn.id().resp_h().isGroupOrNobody()
                && engagement.isLocal(conn.id().orig_h())
                && !engagement.isLocal(conn.id().resp_h())
                && !engagement.isAllowed(
                        conn.id().orig_h(),
                        conn.id().resp_h(),
                        conn.id().resp_p(),
                        conn.service())) {
            sink.add(Domain.placeOf(conn));
        }
    }

    /// What is said of a place comes before the connection that it is said by.
    @Override
    public @Nullable Place gather(Key key, Event input, @Nullable Place state) {
        if (input instanceof Prevalence rare) {
            return state == null ? first(rare) : spread(state, rare);
        }
        if (state == null) {
            return null;
        }
        Conn conn = (Conn) input;
        boolean isOdd = conn.service() == null || !USUAL_PORTS.contains(conn.id().resp_p());
        return new Place(
                state.seen,
                state.hosts,
                state.up + conn.origPayload(),
                state.down + conn.respPayload(),
                state.isOdd || isOdd,
                state.missed + conn.missed_bytes(),
                state.span.with(conn.ts(), conn.uid()),
                state.said);
    }

    private @Nullable Place first(Prevalence rare) {
        boolean isNew = rare.place_since() - rare.site_since() >= floors.learned.toNanos();
        return isNew && rare.isPlaceRare()
                ? new Place(rare, 1, 0, 0, false, 0, Span.NONE, Said.NOTHING)
                : null;
    }

    private static Place spread(Place state, Prevalence rare) {
        return new Place(
                state.seen,
                rare.place_hosts(),
                state.up,
                state.down,
                state.isOdd,
                state.missed,
                state.span,
                state.said);
    }

    @Override
    public Place with(Place state, Said said) {
        return state.with(said);
    }

    private List<String> signs(Place state) {
        List<String> signs = new ArrayList<>();
        Prevalence seen = state.seen;
        if (seen.place().equals(seen.id().resp_h().toString())) {
            signs.add("it has no name");
        }
        if (seen.isClientRare()) {
            signs.add(
                    String.format(
                            Locale.ROOT,
                            "the program that calls it is used by %d of %d hosts",
                            seen.client_hosts(),
                            seen.site_hosts()));
        }
        if (state.isOdd) {
            signs.add("it is called otherwise than the web and mail are");
        }
        if (state.up >= floors.sent && state.up > state.down) {
            signs.add(
                    String.format(
                            Locale.ROOT, "%,d bytes went and %,d came", state.up, state.down));
        }
        return signs;
    }

    @Override
    public Optional<Verdict> verdict(Key key, Place state) {
        boolean isRare = state.hosts <= Prevalence.few(state.seen.site_hosts());
        int signs = signs(state).size();
        if (!isRare
                || state.span.count() < floors.calls
                || state.span.seconds() < floors.over.toSeconds()
                || signs < floors.signs) {
            return Optional.empty();
        }
        boolean isSure = state.seen.isClientRare() && state.learnedNanos() >= floors.sure.toNanos();
        return Optional.of(
                new Verdict(
                        isSure ? Severity.MEDIUM : Severity.LOW,
                        0.2 + 0.1 * signs,
                        state.span.count()));
    }

    @Override
    public void tell(Key key, Place state, FindingDraft draft) {
        Prevalence seen = state.seen;
        draft.title("%s calls %s, which is new here", seen.id().orig_h(), key.name())
                .why(
                        "Nobody called %s in the %.1f h that the site was watched before; then %d of %d hosts did,"
                                + " %,d times within %.1f h.",
                        key.name(),
                        state.learnedNanos() / 3.6e12,
                        state.hosts,
                        seen.site_hosts(),
                        state.span.count(),
                        state.span.seconds() / 3600)
                .why("Beside that: %s.", String.join("; ", signs(state)))
                .techniques(state.isOdd ? "T1095" : "T1071", "T1071")
                .between(seen.id().orig_h(), seen.id().resp_h(), seen.id().resp_p());
    }

    @Override
    public List<Fact> numbers(Key key, Place state) {
        return List.of(
                Fact.of("signs", signs(state).size()),
                Fact.of("signs_needed", floors.signs),
                Fact.of("hosts", state.hosts),
                Fact.of("site_hosts", state.seen.site_hosts()),
                Fact.of("calls", state.span.count()),
                Fact.of("calls_needed", floors.calls),
                Fact.of("hours", Math.round(state.span.seconds() / 360) / 10.0),
                Fact.of("learned_hours", Math.round(state.learnedNanos() / 3.6e11) / 10.0),
                Fact.of("up_bytes", state.up),
                Fact.of("down_bytes", state.down),
                Fact.of("missed_bytes", state.missed));
    }
}
