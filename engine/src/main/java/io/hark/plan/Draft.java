package io.hark.plan;

import io.hark.engagement.Engagement;
import io.hark.plan.Observation.Logged;
import io.hark.plan.Observation.Talk;
import io.hark.schema.Addr;
import io.hark.schema.Prefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Drafts an `engagement.yaml` from what was seen: a zone for each network of ours, an asset for
/// each host of ours, one sensor that sees what was seen.
///
/// What traffic cannot tell (what a zone is for, what a host is worth) is left to its reader, with
/// a remark where. Names from the network are kept to letters, digits and dashes, so that no
/// stranger writes into the file.
public final class Draft {

    private static final int MAX_ASSETS = 500; // more is an inventory's work, not a person's
    private static final int MAX_NAME = 63; // RFC 1035 §2.3.4, a label
    private static final int V4_BITS = 24;
    private static final int V6_BITS = 64;
    private static final int MAPPED_BITS = 96; // ahead of the four octets of IPv4
    private static final String ZONE = "net-";

    private final Map<Prefix, String> zones = new LinkedHashMap<>();
    private final StringBuilder out = new StringBuilder();

    private Draft() {}

    /// A host of ours.
    ///
    /// @param name what others or it itself call it; null for none
    /// @param serves protocols that it answers, lower case
    /// @param callsOut whether it calls hosts that are not ours
    /// @param conns in how many connections it was seen
    public record Host(
            Addr addr, @Nullable String name, List<String> serves, boolean callsOut, long conns) {

        /// Keeps its own copy.
        public Host {
            serves = List.copyOf(serves);
        }
    }

    /// The file.
    ///
    /// @param from what it was drafted from, for a remark
    /// @param hosts of ours
    public static String yaml(String from, List<Host> hosts, Observation seen) {
        return new Draft().text(from, hosts, seen);
    }

    private String text(String from, List<Host> hosts, Observation seen) {
        List<Host> sorted = hosts.stream().sorted(Comparator.comparing(Host::addr)).toList();
        sorted.forEach(host -> zones.computeIfAbsent(network(host.addr()), Draft::zoneName));
        line(
                "# Drafted by hark plan init from %s: what was seen, not what there is.",
                plain(from, 200));
        line("# Look at every line with CHECK; then: hark plan engagement.yaml");
        line("name: engagement        # CHECK: what the operation is called");
        zones();
        assets(sorted);
        sensors(seen);
        logs(seen);
        return out.toString();
    }

    private void line(String text, Object... values) {
        out.append(text.formatted(values)).append('\n');
    }

    private static Prefix network(Addr addr) {
        boolean v4 = addr.isV4();
        Addr network = v4 ? Addr.v4(addr.v4Bits() & 0xffff_ff00) : new Addr(addr.hi(), 0);
        return new Prefix(network, v4 ? MAPPED_BITS + V4_BITS : V6_BITS);
    }

    private static String zoneName(Prefix network) {
        String text = network.toString();
        return ZONE + plain(text.substring(0, text.indexOf('/')), MAX_NAME);
    }

    private void zones() {
        if (zones.isEmpty()) {
            line("# no host of our own was seen: declare zones by hand, or say --local CIDR");
            return;
        }
        line("zones:");
        line("  # CHECK: which networks belong together, and what each is for:");
        line("  # engagement (the adversary is to stay there), production, monitoring");
        zones.forEach(
                (network, name) ->
                        line(
                                "  - {name: %s, purpose: production, networks: \"%s\"}",
                                name, network));
    }

    private void assets(List<Host> hosts) {
        if (hosts.isEmpty()) {
            return;
        }
        line("assets:");
        line("  # CHECK: value (low, medium, high) and roles; who has the role 'server' is not to");
        line("  # call out by itself");
        List<Host> busiest =
                hosts.stream()
                        .sorted(Comparator.comparingLong(Host::conns).reversed())
                        .limit(MAX_ASSETS)
                        .sorted(Comparator.comparing(Host::addr))
                        .toList();
        Set<String> taken = new HashSet<>();
        for (Host host : busiest) {
            String called = host.name();
            String address = plain(host.addr().toString(), MAX_NAME);
            String name = called == null ? "" : plain(called, MAX_NAME);
            name = name.isEmpty() ? "host-" + address : name;
            if (!taken.add(name)) { // one name, several addresses
                name = name + "-" + address;
                taken.add(name);
            }
            Set<String> roles = roles(host);
            line(
                    "  - {name: \"%s\", addresses: \"%s\"%s%s}%s",
                    name,
                    host.addr(),
                    roles.isEmpty() ? "" : ", roles: [" + String.join(", ", roles) + "]",
                    roles.contains("domain-controller") ? ", value: high" : "",
                    host.serves().isEmpty()
                            ? ""
                            : "   # answers " + plain(String.join(" ", host.serves()), 60));
        }
        if (hosts.size() > MAX_ASSETS) {
            line("  # %d further hosts were seen in fewer connections", hosts.size() - MAX_ASSETS);
        }
    }

    private static Set<String> roles(Host host) {
        Set<String> roles = new LinkedHashSet<>();
        if (host.serves().contains("kerberos") || host.serves().contains("krb")) {
            roles.add("domain-controller");
        }
        for (String service : host.serves()) {
            switch (service) {
                case "dns" -> roles.add("name-server");
                case "smb" -> roles.add("file-server");
                case "http", "ssl", "http2" -> roles.add("web-server");
                case "smtp", "imap", "pop3" -> roles.add("mail-server");
                case "mysql", "postgresql", "tds", "redis" -> roles.add("database");
                default -> {}
            }
        }
        if (!host.serves().isEmpty() && !host.callsOut()) {
            roles.add("server");
        }
        return roles;
    }

    private void sensors(Observation seen) {
        Set<String> ways = new LinkedHashSet<>();
        Map<String, Long> count = new TreeMap<>();
        for (Talk talk : seen.talks()) {
            if (!talk.resp().isGroupOrNobody()) {
                String from = zones.getOrDefault(network(talk.orig()), Engagement.OUTSIDE);
                String to = zones.getOrDefault(network(talk.resp()), Engagement.OUTSIDE);
                boolean turned = from.equals(Engagement.OUTSIDE) || from.compareTo(to) > 0;
                String way = turned ? to + " - " + from : from + " - " + to;
                if (!way.equals(Engagement.OUTSIDE + " - " + Engagement.OUTSIDE)) {
                    ways.add(way);
                    count.merge(way, talk.conns(), Long::sum);
                }
            }
        }
        if (ways.isEmpty()) {
            return;
        }
        line("sensors:");
        line(
                "  # CHECK: where frames are taken. 'zones: [a]' is a tap at the border of a; 'sees:'");
        line("  # says what it sees one by one, 'a > outside' what it sees one way; 'keys:' which");
        line("  # secrets are at hand, such as tls-key-log");
        line("  - name: sensor");
        line("    sees:");
        List<String> sorted = new ArrayList<>(count.keySet());
        sorted.forEach(
                way -> line("      - \"%s\"   # %d connections", way, count.getOrDefault(way, 0L)));
    }

    private void logs(Observation seen) {
        Set<String> known = new LinkedHashSet<>();
        for (Logged log : seen.logs()) {
            String host = log.host();
            String name = host == null ? "" : plain(host, MAX_NAME);
            String kind = plain(log.module(), MAX_NAME);
            if (!kind.isEmpty()) {
                known.add(
                        "  - {name: \"%s\", kind: \"%s\", covers: []}   # %d lines"
                                .formatted(name.isEmpty() ? kind : name, kind, log.lines()));
            }
        }
        if (!known.isEmpty()) {
            line("logs:");
            line("  # CHECK: covers: the zones and assets that each tells of");
            known.stream().limit(MAX_ASSETS).forEach(one -> out.append(one).append('\n'));
        }
    }

    /// Letters, digits, dots, dashes and underscores; what else there is becomes a dash.
    private static String plain(String text, int most) {
        String plain = text.replaceAll("[^A-Za-z0-9._ /-]", "-").replaceAll("\\s+", " ").strip();
        return plain.substring(0, Math.min(plain.length(), most));
    }
}
