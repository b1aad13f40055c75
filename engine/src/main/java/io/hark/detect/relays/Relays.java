package io.hark.detect.relays;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds hosts that hand on what they are sent: a connection comes in, another one goes out while
/// it is open, both end together, and as many bytes went each way. So does a pivot (SSH port
/// forwarding, a SOCKS proxy in an implant, `netsh portproxy`), whatever is said through it.
///
/// Medium where it reaches from outside into the inside, or between hosts inside for a protocol by
/// which hosts are ruled. Otherwise low: load balancers, reverse proxies and web proxies are
/// relays, too. A jump host looks the same; the engagement can allow it.
///
/// *What it cannot see.* A relay that caches, packs or batches what it hands on; one that is not on
/// the way of the capture with both legs. *Source*: Zhang, Paxson: Detecting stepping stones
/// (USENIX Security 2000), by sizes and ends instead of idle times.
public final class Relays implements Gathering<Relays.Relay>, Engaged {

    /// Connections of a host that ended just now, and what was handed on so far.
    ///
    /// @param in those that came in, the latest last
    /// @param out those that went out
    /// @param from who called in the latest relay
    /// @param to who was called by it
    /// @param port at which port
    /// @param bytes handed on, both ways
    /// @param crossing whether any reached from outside to inside, or ruled a host inside
    public record Relay(
            List<Leg> in,
            List<Leg> out,
            @Nullable Addr from,
            @Nullable Addr to,
            int port,
            long bytes,
            boolean crossing,
            Span span,
            Said said)
            implements Gathered {}

    /// What two legs of one relay have to have in common.
    ///
    /// @param least bytes of a leg, both ways: of less, two are alike by chance
    /// @param framing bytes by which legs may differ: what a proxy is told before it starts
    /// @param share of the bytes by which they may differ besides: another framing
    /// @param together how far apart they may end
    public record Floors(long least, long framing, double share, Duration together) {

        /// The usual ones: with 300 bytes of 8 kB, two of a thousand legs of random sizes are
        /// alike.
        public static final Floors USUAL = new Floors(8_000, 300, 0.02, Duration.ofSeconds(5));
    }

    /// Ports of protocols by which hosts are ruled: SSH, Telnet, RPC, SMB, RDP, VNC, WinRM.
    private static final Set<Integer> RULING = Set.of(22, 23, 135, 445, 3389, 5900, 5985, 5986);

    private static final int MAX_LEGS = 32; // of each way; beyond, the eldest goes

    private static final Duration HELD = Duration.ofMinutes(10); // until a late end was told

    private final Floors floors;
    private final Engagement engagement;

    /// With the usual floors, in no declared environment.
    public Relays() {
        this(Floors.USUAL, Engagement.NONE);
    }

    private Relays(Floors floors, Engagement engagement) {
        this.floors = floors;
        this.engagement = engagement;
    }

    @Override
    public Detector<?> within(Engagement engagement) {
        return new Relays(floors, engagement);
    }

    @Override
    public String name() {
        return "relays";
    }

    @Override
    public String about() {
        return "hosts that hand on what they are sent: pivots and proxies";
    }

    @Override
    public Class<Relay> stateType() {
        return Relay.class;
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
                && conn.proto().equals("tcp")
                && conn.origPayload() > 0
                && conn.respPayload() > 0
                && conn.origPayload() + conn.respPayload() >= floors.least
                && !conn.id().orig_h().equals(conn.id().resp_h())) {
            key(conn.id().orig_h(), sink);
            key(conn.id().resp_h(), sink);
        }
    }

    private void key(Addr host, Keys sink) {
        if (engagement.isLocal(host)) {
            sink.add(host, Key.NOBODY, 0, "relay");
        }
    }

    @Override
    public @Nullable Relay gather(Key key, Event input, @Nullable Relay state) {
        Conn conn = (Conn) input;
        Relay before =
                state == null
                        ? new Relay(
                                List.of(),
                                List.of(),
                                null,
                                null,
                                0,
                                0,
                                false,
                                Span.NONE,
                                Said.NOTHING)
                        : state;
        boolean isIn = conn.id().resp_h().equals(key.host());
        Leg leg = Leg.of(conn, isIn ? conn.id().orig_h() : conn.id().resp_h());
        List<Leg> in = fresh(before.in, leg.last());
        List<Leg> out = fresh(before.out, leg.last());
        for (Leg other : isIn ? out : in) {
            Leg first = isIn ? leg : other;
            Leg second = isIn ? other : leg;
            if (first.isHandedOnBy(second, floors) && !isAllowed(key, first, second)) {
                (isIn ? out : in).remove(other);
                return told(before, in, out, first, second);
            }
        }
        (isIn ? in : out).add(leg);
        // Legs alone are no evidence: the span stays, but when nothing was found it tells how long
        // the state is of use.
        Span span =
                before.bytes > 0 ? before.span : new Span(leg.first(), leg.last(), 0, List.of());
        return new Relay(
                cut(in),
                cut(out),
                before.from,
                before.to,
                before.port,
                before.bytes,
                before.crossing,
                span,
                before.said);
    }

    private Relay told(Relay before, List<Leg> in, List<Leg> out, Leg first, Leg second) {
        Span span = before.bytes > 0 ? before.span : Span.NONE;
        span = span.with(first.first(), first.last(), first.uid());
        span = span.with(second.first(), second.last(), second.uid());
        return new Relay(
                in,
                out,
                first.far(),
                second.far(),
                second.port(),
                before.bytes + second.up() + second.down(),
                before.crossing || isCrossing(first, second),
                span,
                before.said);
    }

    private boolean isCrossing(Leg in, Leg out) {
        boolean fromOutside = !engagement.isLocal(in.far());
        boolean toInside = engagement.isLocal(out.far());
        boolean rules = RULING.contains(out.port());
        return toInside && (fromOutside ? rules || in.port() != out.port() : rules);
    }

    private boolean isAllowed(Key key, Leg in, Leg out) {
        return engagement.isAllowed(in.far(), key.host(), in.port(), "tunnel")
                || engagement.isAllowed(key.host(), out.far(), out.port(), "tunnel");
    }

    private static List<Leg> fresh(List<Leg> legs, long now) {
        List<Leg> fresh = new ArrayList<>(legs);
        fresh.removeIf(leg -> leg.last() < now - HELD.toNanos());
        return fresh;
    }

    private static List<Leg> cut(List<Leg> legs) {
        return legs.size() <= MAX_LEGS ? legs : legs.subList(legs.size() - MAX_LEGS, legs.size());
    }

    @Override
    public Relay with(Relay state, Said said) {
        return new Relay(
                state.in,
                state.out,
                state.from,
                state.to,
                state.port,
                state.bytes,
                state.crossing,
                state.span,
                said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Relay state) {
        return state.bytes == 0
                ? Optional.empty()
                : Optional.of(
                        new Verdict(
                                state.crossing ? Severity.MEDIUM : Severity.LOW,
                                state.crossing ? 0.65 : 0.4,
                                state.bytes));
    }

    @Override
    public void tell(Key key, Relay state, FindingDraft draft) {
        Addr from = state.from == null ? key.host() : state.from;
        Addr to = state.to == null ? key.host() : state.to;
        draft.title("%s hands on what %s sends to %s port %d", key.host(), from, to, state.port)
                .why(
                        "%d times a connection of %s came in, another one went out while it was open, both"
                                + " ended within %d s, and as many bytes went each way (%,d in all).",
                        state.span().count() / 2, from, floors.together().toSeconds(), state.bytes)
                .why("A jump host or a load balancer does the same: ask whether it is one.")
                .techniques(
                        state.crossing ? List.of("T1090.001", "T1021", "T1599") : List.of("T1090"))
                .between(key.host(), to, state.port)
                .fact("from", from.toString());
    }

    @Override
    public List<Fact> numbers(Key key, Relay state) {
        return List.of(
                Fact.of("handed_on_bytes", state.bytes),
                Fact.of("relays", state.bytes == 0 ? 0 : state.span().count() / 2.0),
                Fact.of("relays_needed", 1),
                Fact.of("leg_bytes_needed", floors.least));
    }
}
