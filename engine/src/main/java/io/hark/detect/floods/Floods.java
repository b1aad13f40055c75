package io.hark.detect.floods;

import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.event.Conn;
import io.hark.event.Dhcp;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.schema.Addr;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds load that no service asks for: TCP openings that never go on, datagrams and echoes that
/// nobody answers, DHCP requests by the hundred.
///
/// *What counts*, by ten seconds and place: TCP connections to one port of which only openings were
/// seen; packets of UDP and ICMP from one host to another that answers none of them; DHCP
/// transactions of a segment.
///
/// *What it cannot see.* Load made of requests that are answered, as by thousands of slow readers
/// of web pages; load that fills the line before the sensor.
public final class Floods implements Gathering<Load> {

    static final String SYN = "tcp openings";
    static final String PACKETS = "packets";
    static final String DHCP = "dhcp requests";

    /// How much is too much, by the second, over ten seconds.
    ///
    /// @param openings TCP openings; a busy server has as many that go on
    /// @param packets unanswered datagrams or echoes; voice and video are 50 to 1,000, and answered
    /// @param dhcp DHCP transactions; a floor of offices in the morning has one or two
    /// @param goodShare connections that carried data, as a share of the openings that did not, at
    ///   most: a server that is merely busy has more
    public record Floors(double openings, double packets, double dhcp, double goodShare) {

        /// The usual ones.
        public static final Floors USUAL = new Floors(50, 1000, 20, 0.5);
    }

    private static final int ICMP_ECHO = 8;
    private static final int MIN_PACKETS = 500; // of one connection, before it is looked at
    private static final double FAR = 10; // times the floor: sure

    private final Floors floors;

    /// With the usual floors.
    public Floods() {
        this(Floors.USUAL);
    }

    /// With other floors.
    public Floods(Floors floors) {
        this.floors = floors;
    }

    @Override
    public String name() {
        return "floods";
    }

    @Override
    public String about() {
        return "load that no service asks for: openings, datagrams, DHCP requests";
    }

    @Override
    public Class<Load> stateType() {
        return Load.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Conn.class, Dhcp.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Dhcp dhcp) {
            if (dhcp.msg_types().contains("DISCOVER") || dhcp.msg_types().contains("REQUEST")) {
                sink.add(DHCP);
            }
        } else if (input instanceof Conn conn) {
            Addr resp = conn.id().resp_h();
            if (conn.proto().equals("tcp")) {
                sink.add(Key.NOBODY, resp, conn.id().resp_p(), SYN);
            } else if (isUnanswered(conn)
                    && conn.orig_pkts() >= MIN_PACKETS
                    && !isMulticast(resp)) {
                sink.add(conn.id().orig_h(), resp, 0, PACKETS);
            }
        }
    }

    private static boolean isUnanswered(Conn conn) {
        boolean asks =
                conn.proto().equals("udp")
                        || conn.proto().equals("icmp") && conn.id().orig_p() == ICMP_ECHO;
        return asks && conn.resp_pkts() == 0;
    }

    /// Group addresses are for streams that nobody answers; broadcast is not.
    private static boolean isMulticast(Addr addr) {
        return addr.isGroupOrNobody() && !(addr.isV4() && addr.v4Bits() == -1);
    }

    private static boolean isOpening(Conn conn) {
        return conn.conn_state().equals("S0") || conn.conn_state().equals("SH");
    }

    @Override
    public @Nullable Load gather(Key key, Event input, @Nullable Load state) {
        if (input instanceof Dhcp dhcp) {
            Addr at = dhcp.server_addr() == null ? Addr.v4(-1) : dhcp.server_addr();
            Addr from = dhcp.client_addr() == null ? Addr.v4(0) : dhcp.client_addr();
            String uid = dhcp.uids().isEmpty() ? "" : dhcp.uids().getFirst();
            return (state == null ? Load.none(from, at) : state).with(1, dhcp.ts(), 0, from, uid);
        }
        Conn conn = (Conn) input;
        Addr from = conn.id().orig_h();
        if (!key.name().equals(SYN)) {
            Long lasted = conn.duration();
            return (state == null ? Load.none(from, conn.id().resp_h()) : state)
                    .with(
                            conn.orig_pkts(),
                            conn.ts(),
                            lasted == null ? 0 : lasted,
                            from,
                            conn.uid());
        }
        if (isOpening(conn)) {
            return (state == null ? Load.none(from, conn.id().resp_h()) : state)
                    .with(1, conn.ts(), 0, from, conn.uid());
        }
        boolean good = conn.origPayload() > 0 && conn.respPayload() > 0;
        return state == null || !good ? state : state.withGood();
    }

    @Override
    public Load with(Load state, Said said) {
        return state.with(said);
    }

    private double floor(Key key) {
        return switch (key.name()) {
            case SYN -> floors.openings;
            case PACKETS -> floors.packets;
            default -> floors.dhcp;
        };
    }

    @Override
    public Optional<Verdict> verdict(Key key, Load state) {
        double times = state.perSecond() / floor(key);
        if (times < 1 || state.good() > floors.goodShare * state.all()) {
            return Optional.empty();
        }
        return Optional.of(
                new Verdict(
                        times >= FAR ? Severity.HIGH : Severity.MEDIUM,
                        Math.min(0.95, 0.6 + 0.1 * times),
                        state.all()));
    }

    @Override
    public void tell(Key key, Load state, FindingDraft draft) {
        String what = "%,.0f %s a second".formatted(state.perSecond(), key.name());
        draft.title("%s: %s", state.at(), what)
                .why(
                        "%s came to %s at the worst, over ten seconds; %,d in all, in %.0f s, from %,d"
                                + " addresses.",
                        what,
                        state.at(),
                        state.all(),
                        state.span().seconds(),
                        state.sources().count())
                .why("%,d connections to it carried data meanwhile.", state.good())
                .techniques("T1498", key.name().equals(PACKETS) ? "T1498.001" : "T1499")
                .between(state.last(), state.at(), key.port() == 0 ? null : key.port());
    }

    @Override
    public List<Fact> numbers(Key key, Load state) {
        return List.of(
                Fact.of("per_second", state.perSecond()),
                Fact.of("per_second_needed", floor(key)),
                Fact.of("all", state.all()),
                Fact.of("sources", state.sources().count()),
                Fact.of("good_connections", state.good()));
    }
}
