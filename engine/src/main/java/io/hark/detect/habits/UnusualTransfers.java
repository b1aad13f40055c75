package io.hark.detect.habits;

import io.hark.Detector;
import io.hark.Key;
import io.hark.detect.habits.Habit.Sent;
import io.hark.engagement.Engaged;
import io.hark.engagement.Engagement;
import io.hark.event.Conn;
import io.hark.event.Dhcp;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.event.Prevalence;
import io.hark.format.dns.Domain;
import io.hark.schema.Addr;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds hosts that send more than they are used to: an hour that is far beyond the hours before,
/// to a place that is not used to get that much from this host; and hosts that begin to send where
/// they used to receive.
///
/// *What is usual* is what the holder of the address did in the hours with traffic of the last
/// week, by median and median absolute deviation ([Baseline]), and never less than half of the
/// largest. When DHCP lends the address to another host, learning begins anew. Nothing is said
/// before [Floors#hours] are known; nothing above low before [Floors#sure], where the capture lacks
/// more than [Floors#missed] of the bytes, or where the place is not one that few hosts of the site
/// call: everybody uploads a film once.
///
/// *What it cannot see.* What a host does for the first time within its first hours; an hour's
/// amount below [Floors#some], as of who is patient (`transfers` looks for drips); a connection's
/// bytes count in the hour in which it ends. Hosts that move from address to address without DHCP
/// in the capture are taken for those that had the address before.
public final class UnusualTransfers implements Detector<Habit>, Engaged {

    /// When an hour is unusual.
    ///
    /// @param hours with traffic that have to be known
    /// @param sure how long it was learned at least for more than low
    /// @param missed share of the bytes that may be missing for more than low
    /// @param z distance from the usual
    /// @param times as much as in the largest hour so far
    /// @param some bytes to one place that are worth knowing
    /// @param much bytes to one place for more than low
    /// @param shift from where to where the producer-consumer ratio goes: from less than minus this
    ///   to more than this
    public record Floors(
            int hours,
            Duration sure,
            double missed,
            double z,
            double times,
            long some,
            long much,
            double shift) {

        /// The usual ones.
        public static final Floors USUAL =
                new Floors(6, Duration.ofHours(24), 0.05, 3.5, 2, 5_000_000, 20_000_000, 0.3);
    }

    /// A spread of bytes an hour below which all is alike.
    private static final double LEAST_SPREAD = 100_000;

    private static final double ONE_WAY = 0.6; // ratio of who sends rather than exchanges

    private final Floors floors;
    private final Engagement engagement;

    /// With the usual floors, in no declared environment.
    public UnusualTransfers() {
        this(Floors.USUAL, Engagement.NONE);
    }

    private UnusualTransfers(Floors floors, Engagement engagement) {
        this.floors = floors;
        this.engagement = engagement;
    }

    @Override
    public Detector<?> within(Engagement engagement) {
        return new UnusualTransfers(floors, engagement);
    }

    @Override
    public String name() {
        return "unusual-transfers";
    }

    @Override
    public String about() {
        return "hosts that send far more than they are used to, or begin to send";
    }

    @Override
    public Class<Habit> stateType() {
        return Habit.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Conn.class, Prevalence.class, Dhcp.class);
    }

    @Override
    public void keys(Event input, Keys sink) {
        switch (input) {
            case Conn conn -> {
                Addr orig = conn.id().orig_h();
                Addr resp = conn.id().resp_h();
                if (conn.origPayload() + conn.respPayload() > 0
                        && !resp.isGroupOrNobody()
                        && engagement.isLocal(orig)
                        && !engagement.isLocal(resp)
                        && !engagement.isAllowed(orig, resp, conn.id().resp_p(), conn.service())) {
                    sink.add(orig, Key.NOBODY, 0, "");
                }
            }
            case Prevalence rare -> sink.add(rare.id().orig_h(), Key.NOBODY, 0, "");
            case Dhcp lease -> {
                if (lease.assigned_addr() != null
                        && lease.mac() != null
                        && lease.msg_types().contains("ACK")) {
                    sink.add(lease.assigned_addr(), Key.NOBODY, 0, "");
                }
            }
            default -> {}
        }
    }

    /// Whoever was silent for as long as habits are remembered is forgotten.
    @Override
    public @Nullable Habit wake(Habit state, Turn<Finding> turn) {
        long due = state.quietAt();
        if (due <= turn.now()) {
            return null;
        }
        turn.wakeAt(due);
        return state;
    }

    @Override
    public @Nullable Habit on(Event input, @Nullable Habit state, Turn<Finding> turn) {
        Habit after = after(input, state, turn);
        if (state == null && after != null) {
            turn.wakeAt(after.quietAt());
        }
        return after;
    }

    private @Nullable Habit after(Event input, @Nullable Habit state, Turn<Finding> turn) {
        return switch (input) {
            case Conn conn ->
                    judged(
                            (state == null ? Habit.none("", conn.seen()) : state).with(conn),
                            conn,
                            turn);
            case Prevalence rare ->
                    state == null
                            ? null
                            : state.knowing(rare.place(), rare.id().resp_h(), rare.isPlaceRare());
            case Dhcp lease -> lent(state, lease);
            default -> state;
        };
    }

    /// Who has the address now; what another one did with it is nothing to judge this one by.
    private static Habit lent(@Nullable Habit state, Dhcp lease) {
        String mac = lease.mac() == null ? "" : lease.mac();
        if (state != null && state.holder().isEmpty()) {
            return state.heldBy(mac);
        }
        return state != null && state.holder().equals(mac) ? state : Habit.none(mac, lease.seen());
    }

    private Habit judged(Habit habit, Conn conn, Turn<Finding> turn) {
        Sent sent = habit.place(Domain.placeOf(conn));
        if (sent == null || sent.up() < floors.some) {
            return habit;
        }
        Judgement judgement = judge(habit, sent);
        Severity severity = severity(habit, sent, judgement);
        if (severity == null || !sent.said().isNews(severity, sent.up())) {
            return habit;
        }
        double confidence = severity == Severity.LOW ? 0.4 : 0.6;
        turn.emit(tell(habit, sent, judgement, turn).weight(severity, confidence).build());
        return habit.saying(sent, sent.said().next(severity, confidence, sent.up()));
    }

    /// An hour beside those before.
    ///
    /// @param ofHost what the host is used to send in an hour
    /// @param ofPlace what it is used to send to the place, in an hour in which it calls it
    /// @param usualRatio the median of its producer-consumer ratios
    /// @param ratio that of the hour
    private record Judgement(Baseline ofHost, Baseline ofPlace, double usualRatio, double ratio) {}

    private static Judgement judge(Habit habit, Sent sent) {
        double[] ratios = new double[habit.ups().length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = Habit.ratio(habit.ups()[i], habit.downs()[i]);
        }
        return new Judgement(
                baseline(habit.ups()),
                baseline(sent.active()),
                Baseline.of(ratios, 1).median(),
                Habit.ratio(habit.up(), habit.down()));
    }

    private static Baseline baseline(long[] amounts) {
        return Baseline.of(Arrays.stream(amounts).asDoubleStream().toArray(), LEAST_SPREAD);
    }

    private boolean isBeyond(Baseline usual, long amount) {
        return usual.z(amount) >= floors.z && amount >= floors.times * usual.largest();
    }

    private boolean isShift(Judgement judged) {
        return judged.usualRatio <= -floors.shift && judged.ratio >= floors.shift;
    }

    /// How bad the hour is; null for not at all.
    private @Nullable Severity severity(Habit habit, Sent sent, Judgement judged) {
        boolean isLearned = judged.ofHost.count() >= floors.hours;
        if (!isLearned
                || !isBeyond(judged.ofHost, habit.up())
                || !isBeyond(judged.ofPlace, sent.up())) {
            return null;
        }
        boolean isSure =
                habit.learnedNanos() >= floors.sure.toNanos()
                        && habit.missedShare() <= floors.missed;
        boolean isOneWay = Habit.ratio(sent.up(), sent.down()) >= ONE_WAY;
        if (!isOneWay && !isShift(judged)) {
            return null;
        }
        return isSure && sent.isRare() && sent.up() >= floors.much ? Severity.MEDIUM : Severity.LOW;
    }

    private FindingDraft tell(Habit habit, Sent sent, Judgement judged, Turn<Finding> turn) {
        Addr host = turn.key().host();
        Key about = new Key(host, Key.NOBODY, 0, sent.place());
        boolean isWeb = sent.service().contains("ssl") || sent.service().contains("http");
        boolean isNamed = !sent.place().equals(sent.resp().toString());
        FindingDraft draft =
                new FindingDraft(
                                name(), about.idFor(name()), turn.now(), sent.said().revision() + 1)
                        .title("%s sends %s far more than it is used to", host, sent.place())
                        .why(
                                "%,d bytes within an hour, %,d of them to %s; in the %d hours with traffic before it"
                                        + " sent %,.0f as a rule and %,.0f at most (z = %.1f).",
                                habit.up(),
                                sent.up(),
                                sent.place(),
                                judged.ofHost.count(),
                                judged.ofHost.median(),
                                judged.ofHost.largest(),
                                judged.ofHost.z(habit.up()))
                        .why(
                                "That was learned over %.1f h%s, with %.1f %% of the bytes missing from the capture.",
                                habit.learnedNanos() / 3.6e12,
                                habit.holder().isEmpty() ? "" : " of " + habit.holder(),
                                100 * habit.missedShare())
                        .techniques(isWeb ? "T1567" : "T1048", "T1041", "T1020")
                        .between(host, sent.resp(), sent.port())
                        .host(isNamed ? sent.place() : null)
                        .during(sent.span().first(), sent.span().last())
                        .uids(sent.span().uids())
                        .facts(numbers(habit, sent, judged));
        if (isShift(judged)) {
            draft.why(
                    "It used to receive (a producer-consumer ratio of %.2f) and now sends (%.2f).",
                    judged.usualRatio, judged.ratio);
        }
        if (sent.isRare()) {
            draft.why("Few hosts of the site call that place.");
        }
        return draft;
    }

    private List<Fact> numbers(Habit habit, Sent sent, Judgement judged) {
        return List.of(
                Fact.of("up_bytes", sent.up()),
                Fact.of("up_bytes_needed", floors.some),
                Fact.of("hour_up_bytes", habit.up()),
                Fact.of("usual_up_bytes", Math.round(judged.ofHost.median())),
                Fact.of("largest_up_bytes", Math.round(judged.ofHost.largest())),
                Fact.of("z", rounded(judged.ofHost.z(habit.up()))),
                Fact.of("z_needed", floors.z),
                Fact.of("z_of_place", rounded(judged.ofPlace.z(sent.up()))),
                Fact.of("hours", judged.ofHost.count()),
                Fact.of("hours_needed", floors.hours),
                Fact.of("usual_ratio", rounded(judged.usualRatio)),
                Fact.of("ratio", rounded(judged.ratio)),
                Fact.of("learned_hours", rounded(habit.learnedNanos() / 3.6e12)),
                Fact.of("missed_share", rounded(habit.missedShare())));
    }

    private static double rounded(double number) {
        return Math.round(number * 100) / 100.0;
    }

    /// Of the place that most went to in the hour at hand.
    @Override
    public List<Fact> explain(Key key, Habit state) {
        return state.places().stream()
                .max(Comparator.comparingLong(Sent::up))
                .map(most -> numbers(state, most, judge(state, most)))
                .orElse(List.of());
    }
}
