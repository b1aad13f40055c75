package io.hark.detect.beacons;

import io.hark.Key;
import io.hark.event.Fact;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.schema.Addr;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// What the beats of one pair amount to, and how that is told. The formulae are in [Beacons].
///
/// @param sizes median of the originator's bytes a beat
/// @param sizeSpread median deviation from it, as a share of it
record Judgement(Key key, Beats state, Track track, Rhythm rhythm, long sizes, double sizeSpread) {

    /// Beyond it a power of ten says nothing more to anybody.
    private static final double MAX_TOLD = 20;

    private static final double MIN_SCORE = 0.25;
    private static final double MIN_SURPRISE = 4;
    private static final double MEDIUM_SURPRISE = 5;
    private static final double MEDIUM_SCORE = 0.4;
    private static final double HIGH_SCORE = 0.7;
    private static final int HIGH_POINTS = 3;
    private static final int INSIDE_POINTS = 3;
    private static final double ONE_SIZE = 0.1;
    private static final double MAX_DOUBT = 0.5; // what sizes of any kind take off a blurred score

    static Judgement of(Key key, Beats state, Track track) {
        long[] sizes = track.sizes();
        long median = sizes[sizes.length / 2];
        long[] deviations = new long[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            deviations[i] = Math.abs(sizes[i] - median);
        }
        Arrays.sort(deviations);
        double spread = median == 0 ? 0 : deviations[sizes.length / 2] / (double) median;
        Rhythm rhythm = Rhythm.of(track.micros(), track.bounded());
        return new Judgement(key, state, track, rhythm, median, spread);
    }

    boolean isBeacon() {
        return rhythm.surprise() >= MIN_SURPRISE && score() >= MIN_SCORE;
    }

    /// The rhythm's score; where that is blurred, sizes have to speak for a program, too.
    private double score() {
        return rhythm.sign() == Rhythm.Sign.BOUNDS
                ? rhythm.score() * (1 - Math.min(MAX_DOUBT, sizeSpread))
                : rhythm.score();
    }

    double confidence() {
        double sure = 1 - Math.pow(10, -(rhythm.surprise() - 3) / 2);
        return Math.round(Math.max(0, score() * sure) * 1000) / 1000.0;
    }

    Severity severity() {
        int points = points().size();
        double score = score();
        boolean outward = track.inside() && track.external();
        if (outward && score >= HIGH_SCORE && points >= HIGH_POINTS) {
            return Severity.HIGH;
        }
        boolean enough = outward ? points >= 1 : !track.external() && points >= INSIDE_POINTS;
        return enough && score >= MEDIUM_SCORE && rhythm.surprise() >= MEDIUM_SURPRISE
                ? Severity.MEDIUM
                : Severity.LOW;
    }

    /// What speaks against an honest program, in words.
    private List<String> points() {
        List<String> points = new ArrayList<>();
        if (track.external() && !isNamed()) {
            points.add("the client named no server");
        }
        if (track.service() == null && track.answered() > 0) {
            points.add("no known protocol");
        }
        if (!isUsualPort()) {
            points.add(
                    "port "
                            + key.port()
                            + " is not usual for "
                            + (track.service() == null ? "anything" : track.service()));
        }
        if (sizes > 0 && sizeSpread <= ONE_SIZE) {
            points.add("requests of one size");
        }
        return points;
    }

    private boolean isNamed() {
        return key.peer().equals(Key.NOBODY);
    }

    private @Nullable String service() {
        return track.service();
    }

    private boolean speaks(String name) {
        String services = service();
        return services != null && (',' + services + ',').contains(',' + name + ',');
    }

    private boolean isUsualPort() {
        int port = key.port();
        if (speaks("http")) {
            return port == 80 || port == 8080 || port == 3128;
        }
        if (speaks("ssl")) {
            return switch (port) {
                case 443, 465, 636, 853, 989, 990, 993, 995, 8443 -> true;
                default -> false;
            };
        }
        return switch (port) {
            case 20,
                    21,
                    22,
                    23,
                    25,
                    80,
                    88,
                    110,
                    111,
                    123,
                    135,
                    139,
                    143,
                    161,
                    179,
                    389,
                    443,
                    445,
                    514,
                    587,
                    636,
                    993,
                    995,
                    1433,
                    3306,
                    3389,
                    5060,
                    5222,
                    5228,
                    5432,
                    5985 ->
                    true;
            default -> false;
        };
    }

    /// The host at the other end as the key has it: the name, or nothing.
    private @Nullable String host() {
        return isNamed() ? key.name() : null;
    }

    private Addr resp() {
        return isNamed() ? track.resp() : key.peer();
    }

    private long firstNanos() {
        return state.first() + track.micros()[0] * 1000;
    }

    /// Says it in `draft`.
    Finding finding(FindingDraft draft) {
        String whom = (isNamed() ? key.name() : resp().toString()) + " port " + key.port();
        draft.title("%s calls %s every %s", key.host(), whom, span(rhythm.period()))
                .why("%s", why(whom))
                .weight(severity(), confidence())
                .techniques(techniques())
                .between(key.host(), resp(), key.port())
                .host(host())
                .during(firstNanos(), track.last())
                .uids(track.uids())
                .facts(evidence());
        engage(draft);
        next().forEach(draft::next);
        return draft.build();
    }

    private List<String> next() {
        String uid = track.uids().getLast();
        return List.of(
                "hark explain DIR --detector beacons --host " + key.host() + " --peer " + resp(),
                "hark stream DIR --uid " + uid,
                "hark host DIR " + (track.external() ? key.host() : resp()));
    }

    private String why(String whom) {
        StringBuilder why = new StringBuilder();
        why.append(
                text(
                        "%s called %s %,d times in %s",
                        key.host(), whom, track.total(), span(rhythm.span())));
        if (track.total() > Track.MAX_BEATS) {
            why.append(text(" (of the latest %,d)", rhythm.beats()));
        }
        why.append(text(", every %s", span(rhythm.period())));
        why.append(
                switch (rhythm.sign()) {
                    case CLOCK -> text(" by the clock (phase %.2f)", rhythm.phase());
                    case GAPS -> text(" with a spread of %.0f %%", 100 * rhythm.dispersion());
                    case BOUNDS ->
                            text(
                                    " give or take %.0f %%, and hardly ever later",
                                    100 * Math.sqrt(3) * rhythm.dispersion());
                });
        why.append(text("; %.0f %% of the gaps keep to it", 100 * rhythm.onBeat()));
        if (rhythm.missed() > 0) {
            why.append(text(", %,d beats are missing", rhythm.missed()));
        }
        why.append(
                text(
                        ". A pair without a rhythm looks so regular %s 10^%.0f.",
                        rhythm.surprise() > MAX_TOLD ? "less than once in" : "once in",
                        Math.min(rhythm.surprise(), MAX_TOLD)));
        why.append(
                text(
                        " It sent %,d bytes each time (median, spread %.0f %%), %,d in all, and"
                                + " received %,d; %,d calls were answered.",
                        sizes,
                        100 * sizeSpread,
                        track.origBytes(),
                        track.respBytes(),
                        track.answered()));
        List<String> points = points();
        if (!points.isEmpty()) {
            why.append(" Against it: ").append(String.join("; ", points)).append('.');
        }
        if (track.inside() != track.external()) {
            why.append(track.inside() ? " Both ends are inside." : " Neither end is inside.");
        }
        return why.toString();
    }

    /// What came of it, and for want of what.
    String verdict(int minBeats) {
        List<String> wanting = new ArrayList<>();
        if (track.total() < minBeats) {
            wanting.add(text("%d beats of %d", track.total(), minBeats));
        }
        if (rhythm.surprise() < MIN_SURPRISE) {
            wanting.add(text("surprise %.2f of %.0f", rhythm.surprise(), MIN_SURPRISE));
        }
        if (score() < MIN_SCORE) {
            wanting.add(text("score %.2f of %.2f", score(), MIN_SCORE));
            wanting.add(
                    rhythm.periodicity() < rhythm.persistence()
                            ? "what it lacks most is a rhythm"
                            : "what it lacks most is persistence");
        }
        return wanting.isEmpty()
                ? text(
                        "a beacon, %s, confidence %.2f",
                        severity().name().toLowerCase(Locale.ROOT), confidence())
                : "no beacon: " + String.join(", ", wanting);
    }

    /// The thresholds that the numbers of the same names are held against.
    static List<Fact> needed() {
        return List.of(
                Fact.of("score_needed", MIN_SCORE), Fact.of("surprise_needed", MIN_SURPRISE));
    }

    /// The numbers, and the beats themselves, in seconds after the first that is kept.
    private List<Fact> evidence() {
        List<Fact> evidence = new ArrayList<>(facts());
        long[] micros = track.micros();
        StringJoiner times = new StringJoiner(" ");
        for (long at : micros) {
            times.add(text("%.2f", (at - micros[0]) / 1e6));
        }
        evidence.add(Fact.of(Finding.TIMES, times.toString()));
        return evidence;
    }

    /// The numbers.
    List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("beats", track.total()));
        facts.add(Fact.of(Finding.PERIOD, rounded(rhythm.period())));
        facts.add(Fact.of("dispersion", rounded(rhythm.dispersion())));
        facts.add(Fact.of("on_beat", rounded(rhythm.onBeat())));
        facts.add(Fact.of("missed", rhythm.missed()));
        facts.add(Fact.of("phase", rounded(rhythm.phase())));
        facts.add(Fact.of("span_seconds", rounded(rhythm.span())));
        facts.add(Fact.of("surprise", rounded(rhythm.surprise())));
        facts.add(Fact.of("periodicity", rounded(rhythm.periodicity())));
        facts.add(Fact.of("persistence", rounded(rhythm.persistence())));
        facts.add(Fact.of("score", rounded(score())));
        facts.add(Fact.of("orig_bytes_median", sizes));
        facts.add(Fact.of("orig_bytes_spread", rounded(sizeSpread)));
        facts.add(Fact.of("answered", track.answered()));
        facts.add(Fact.of("points", String.join("; ", points())));
        return facts;
    }

    private List<String> techniques() {
        List<String> techniques = new ArrayList<>();
        if (speaks("http") || speaks("ssl")) {
            techniques.add("T1071.001");
        } else if (service() == null) {
            techniques.add("T1095");
        } else {
            techniques.add("T1071");
        }
        if (speaks("ssl")) {
            techniques.add("T1573");
        }
        if (!isUsualPort()) {
            techniques.add("T1571");
        }
        if (track.origBytes() > 10 * track.respBytes() && track.origBytes() > 1_000_000) {
            techniques.add("T1029");
        }
        return techniques;
    }

    /// The usual rows of MITRE Engage, and the first made concrete: when the next call is due.
    private void engage(FindingDraft draft) {
        Instant next =
                Instant.ofEpochSecond(0, track.last() + Math.round(rhythm.period() * 1e9))
                        .truncatedTo(ChronoUnit.SECONDS);
        draft.engage(
                "EAC0002",
                "EAV0023",
                "the schedule is a signature: watch for the next call about %s, and for other hosts that keep the same period"
                        .formatted(next));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    private static String span(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.2f s", seconds);
        } else if (seconds < 600) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        } else if (seconds < 36_000) {
            return String.format(Locale.ROOT, "%.1f min", seconds / 60);
        }
        return String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }
}
