package io.hark.cli;

import io.hark.UserError;
import io.hark.engagement.Networks;
import io.hark.lake.Query;
import io.hark.plan.Draft;
import io.hark.plan.Observation;
import io.hark.plan.Observation.Logged;
import io.hark.plan.Observation.Talk;
import io.hark.schema.Addr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads from a case or lake what a plan is held against, or drafted from.
final class Observing {

    private static final int MAX_TALKS = 200_000; // pairs of hosts, the busiest
    private static final int MAX_LOGS = 1_000; // devices and programs

    /// A TCP connection that went on: somebody acknowledged or carried something.
    private static final String WENT_ON = "proto = 'tcp' AND regexp_matches(history, '[AaDd]')";

    private static final String TALKS =
            """
            SELECT "id.orig_h" AS orig, "id.resp_h" AS resp, count(*) AS conns,
            count(*) FILTER (resp_pkts > 0) AS answered,
            count(*) FILTER (%1$s) AS tcp,
            count(*) FILTER (%1$s AND (orig_pkts = 0 OR resp_pkts = 0)) AS one_way,
            CAST(sum(coalesce(orig_bytes, 0) + coalesce(resp_bytes, 0)) AS BIGINT) AS bytes,
            CAST(sum(missed_bytes) AS BIGINT) AS missed
            FROM conn GROUP BY 1, 2 ORDER BY conns DESC, 1, 2 LIMIT %2$d
            """
                    .formatted(WENT_ON, MAX_TALKS);

    private static final String LOGS =
            """
            SELECT "event.module" AS module, "host.name" AS host, count(*) AS lines
            FROM log GROUP BY 1, 2 ORDER BY lines DESC, 1, 2 LIMIT %d
            """
                    .formatted(MAX_LOGS);

    /// Of each line that tells of a connection, how far it lies from the nearest such on the wire:
    /// nothing where it lies within.
    private static final String CLOCKS =
            """
            WITH near AS (
            SELECT l."event.module" AS module, l."host.name" AS host, l.line, l.input,
            CASE WHEN l.ts < c.ts THEN epoch(l.ts) - epoch(c.ts)
            ELSE greatest(0, epoch(l.ts) - epoch(c.ts) - coalesce(c.duration, 0)) END AS apart
            FROM log l JOIN conn c ON l."source.ip" = c."id.orig_h" AND l."source.port" = c."id.orig_p"
            AND l."destination.ip" = c."id.resp_h" AND l."destination.port" = c."id.resp_p"
            WHERE abs(epoch(l.ts) - epoch(c.ts)) < 86400),
            nearest AS (SELECT module, host, arg_min(apart, abs(apart)) AS apart FROM near
            GROUP BY module, host, input, line)
            SELECT module, host, count(*) AS matched, median(apart) AS apart FROM nearest GROUP BY 1, 2
            """;

    private static final String SERVES =
            "SELECT host, service FROM known_services LIMIT " + MAX_TALKS;

    private static final List<String> NAMES = // the first that tells a host's name
            List.of(
                    "dhcp\tSELECT coalesce(assigned_addr, client_addr) AS host, coalesce(client_fqdn, host_name) AS name FROM dhcp",
                    "ntlm\tSELECT \"id.resp_h\" AS host, coalesce(server_dns_computer_name, server_nb_computer_name) AS name FROM ntlm",
                    "conn\tSELECT \"id.resp_h\" AS host, resp_name AS name FROM conn");

    private final Path dir;

    private Observing(Path dir) {
        this.dir = dir;
    }

    /// What a case or lake holds.
    static Observation of(Path dir) {
        try (Query query = Query.open(dir)) {
            return new Observing(dir).observation(query);
        }
    }

    /// An `engagement.yaml` drafted from a case or lake.
    ///
    /// @param from what its reader knows it by
    /// @param local which hosts are ours
    static String draft(Path dir, String from, Networks local) {
        try (Query query = Query.open(dir)) {
            Observing observing = new Observing(dir);
            Observation seen = observing.observation(query);
            return Draft.yaml(from, hosts(query, seen, local), seen);
        }
    }

    private Observation observation(Query query) {
        List<Talk> talks = new ArrayList<>();
        if (query.tables().contains("conn")) {
            for (Map<String, @Nullable Object> row : query.rows(TALKS)) {
                Addr orig = addr(row.get("orig"));
                Addr resp = addr(row.get("resp"));
                if (orig != null && resp != null) {
                    talks.add(
                            new Talk(
                                    orig,
                                    resp,
                                    number(row, "conns"),
                                    number(row, "answered"),
                                    number(row, "tcp"),
                                    number(row, "one_way"),
                                    number(row, "bytes"),
                                    number(row, "missed")));
                }
            }
        }
        Map<String, Long> counters = new HashMap<>();
        double loss = counters(counters);
        return new Observation(talks, logs(query), counters, loss);
    }

    private static List<Logged> logs(Query query) {
        if (!query.tables().contains("log")) {
            return List.of();
        }
        Map<String, Map<String, @Nullable Object>> clocks = new HashMap<>();
        if (query.tables().contains("conn")) {
            query.rows(CLOCKS)
                    .forEach(row -> clocks.put(row.get("module") + "\t" + row.get("host"), row));
        }
        List<Logged> logs = new ArrayList<>();
        for (Map<String, @Nullable Object> row : query.rows(LOGS)) {
            Map<String, @Nullable Object> clock =
                    clocks.getOrDefault(row.get("module") + "\t" + row.get("host"), Map.of());
            logs.add(
                    new Logged(
                            String.valueOf(row.get("module")),
                            row.get("host") instanceof String host ? host : null,
                            number(row, "lines"),
                            number(clock, "matched"),
                            clock.get("apart") instanceof Number apart
                                    ? apart.doubleValue()
                                    : null));
        }
        return logs;
    }

    /// Fills in the counters of `case.json`, which a lake does not have.
    ///
    /// @return the share of the payload that is missing
    private double counters(Map<String, Long> counters) {
        Path file = dir.resolve("case.json");
        if (!Files.exists(file)) {
            return 0;
        }
        try {
            JsonNode root = JsonMapper.builder().build().readTree(Files.readString(file));
            for (Map.Entry<String, JsonNode> one : root.path("counters").properties()) {
                counters.put(one.getKey(), one.getValue().asLong(0));
            }
            return root.path("capture_loss").asDouble(0);
        } catch (IOException | JacksonException e) {
            throw new UserError(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Draft.Host> hosts(Query query, Observation seen, Networks local) {
        Map<Addr, Long> conns = new TreeMap<>();
        Set<Addr> callsOut = new HashSet<>();
        for (Talk talk : seen.talks()) {
            conns.merge(talk.orig(), talk.conns(), Long::sum);
            if (talk.answered() > 0) {
                conns.merge(talk.resp(), talk.answered(), Long::sum);
                if (!local.isLocal(talk.resp())) {
                    callsOut.add(talk.orig());
                }
            }
        }
        Map<Addr, String> names = names(query);
        Map<Addr, Set<String>> serves = serves(query);
        List<Draft.Host> hosts = new ArrayList<>();
        conns.forEach(
                (host, count) -> {
                    if (local.isLocal(host) && !host.isGroupOrNobody()) {
                        hosts.add(
                                new Draft.Host(
                                        host,
                                        names.get(host),
                                        List.copyOf(serves.getOrDefault(host, Set.of())),
                                        callsOut.contains(host),
                                        count));
                    }
                });
        return hosts;
    }

    private static Map<Addr, String> names(Query query) {
        Map<Addr, String> names = new HashMap<>();
        for (String one : NAMES) {
            int tab = one.indexOf('\t');
            if (query.tables().contains(one.substring(0, tab))) {
                String sql = one.substring(tab + 1);
                for (Map<String, @Nullable Object> row :
                        query.rows(
                                "SELECT host, min(name) AS name FROM ("
                                        + sql
                                        + ") WHERE name IS NOT NULL GROUP BY host LIMIT "
                                        + MAX_TALKS)) {
                    Addr host = addr(row.get("host"));
                    if (host != null && row.get("name") instanceof String name) {
                        names.putIfAbsent(host, name);
                    }
                }
            }
        }
        return names;
    }

    private static Map<Addr, Set<String>> serves(Query query) {
        Map<Addr, Set<String>> serves = new HashMap<>();
        if (query.tables().contains("known_services")) {
            for (Map<String, @Nullable Object> row : query.rows(SERVES)) {
                Addr host = addr(row.get("host"));
                if (host != null && row.get("service") instanceof List<?> services) {
                    services.forEach(
                            service ->
                                    serves.computeIfAbsent(host, _ -> new TreeSet<>())
                                            .add(lower(String.valueOf(service))));
                }
            }
        }
        return serves;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static @Nullable Addr addr(@Nullable Object text) {
        return text == null ? null : Addr.parse(String.valueOf(text));
    }

    private static long number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }
}
