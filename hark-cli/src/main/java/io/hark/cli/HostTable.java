package io.hark.cli;

import io.hark.report.Top;
import io.hark.report.Units;
import io.hark.schema.Addr;
import io.hark.sensor.HostName;
import io.hark.sensor.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The part of the report on hosts: what they are called, and what they serve and ask for.
///
/// @param page where it goes
/// @param summary what was gathered
record HostTable(Page page, Summary summary) {

    private static final int MAX_ROWS = 8;
    private static final int MAX_SERVICES = 4; // named of one host
    private static final int MANY_PEERS = 8; // more than a client of a small network asks
    private static final int INDENT = 2;

    /// One host as both an originator and a responder.
    static final class Host {
        final Addr addr;
        long called;
        int peers; // that it called
        long wasCalled;
        long sent;
        long took;
        final Set<String> asks = new TreeSet<>();
        final Set<String> serves = new TreeSet<>();
        boolean isFlagged;

        Host(Addr addr) {
            this.addr = addr;
        }
    }

    /// Those of findings and conversations first, then by bytes.
    private static final Comparator<Host> FIRST =
            Comparator.comparing((Host host) -> !host.isFlagged)
                    .thenComparingLong(host -> -(host.sent + host.took))
                    .thenComparing(host -> host.addr);

    /// So many hosts: those of findings and conversations first, then by bytes.
    static List<Host> top(Summary summary, int most) {
        return Top.of(all(summary), FIRST, most);
    }

    private static List<Host> all(Summary summary) {
        Map<Addr, Host> hosts = new HashMap<>();
        summary.pairs()
                .forEach(
                        (pair, traffic) -> {
                            Host orig = hosts.computeIfAbsent(pair.orig(), Host::new);
                            orig.called += traffic.conns;
                            orig.peers++;
                            orig.sent += traffic.origBytes;
                            orig.took += traffic.respBytes;
                            orig.asks.addAll(traffic.services.keySet());
                            Host resp = hosts.computeIfAbsent(pair.resp(), Host::new);
                            resp.wasCalled += traffic.conns;
                            resp.sent += traffic.respBytes;
                            resp.took += traffic.origBytes;
                            if (traffic.respBytes > 0) {
                                resp.serves.addAll(traffic.services.keySet());
                            }
                        });
        Set<Addr> flagged = new HashSet<>();
        summary.assessment()
                .open()
                .forEach(
                        finding -> {
                            flagged.add(finding.orig_h());
                            flagged.add(finding.resp_h());
                        });
        summary.talks()
                .forEach(
                        talk -> {
                            flagged.add(talk.first.id().orig_h());
                            flagged.add(talk.first.id().resp_h());
                        });
        hosts.values().forEach(host -> host.isFlagged = flagged.contains(host.addr));
        return hosts.values().stream().filter(host -> !host.addr.isGroupOrNobody()).toList();
    }

    void write() {
        List<Host> hosts = all(summary);
        if (hosts.isEmpty()) {
            return;
        }
        page.heading(
                "HOSTS",
                (hosts.size() > MAX_ROWS ? MAX_ROWS + " of " : "")
                        + Units.count(hosts.size(), "host")
                        + "; * is in a finding or a conversation");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "host", "name", "calls", "called", "sent", "took", "role"));
        for (Host host : Top.of(hosts, FIRST, MAX_ROWS)) {
            rows.add(
                    List.of(
                            host.isFlagged ? "*" : "",
                            host.addr.toString(),
                            name(summary.hostName(host.addr)),
                            Units.count(host.called),
                            Units.count(host.wasCalled),
                            Units.bytes(host.sent),
                            Units.bytes(host.took),
                            role(host)));
        }
        page.table(INDENT, rows, List.of(3, 4, 5, 6), 7, 2);
    }

    private static String name(@Nullable HostName name) {
        return name == null ? "" : name.text() + " (" + name.source() + ")";
    }

    private static String role(Host host) {
        List<String> words = new ArrayList<>();
        if (!host.serves.isEmpty()) {
            words.add("serves " + some(host.serves));
        }
        if (!host.asks.isEmpty()) {
            words.add(
                    "asks "
                            + (host.peers > MANY_PEERS
                                    ? Units.count(host.peers, "host") + ": "
                                    : "")
                            + some(host.asks));
        }
        return String.join("; ", words);
    }

    private static String some(Set<String> services) {
        String named = String.join(" ", services.stream().limit(MAX_SERVICES).toList());
        return services.size() > MAX_SERVICES ? named + " …" : named;
    }
}
