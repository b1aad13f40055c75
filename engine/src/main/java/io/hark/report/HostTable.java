package io.hark.report;

import io.hark.schema.Addr;
import io.hark.sensor.Summary.Pair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Hosts with their names, and what they seem to be by what they offer and use.
///
/// @param matter what the page is about
record HostTable(Matter matter) implements Part {

    private static final int MAX_ROWS = 30;
    private static final int MAX_WORDS = 5;

    /// What a service is a sign of; the service as a parser knows it, else by its usual port.
    private static final Map<String, String> ROLES =
            Map.ofEntries(
                    Map.entry("dns", "name server"),
                    Map.entry("53/udp", "name server"),
                    Map.entry("http", "web server"),
                    Map.entry("ssl", "TLS server"),
                    Map.entry("ftp", "file server"),
                    Map.entry("445/tcp", "Windows shares"),
                    Map.entry("139/tcp", "Windows shares"),
                    Map.entry("88/tcp", "Kerberos"),
                    Map.entry("389/tcp", "directory"),
                    Map.entry("135/tcp", "Windows RPC"),
                    Map.entry("3389/tcp", "remote desktop"),
                    Map.entry("22/tcp", "SSH server"),
                    Map.entry("25/tcp", "mail server"),
                    Map.entry("587/tcp", "mail server"),
                    Map.entry("1433/tcp", "database"),
                    Map.entry("3306/tcp", "database"),
                    Map.entry("5432/tcp", "database"),
                    Map.entry("67/udp", "DHCP server"),
                    Map.entry("123/udp", "time server"));

    /// What a shown host offered and used.
    private record Life(Map<String, Long> offered, Map<String, Long> used) {}

    @Override
    public String id() {
        return "hosts";
    }

    @Override
    public String title() {
        return "Hosts";
    }

    @Override
    public String amount() {
        return Units.count(matter.hosts().hosts().size());
    }

    @Override
    public boolean isThere() {
        return !matter.hosts().hosts().isEmpty();
    }

    @Override
    public void write(Markup out) {
        List<HostBook.Host> hosts = matter.hosts().largest(MAX_ROWS);
        Map<Addr, Life> lives = lives(hosts);
        Table table =
                new Table(
                        out,
                        "Hosts with most bytes",
                        "host",
                        "where",
                        "role",
                        "offered",
                        "used",
                        "#peers",
                        "#sent",
                        "#received",
                        "seen");
        for (HostBook.Host host : hosts) {
            Life life = lives.getOrDefault(host.addr, new Life(Map.of(), Map.of()));
            table.row()
                    .cell(cell -> matter.host(cell, host.addr))
                    .text(where(host.addr))
                    .text(String.join(", ", roles(host, life)))
                    .cell(cell -> cell.strange(words(life.offered), 70))
                    .cell(cell -> cell.strange(words(life.used), 70))
                    .number(Units.count(host.peers))
                    .number(Units.bytes(host.sent))
                    .number(Units.bytes(host.received))
                    .cell(
                            cell ->
                                    cell.text(
                                            matter.when(host.first)
                                                    + " – "
                                                    + matter.when(host.last)));
        }
        table.end();
        int left = matter.hosts().hosts().size() - hosts.size();
        if (left > 0) {
            Table.moreBy(
                    out,
                    Units.count(left, "smaller host"),
                    matter.command(
                            "query",
                            "'SELECT \"id.orig_h\", count(*), sum(orig_bytes), sum(resp_bytes) FROM"
                                    + " conn GROUP BY 1 ORDER BY 3 DESC'"));
        }
    }

    private String where(Addr host) {
        return host.isGroupOrNobody() ? "group" : matter.isInside(host) ? "inside" : "outside";
    }

    private Map<Addr, Life> lives(List<HostBook.Host> hosts) {
        Map<Addr, Life> lives = new HashMap<>();
        hosts.forEach(h -> lives.put(h.addr, new Life(new TreeMap<>(), new TreeMap<>())));
        matter.summary()
                .pairs()
                .forEach(
                        (who, pair) -> {
                            Life orig = lives.get(who.orig());
                            Life resp = lives.get(who.resp());
                            if (orig != null) {
                                merge(orig.used, pair);
                            }
                            if (resp != null) {
                                merge(resp.offered, pair);
                            }
                        });
        return lives;
    }

    private static void merge(Map<String, Long> into, Pair pair) {
        pair.services.forEach((word, n) -> into.merge(word, n, Long::sum));
    }

    private static String words(Map<String, Long> services) {
        return String.join(" ", HostBook.words(services, MAX_WORDS))
                + (services.size() > MAX_WORDS ? " …" : "");
    }

    private static Set<String> roles(HostBook.Host host, Life life) {
        Set<String> roles = new TreeSet<>();
        for (String service : life.offered.keySet()) {
            for (String word : service.split(",")) {
                String role = ROLES.get(word);
                if (role != null) {
                    roles.add(role);
                }
            }
        }
        if (roles.contains("Kerberos") && roles.contains("directory")) {
            roles.removeAll(Set.of("Kerberos", "directory", "Windows shares", "Windows RPC"));
            roles.add("domain controller");
        }
        if (roles.isEmpty() && host.calls > 0 && host.called == 0) {
            roles.add("client");
        }
        return roles;
    }
}
