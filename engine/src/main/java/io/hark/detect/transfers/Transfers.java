package io.hark.detect.transfers;

import io.hark.Detector;
import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.engagement.Engaged;
import io.hark.engagement.Engagement;
import io.hark.event.Conn;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.event.Ftp;
import io.hark.schema.Addr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds more data leaving than ordinary: much at once, or a drip over the day, from a host inside
/// to one place outside that sends little back; and files stored by FTP.
///
/// *What counts.* Payload by (host, place), the place being the server's name where one is known,
/// within a day. A place that gets much more than it gives has a producer-consumer ratio near 1.
///
/// *Habit.* What was sent to the place on three of the last seven days, too, half of it at least,
/// is low: a nightly backup is a finding for three nights, or until the engagement allows it.
///
/// *What it cannot see.* Uploads below the floors; what is sent to a place that sends as much back.
/// `unusual-transfers` judges a host by its own habit.
public final class Transfers implements Gathering<Amounts>, Engaged {

    private static final String FTP = "ftp files";

    /// How much is too much, within a day.
    ///
    /// @param much bytes to one place
    /// @param some bytes to one place that are worth knowing
    /// @param drip bytes in small connections
    /// @param dripCount how many of them
    /// @param dripSeconds over how long at least
    /// @param ratio producer-consumer ratio
    public record Floors(
            long much, long some, long drip, int dripCount, long dripSeconds, double ratio) {

        /// The usual ones.
        public static final Floors USUAL =
                new Floors(100_000_000, 20_000_000, 10_000_000, 200, 6 * 3600, 0.6);
    }

    /// Names under which clouds give their customers' stores.
    private static final List<String> BUCKETS =
            List.of(
                    ".amazonaws.com",
                    ".blob.core.windows.net",
                    ".file.core.windows.net",
                    "storage.googleapis.com",
                    ".digitaloceanspaces.com",
                    ".backblazeb2.com",
                    ".wasabisys.com",
                    ".r2.cloudflarestorage.com");

    /// Shorter than a day, so that what comes every night, now sooner and now later, comes once in
    /// each.
    private static final long DAY_NANOS = 20L * 3600 * 1_000_000_000;

    private static final double FAR = 10;
    private static final int MAX_UIDS_UNTOLD = 8; // of what is too little to be told

    private final Floors floors;
    private final Engagement engagement;

    /// With the usual floors, in no declared environment.
    public Transfers() {
        this(Floors.USUAL, Engagement.NONE);
    }

    private Transfers(Floors floors, Engagement engagement) {
        this.floors = floors;
        this.engagement = engagement;
    }

    @Override
    public Detector<?> within(Engagement engagement) {
        return new Transfers(floors, engagement);
    }

    @Override
    public String name() {
        return "transfers";
    }

    @Override
    public String about() {
        return "more data out than ordinary, at once or over a day";
    }

    @Override
    public Class<Amounts> stateType() {
        return Amounts.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Conn.class, Ftp.class);
    }

    /// Longer than a day: what comes every night has to be known the next.
    @Override
    public Duration silence() {
        return Duration.ofHours(48);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Ftp ftp) {
            String command = ftp.command();
            if (command != null && (command.equals("STOR") || command.equals("APPE"))) {
                sink.add(ftp.id().orig_h(), ftp.id().resp_h(), ftp.id().resp_p(), FTP);
            }
        } else if (input instanceof Conn conn) {
            Addr orig = conn.id().orig_h();
            Addr resp = conn.id().resp_h();
            if (conn.origPayload() == 0
                    || resp.isGroupOrNobody()
                    || !engagement.isLocal(orig)
                    || engagement.isLocal(resp)
                    || engagement.isAllowed(orig, resp, conn.id().resp_p(), conn.service())) {
                return;
            }
            String name = conn.resp_name();
            if (name == null) {
                sink.add(orig, resp, 0, "");
            } else {
                sink.add(orig, Key.NOBODY, 0, name);
            }
        }
    }

    @Override
    public @Nullable Amounts gather(Key key, Event input, @Nullable Amounts state) {
        if (input instanceof Ftp ftp) {
            Amounts before = state == null ? Amounts.none(ftp.id().resp_h()) : state;
            Long size = ftp.file_size();
            long more = size == null ? 0 : size;
            return new Amounts(
                    before.up() + more,
                    0,
                    Math.max(before.largest(), more),
                    ftp.id().resp_h(),
                    "ftp",
                    before.days(),
                    before.span().with(ftp.ts(), ftp.uid()),
                    before.said());
        }
        Conn conn = (Conn) input;
        Addr resp = conn.id().resp_h();
        Amounts before = state == null ? Amounts.none(resp) : state;
        if (state != null && conn.ts() - state.span().first() > DAY_NANOS) {
            before = state.nextDay(again(state.said()));
        }
        long up = conn.origPayload();
        int ids = before.up() + up < floors.some ? MAX_UIDS_UNTOLD : Finding.MAX_UIDS;
        return new Amounts(
                before.up() + up,
                before.down() + conn.respPayload(),
                Math.max(before.largest(), up),
                resp,
                conn.service() == null ? before.service() : conn.service(),
                before.days(),
                before.span().with(conn.ts(), conn.ts(), conn.uid(), ids),
                before.said());
    }

    /// A new day: its first word is news, and has the next revision.
    private static Said again(Said said) {
        return new Said(said.revision(), Severity.LOW, 0, 0);
    }

    @Override
    public Amounts with(Amounts state, Said said) {
        return state.with(said);
    }

    private boolean isDrip(Amounts state) {
        return state.up() >= floors.drip
                && state.span().count() >= floors.dripCount
                && state.span().seconds() >= floors.dripSeconds;
    }

    @Override
    public Optional<Verdict> verdict(Key key, Amounts state) {
        if (key.name().equals(FTP)) {
            boolean outward = engagement.isLocal(key.host()) && !engagement.isLocal(key.peer());
            return Optional.of(
                    new Verdict(
                            outward ? Severity.MEDIUM : Severity.LOW, 0.5, state.span().count()));
        }
        if (state.ratio() < floors.ratio || state.up() < floors.some && !isDrip(state)) {
            return Optional.empty();
        }
        boolean much = state.up() >= floors.much && !state.isHabit();
        return Optional.of(
                new Verdict(
                        much
                                ? state.up() >= FAR * floors.much ? Severity.HIGH : Severity.MEDIUM
                                : Severity.LOW,
                        Math.min(0.8, 0.4 + 0.2 * state.ratio() + (much ? 0.2 : 0)),
                        state.up()));
    }

    @Override
    public void tell(Key key, Amounts state, FindingDraft draft) {
        boolean named = key.peer().equals(Key.NOBODY);
        String whom = named ? key.name() : key.peer().toString();
        draft.between(key.host(), named ? state.resp() : key.peer(), null)
                .host(named ? key.name() : null);
        if (key.name().equals(FTP)) {
            draft.title("%s stores files at %s by FTP", key.host(), key.peer())
                    .why(
                            "%,d files were stored, %,d bytes of those whose size was told; anybody on"
                                    + " the way can read them.",
                            state.span().count(), state.up())
                    .techniques("T1048.003", "T1071.002");
            return;
        }
        draft.title("%s sent %,d bytes to %s", key.host(), state.up(), whom)
                .why(
                        "%s sent %,d bytes to %s within %.1f h, in %,d connections, %,d in the largest, and"
                                + " received %,d: a producer-consumer ratio of %.2f.",
                        key.host(),
                        state.up(),
                        whom,
                        state.span().seconds() / 3600,
                        state.span().count(),
                        state.largest(),
                        state.down(),
                        state.ratio());
        if (state.isHabit()) {
            draft.why(
                    "On %d of the last %d days with traffic it sent as much there.",
                    state.alike(), state.days().length);
        }
        boolean web = state.service().contains("ssl") || state.service().contains("http");
        List<String> techniques = new ArrayList<>();
        if (named && isBucket(key.name())) {
            techniques.add("T1537");
        }
        techniques.addAll(
                List.of(web ? "T1567" : "T1048", isDrip(state) ? "T1030" : "T1020", "T1041"));
        draft.techniques(techniques);
    }

    /// Whether a name is one of a customer's store in a cloud, which may be anybody's account.
    private static boolean isBucket(String name) {
        return BUCKETS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    }

    @Override
    public List<Fact> numbers(Key key, Amounts state) {
        return List.of(
                Fact.of("up_bytes", state.up()),
                Fact.of("up_bytes_needed", key.name().equals(FTP) ? 0 : floors.some),
                Fact.of("down_bytes", state.down()),
                Fact.of("largest", state.largest()),
                Fact.of("ratio", Math.round(state.ratio() * 100) / 100.0),
                Fact.of("ratio_needed", key.name().equals(FTP) ? 0 : floors.ratio),
                Fact.of("connections", state.span().count()),
                Fact.of("days_alike", state.alike()),
                Fact.of("hours", Math.round(state.span().seconds() / 360) / 10.0));
    }
}
