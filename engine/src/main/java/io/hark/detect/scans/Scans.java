package io.hark.detect.scans;

import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.event.Conn;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.event.LogEvent;
import io.hark.event.Neighbor;
import io.hark.schema.Addr;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds who looks for hosts and services: many ports of one host, one port of many hosts, many
/// addresses by echo or ARP.
///
/// *What counts.* A try in vain is a connection in which no payload went either way: refused, not
/// answered, or dropped after the handshake. Tries are gathered by (who, whom) over ports, and by
/// (who, port) over hosts, each kind of scan with its own floor in [Floors]; and at most three
/// tries in ten may have been answered with data, since peers of file sharing and monitoring get
/// answers. What a firewall denied, as its log tells, is a try in vain, and what it let through is
/// none: counted apart from what the wire shows, by the device that logged it.
///
/// *What it cannot see.* A scan slower than one try an hour; one spread over many sources; one that
/// speaks the protocol of each service it finds.
public final class Scans implements Gathering<Tried> {

    static final String PORTS = "ports";
    static final String HOSTS = "hosts";
    static final String ECHO = "echo";
    static final String ARP = "arp";

    private static final double MIN_SHARE = 0.7;
    private static final String LOGGED = " denied by ";
    private static final int MAX_DEVICE = 80; // characters; the name stands in the line
    private static final int ICMP_ECHO = 8;
    private static final int ICMP6_ECHO = 128;

    /// How many different things tried in vain are a scan.
    ///
    /// @param tcpPorts ports of one host; a program that is missing its server tries two or three
    /// @param udpPorts the same for UDP, where silence is usual
    /// @param tcpHosts hosts at one port
    /// @param udpHosts the same for UDP: peers of file sharing use one port, and are often gone
    /// @param echoHosts hosts that did not answer an echo
    /// @param arpHosts addresses that nobody has
    /// @param many beyond it nobody does so by accident
    public record Floors(
            int tcpPorts,
            int udpPorts,
            int tcpHosts,
            int udpHosts,
            int echoHosts,
            int arpHosts,
            int many) {

        /// What ordinary traffic was seen to stay below.
        public static final Floors USUAL = new Floors(6, 24, 16, 48, 16, 32, 200);
    }

    private final Floors floors;

    /// With the usual floors.
    public Scans() {
        this(Floors.USUAL);
    }

    /// With other floors.
    public Scans(Floors floors) {
        this.floors = floors;
    }

    @Override
    public String name() {
        return "scans";
    }

    @Override
    public String about() {
        return "many ports of one host, one port of many hosts, addresses that nobody has";
    }

    @Override
    public Class<Tried> stateType() {
        return Tried.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Conn.class, Neighbor.class, LogEvent.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(1);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Neighbor neighbor) {
            boolean arp = neighbor.proto().equals("arp");
            if (arp && neighbor.requests() > 0 && !neighbor.orig_h().isGroupOrNobody()) {
                sink.add(neighbor.orig_h(), Key.NOBODY, 0, ARP);
            }
            if (arp && neighbor.replies() > 0) {
                sink.add(neighbor.resp_h(), Key.NOBODY, 0, ARP);
            }
        } else if (input instanceof LogEvent line) {
            keys(line, sink);
        } else if (input instanceof Conn conn && !conn.id().resp_h().isGroupOrNobody()) {
            Addr orig = conn.id().orig_h();
            switch (conn.proto()) {
                case "tcp", "udp" -> {
                    if (isWhole(conn)) {
                        sink.add(orig, conn.id().resp_h(), 0, PORTS + ' ' + conn.proto());
                        sink.add(orig, Key.NOBODY, conn.id().resp_p(), HOSTS + ' ' + conn.proto());
                    }
                }
                case "icmp" -> {
                    int type = conn.id().orig_p();
                    if (type == ICMP_ECHO || type == ICMP6_ECHO) {
                        sink.add(orig, Key.NOBODY, 0, ECHO);
                    }
                }
                default -> {}
            }
        }
    }

    /// What a firewall did with a connection, where its line names both ends.
    private static void keys(LogEvent line, Keys sink) {
        Addr orig = line.source().ip();
        Addr resp = line.destination().ip();
        Integer port = line.destination().port();
        String transport = line.transport() == null ? "" : line.transport();
        boolean isPassed = isDenied(line) || line.type().contains("allowed");
        if (!isPassed || orig == null || resp == null || resp.isGroupOrNobody() || port == null) {
            return;
        }
        switch (transport.toLowerCase(Locale.ROOT)) {
            case "tcp", "udp" -> {
                String by = ' ' + transport.toLowerCase(Locale.ROOT) + LOGGED + by(line);
                sink.add(orig, resp, 0, PORTS + by);
                sink.add(orig, Key.NOBODY, port, HOSTS + by);
            }
            default -> {}
        }
    }

    private static boolean isDenied(LogEvent line) {
        return line.type().contains("denied");
    }

    private static String by(LogEvent line) {
        String host = line.host() == null ? line.module() : line.host();
        return host.length() > MAX_DEVICE ? host.substring(0, MAX_DEVICE) : host;
    }

    /// Of what was taken up in its middle nobody knows who opened it.
    private static boolean isWhole(Conn conn) {
        return !conn.conn_state().equals("OTH")
                && !conn.conn_state().startsWith("SHR")
                && !conn.conn_state().startsWith("RSTRH");
    }

    @Override
    public @Nullable Tried gather(Key key, Event input, @Nullable Tried state) {
        if (input instanceof Neighbor neighbor) {
            boolean asks = neighbor.orig_h().equals(key.host()) && neighbor.requests() > 0;
            Addr about = asks ? neighbor.resp_h() : neighbor.orig_h();
            Tried before = state == null ? Tried.nothing(about, false) : state;
            // the answer takes back what the question counted
            return before.with(
                    about.hashCode() * 31L + about.lo(),
                    asks,
                    about,
                    false,
                    asks ? before.span().with(neighbor.ts(), "") : before.span());
        }
        if (input instanceof LogEvent line) {
            return gather(key, line, state);
        }
        Conn conn = (Conn) input;
        Addr resp = conn.id().resp_h();
        boolean inVain =
                conn.proto().equals("icmp")
                        ? conn.resp_pkts() == 0
                        : conn.origPayload() == 0 && conn.respPayload() == 0
                                || conn.proto().equals("udp") && conn.respPayload() == 0;
        if (state == null && !inVain) {
            return null; // most keys: they cost nothing until something fails
        }
        boolean outward = conn.local_orig() && !conn.local_resp();
        Tried before = state == null ? Tried.nothing(resp, outward) : state;
        long thing = key.name().startsWith(PORTS) ? conn.id().resp_p() : resp.hi() * 31 + resp.lo();
        Span span = inVain ? before.span().with(conn.ts(), conn.uid()) : before.span();
        return before.with(thing, inVain, resp, outward, span);
    }

    private static @Nullable Tried gather(Key key, LogEvent line, @Nullable Tried state) {
        boolean inVain = isDenied(line);
        Addr resp = line.destination().ip();
        Integer port = line.destination().port();
        if (resp == null || port == null || state == null && !inVain) {
            return state;
        }
        boolean outward = key.host().isPrivate() && !resp.isPrivate();
        Tried before = state == null ? Tried.nothing(resp, outward) : state;
        long thing = key.name().startsWith(PORTS) ? port : resp.hi() * 31 + resp.lo();
        Span span = inVain ? before.span().with(line.ts(), "") : before.span();
        return before.with(thing, inVain, resp, outward, span);
    }

    @Override
    public Tried with(Tried state, Said said) {
        return state.with(said);
    }

    private int floor(Key key) {
        int by = key.name().indexOf(LOGGED);
        return switch (by < 0 ? key.name() : key.name().substring(0, by)) {
            case PORTS + " tcp" -> floors.tcpPorts;
            case PORTS + " udp" -> floors.udpPorts;
            case HOSTS + " tcp" -> floors.tcpHosts;
            case HOSTS + " udp" -> floors.udpHosts;
            case ECHO -> floors.echoHosts;
            default -> floors.arpHosts;
        };
    }

    @Override
    public Optional<Verdict> verdict(Key key, Tried state) {
        long tried = state.things().count();
        if (tried < floor(key) || state.share() < MIN_SHARE) {
            return Optional.empty();
        }
        boolean atTheEdge =
                isFromOutside(key) && key.name().contains(LOGGED); // all day, everywhere
        Severity severity =
                atTheEdge ? Severity.LOW : tried >= floors.many ? Severity.HIGH : Severity.MEDIUM;
        double confidence = 0.6 + 0.35 * Math.min(1, (tried - floor(key)) / (double) floors.many);
        return Optional.of(new Verdict(severity, confidence * state.share(), tried));
    }

    @Override
    public void tell(Key key, Tried state, FindingDraft draft) {
        long tried = state.things().count();
        boolean ports = key.name().startsWith(PORTS);
        String what =
                ports
                        ? "%,d ports of %s".formatted(tried, key.peer())
                        : key.name().startsWith(HOSTS)
                                ? "port %d of %,d hosts".formatted(key.port(), tried)
                                : key.name().equals(ECHO)
                                        ? "%,d hosts by echo".formatted(tried)
                                        : "%,d addresses by ARP".formatted(tried);
        int by = key.name().indexOf(LOGGED);
        draft.title("%s tried %s", key.host(), what)
                .why(
                        "%s tried %s in %.0f s, and nothing came of it: %s.",
                        key.host(),
                        what,
                        state.span().seconds(),
                        by < 0
                                ? "refused, not answered, or closed without a word"
                                : key.name().substring(by + 1))
                .why(
                        "%,d others answered; a scan needs %d in vain, and %.0f %% of all.",
                        state.answered().count(), floor(key), 100 * MIN_SHARE)
                .techniques(
                        ports || key.name().startsWith(HOSTS)
                                ? List.of("T1046", isFromOutside(key) ? "T1595" : "T1018")
                                : List.of("T1018", "T1046"))
                .between(
                        key.host(),
                        key.peer().equals(Key.NOBODY) ? state.peer() : key.peer(),
                        key.port() == 0 ? null : key.port());
    }

    private static boolean isFromOutside(Key key) {
        return !key.host().isPrivate();
    }

    @Override
    public List<Fact> numbers(Key key, Tried state) {
        return List.of(
                Fact.of("in_vain", state.things().count()),
                Fact.of("in_vain_needed", floor(key)),
                Fact.of("share", Math.round(state.share() * 1000) / 1000.0),
                Fact.of("share_needed", MIN_SHARE),
                Fact.of("answered", state.answered().count()),
                Fact.of("tries", state.span().count()),
                Fact.of("seconds", Math.round(state.span().seconds() * 10) / 10.0));
    }
}
