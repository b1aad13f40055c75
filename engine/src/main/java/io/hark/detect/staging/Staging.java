package io.hark.detect.staging;

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
import io.hark.schema.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds hosts where data is put together before it leaves: one inside takes files from several
/// others, then sends about as much to one place outside.
///
/// Nothing is said while nothing leaves: servers of files and backups gather all day.
///
/// *What it cannot see.* What is packed to less than a quarter of it; what is gathered in one day
/// and sent on another; files taken by other protocols than SMB, NFS, FTP, SSH and HTTP. A backup
/// that goes on to a provider looks the same, until the engagement allows it. *Source*: ATT&CK
/// T1074.002.
public final class Staging implements Gathering<Staging.Heap>, Engaged {

    /// Bytes to or from one host.
    record Share(Addr host, long bytes) implements Stored {}

    /// What a host gathered and sent.
    ///
    /// @param from from whom inside, 32 at most
    /// @param to to whom outside since then, 32 at most
    /// @param port the port of the place that got most
    public record Heap(List<Share> from, List<Share> to, int port, Span span, Said said)
            implements Gathered {}

    /// How much is too much, within a day of work.
    ///
    /// @param sources hosts that gave something
    /// @param least bytes that one has to give to count
    /// @param heap bytes gathered
    /// @param share of them that went to one place
    /// @param up share of what was exchanged with that place that was sent
    public record Floors(int sources, long least, long heap, double share, double up) {

        /// The usual ones: documents of three people's shares, packed.
        public static final Floors USUAL = new Floors(3, 100_000, 5_000_000, 0.25, 0.8);
    }

    private static final int MAX_SHARES = 32;

    /// Ports by which files are taken from hosts.
    private static final Set<Integer> FILES = Set.of(20, 21, 22, 80, 139, 443, 445, 2049, 8080);

    private final Floors floors;
    private final Engagement engagement;

    /// With the usual floors, in no declared environment.
    public Staging() {
        this(Floors.USUAL, Engagement.NONE);
    }

    private Staging(Floors floors, Engagement engagement) {
        this.floors = floors;
        this.engagement = engagement;
    }

    @Override
    public Detector<?> within(Engagement engagement) {
        return new Staging(floors, engagement);
    }

    @Override
    public String name() {
        return "staging";
    }

    @Override
    public String about() {
        return "data gathered from several hosts, then sent out";
    }

    @Override
    public Class<Heap> stateType() {
        return Heap.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Conn.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(12);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Conn conn && conn.proto().equals("tcp")) {
            Addr host = conn.id().orig_h();
            boolean isTaken = isTaken(conn) && conn.respPayload() >= floors.least;
            boolean isSent = isSent(conn) && conn.origPayload() >= floors.least;
            if ((isTaken || isSent)
                    && !engagement.isAllowed(
                            host, conn.id().resp_h(), conn.id().resp_p(), conn.service())) {
                sink.add(host, Key.NOBODY, 0, "heap");
            }
        }
    }

    private boolean isTaken(Conn conn) {
        return engagement.isLocal(conn.id().orig_h())
                && engagement.isLocal(conn.id().resp_h())
                && (FILES.contains(conn.id().resp_p())
                        || conn.service() != null && conn.service().contains("ftp-data"));
    }

    private boolean isSent(Conn conn) {
        long up = conn.origPayload();
        return engagement.isLocal(conn.id().orig_h())
                && !engagement.isLocal(conn.id().resp_h())
                && up >= floors.up * (up + conn.respPayload());
    }

    @Override
    public @Nullable Heap gather(Key key, Event input, @Nullable Heap state) {
        Conn conn = (Conn) input;
        Heap before =
                state == null ? new Heap(List.of(), List.of(), 0, Span.NONE, Said.NOTHING) : state;
        Span span = before.span.with(conn.ts(), conn.uid());
        if (isTaken(conn)) {
            return new Heap(
                    more(before.from, conn.id().resp_h(), conn.respPayload()),
                    before.to,
                    before.port,
                    span,
                    before.said);
        }
        if (state == null || before.from.size() < floors.sources) {
            return state; // nothing is gathered yet that could leave
        }
        return new Heap(
                before.from,
                more(before.to, conn.id().resp_h(), conn.origPayload()),
                conn.id().resp_p(),
                span,
                before.said);
    }

    private static List<Share> more(List<Share> shares, Addr host, long bytes) {
        List<Share> more = new ArrayList<>(shares);
        for (int i = 0; i < more.size(); i++) {
            if (more.get(i).host.equals(host)) {
                more.set(i, new Share(host, more.get(i).bytes + bytes));
                return more;
            }
        }
        if (more.size() < MAX_SHARES) {
            more.add(new Share(host, bytes));
        }
        return more;
    }

    private static long sum(List<Share> shares) {
        return shares.stream().mapToLong(Share::bytes).sum();
    }

    private static Optional<Share> most(Heap state) {
        return state.to.stream().max(Comparator.comparingLong(Share::bytes));
    }

    @Override
    public Heap with(Heap state, Said said) {
        return new Heap(state.from, state.to, state.port, state.span, said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Heap state) {
        long heap = sum(state.from);
        Optional<Share> most = most(state);
        boolean left = most.isPresent() && most.get().bytes >= floors.share * heap;
        return left && heap >= floors.heap && state.from.size() >= floors.sources
                ? Optional.of(new Verdict(Severity.MEDIUM, 0.6, most.get().bytes))
                : Optional.empty();
    }

    @Override
    public void tell(Key key, Heap state, FindingDraft draft) {
        Share most = most(state).orElseThrow();
        draft.title(
                        "%s gathered files of %d hosts and sent %,d bytes to %s",
                        key.host(), state.from.size(), most.bytes, most.host)
                .why(
                        "%s took %,d bytes from %d hosts inside, then sent %,d to %s within %.1f h of the first."
                                + " A backup that goes to a provider does the same.",
                        key.host(),
                        sum(state.from),
                        state.from.size(),
                        most.bytes,
                        most.host,
                        state.span.seconds() / 3600)
                .techniques("T1074.002", "T1039", "T1048", "T1020")
                .between(key.host(), most.host, state.port);
    }

    @Override
    public List<Fact> numbers(Key key, Heap state) {
        return List.of(
                Fact.of("sources", state.from.size()),
                Fact.of("sources_needed", floors.sources),
                Fact.of("gathered_bytes", sum(state.from)),
                Fact.of("gathered_bytes_needed", floors.heap),
                Fact.of("sent_bytes", most(state).map(Share::bytes).orElse(0L)),
                Fact.of("sent_bytes_needed", Math.round(floors.share * sum(state.from))));
    }
}
