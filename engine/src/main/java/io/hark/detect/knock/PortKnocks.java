package io.hark.detect.knock;

import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.event.Conn;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds who knocks at closed ports to open one: three to eight different ports of one host that
/// carry nothing, within ten seconds, and within thirty seconds after them a connection with
/// payload to a port that is none of these.
///
/// More ports are a scan. The same knock twice is surer than one: chance does not repeat itself.
///
/// *What it cannot see.* A door that opens at one magic packet; knocks from another address than
/// the one that enters.
public final class PortKnocks implements Gathering<PortKnocks.Knocks> {

    /// The latest knocks, and what came of them.
    ///
    /// @param ports knocked at last, in order
    /// @param times when, nanoseconds
    /// @param opened the knock that opened a door last
    /// @param door the port that was entered; 0 for none yet
    /// @param entries how often this very knock was followed by an entry
    public record Knocks(
            long[] ports, long[] times, long[] opened, int door, int entries, Span span, Said said)
            implements Gathered {}

    private static final int MIN_KNOCKS = 3;
    private static final int MAX_KNOCKS = 8;
    private static final long TOGETHER_NANOS = 10_000_000_000L;
    private static final long AFTER_NANOS = 30_000_000_000L;

    @Override
    public String name() {
        return "port-knocks";
    }

    @Override
    public String about() {
        return "knocks at closed ports, and then an entry";
    }

    @Override
    public Class<Knocks> stateType() {
        return Knocks.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Conn.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(1);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Conn conn
                && (conn.proto().equals("tcp") || conn.proto().equals("udp"))
                && !conn.id().resp_h().isGroupOrNobody()) {
            sink.add(conn.id().orig_h(), conn.id().resp_h(), 0, "knock");
        }
    }

    @Override
    public @Nullable Knocks gather(Key key, Event input, @Nullable Knocks state) {
        Conn conn = (Conn) input;
        boolean knock = conn.respPayload() == 0 && conn.orig_pkts() <= 3;
        if (knock) {
            return knocked(conn, state);
        }
        if (state == null || conn.origPayload() == 0 || conn.respPayload() == 0) {
            return state;
        }
        return entered(conn, state);
    }

    /// Connections end in another order than they begin, so knocks are kept by the time they began.
    private static Knocks knocked(Conn conn, @Nullable Knocks state) {
        Knocks before =
                state == null
                        ? new Knocks(
                                new long[0],
                                new long[0],
                                new long[0],
                                0,
                                0,
                                Span.NONE,
                                Said.NOTHING)
                        : state;
        int n = before.times().length;
        int at = n;
        while (at > 0 && before.times()[at - 1] > conn.ts()) {
            at--;
        }
        long[] ports = inserted(before.ports(), at, conn.id().resp_p());
        long[] times = inserted(before.times(), at, conn.ts());
        int from = Math.max(0, ports.length - MAX_KNOCKS - 1); // one too many tells a scan
        return new Knocks(
                Arrays.copyOfRange(ports, from, ports.length),
                Arrays.copyOfRange(times, from, times.length),
                before.opened(),
                before.door(),
                before.entries(),
                before.span().with(conn.ts(), conn.uid()),
                before.said());
    }

    private static long[] inserted(long[] list, int at, long value) {
        long[] more = new long[list.length + 1];
        System.arraycopy(list, 0, more, 0, at);
        more[at] = value;
        System.arraycopy(list, at, more, at + 1, list.length - at);
        return more;
    }

    private static Knocks entered(Conn conn, Knocks state) {
        int port = conn.id().resp_p();
        List<Long> sequence = new ArrayList<>();
        long latest = Long.MIN_VALUE;
        for (int i = state.times().length - 1; i >= 0; i--) {
            long time = state.times()[i];
            if (time > conn.ts() || conn.ts() - time > AFTER_NANOS + TOGETHER_NANOS) {
                continue;
            }
            latest = Math.max(latest, time);
            if (latest - time <= TOGETHER_NANOS) {
                sequence.addFirst(state.ports()[i]);
            }
        }
        long distinct = sequence.stream().distinct().count();
        if (latest < conn.ts() - AFTER_NANOS
                || distinct < MIN_KNOCKS
                || sequence.size() > MAX_KNOCKS
                || sequence.contains((long) port)) {
            return state;
        }
        long[] opened = sequence.stream().mapToLong(Long::longValue).toArray();
        boolean again = state.door() == port && Arrays.equals(opened, state.opened());
        return new Knocks(
                new long[0],
                new long[0],
                opened,
                port,
                again ? state.entries() + 1 : 1,
                state.span().with(conn.ts(), conn.uid()),
                state.said());
    }

    @Override
    public Knocks with(Knocks state, Said said) {
        return new Knocks(
                state.ports(),
                state.times(),
                state.opened(),
                state.door(),
                state.entries(),
                state.span(),
                said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Knocks state) {
        if (state.door() == 0) {
            return Optional.empty();
        }
        boolean again = state.entries() > 1;
        return Optional.of(
                new Verdict(
                        again ? Severity.HIGH : Severity.MEDIUM,
                        again ? 0.9 : 0.55,
                        state.entries()));
    }

    @Override
    public void tell(Key key, Knocks state, FindingDraft draft) {
        draft.title("%s knocked at %s and entered by port %d", key.host(), key.peer(), state.door())
                .why(
                        "The ports %s carried nothing, one after the other; then port %d did. This very"
                                + " knock came before %d entries.",
                        sequence(state), state.door(), state.entries())
                .techniques("T1205.001")
                .between(key.host(), key.peer(), state.door());
    }

    private static String sequence(Knocks state) {
        return Arrays.stream(state.opened())
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", "));
    }

    @Override
    public List<Fact> numbers(Key key, Knocks state) {
        return List.of(
                Fact.of("knocks", state.opened().length),
                Fact.of("knocks_needed", MIN_KNOCKS),
                Fact.of("ports", sequence(state)),
                Fact.of("door", state.door()),
                Fact.of("entries", state.entries()));
    }
}
