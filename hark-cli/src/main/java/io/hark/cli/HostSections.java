package io.hark.cli;

import java.util.Arrays;
import java.util.List;

/// What is told of one host: a table each, and the SQL that it comes from. Every `?` is the host's
/// address.
///
/// @param title the heading
/// @param remark what one row is
/// @param table the kind of event it needs
/// @param sql columns are named as they are shown; `up` and `down` are bytes, `first` and `last`
///   times
record HostSections(String title, String remark, String table, String sql) {

    private static final int TOP = 15; // rows of each: a person reads no more of any

    private static final String SPAN = "min(ts) AS first, max(ts) AS last";

    private static final String SENT =
            "CAST(sum(coalesce(orig_bytes, 0)) AS BIGINT) AS up,"
                    + " CAST(sum(coalesce(resp_bytes, 0)) AS BIGINT) AS down";

    /// In the order in which they are told; findings first.
    static final List<HostSections> ALL =
            List.of(
                    of(
                            "FINDINGS",
                            "with this host at either end",
                            "finding",
                            """
                            SELECT max_by(severity, revision) AS severity, any_value(detector) AS detector, orig_h AS "from",
                            resp_h AS "to", max_by(title, revision) AS title, min(first) AS first, max(last) AS last
                            FROM finding WHERE orig_h = ? OR resp_h = ? GROUP BY id, orig_h, resp_h ORDER BY first\
                            """),
                    of(
                            "CONVERSATIONS",
                            "decoded",
                            "message",
                            """
                            SELECT family, any_value("id.orig_h") AS "from", any_value("id.resp_h") AS "to",
                            count(*) AS messages, min(ts) AS first, max(ts) AS last, min_by(uid, ts) AS uid
                            FROM message WHERE "id.orig_h" = ? OR "id.resp_h" = ?
                            GROUP BY family, decoder, conversation ORDER BY first\
                            """),
                    of(
                            "KNOWN AS",
                            "what others knew this host by",
                            "conn",
                            """
                            SELECT resp_name AS name, name_source AS source, count(DISTINCT "id.orig_h") AS hosts,
                            count(*) AS conns, %s FROM conn WHERE "id.resp_h" = ? AND resp_name IS NOT NULL
                            GROUP BY 1, 2 ORDER BY conns DESC, name\
                            """
                                    .formatted(SPAN)),
                    of(
                            "SERVED",
                            "services of this host that answered",
                            "conn",
                            """
                            SELECT "id.resp_p" AS port, proto, service, count(DISTINCT "id.orig_h") AS callers,
                            count(*) AS conns, %s, %s FROM conn WHERE "id.resp_h" = ? AND resp_pkts > 0
                            AND proto <> 'icmp' GROUP BY ALL ORDER BY conns DESC, port\
                            """
                                    .formatted(SENT, SPAN)),
                    of(
                            "ASKED",
                            "services of others that this host called",
                            "conn",
                            """
                            SELECT "id.resp_p" AS port, proto, service, count(DISTINCT "id.resp_h") AS hosts,
                            count(*) AS conns, count(*) FILTER (resp_pkts = 0) AS unanswered, %s, %s
                            FROM conn WHERE "id.orig_h" = ? AND proto <> 'icmp' GROUP BY ALL
                            ORDER BY conns DESC, port\
                            """
                                    .formatted(SENT, SPAN)),
                    of(
                            "TALKED TO",
                            "most bytes first; up is what this host sent",
                            "conn",
                            """
                            SELECT peer, max(name) AS name, sum(called)::BIGINT AS called, sum(1 - called)::BIGINT AS "was called",
                            sum(up)::BIGINT AS up, sum(down)::BIGINT AS down,
                            array_to_string(list_sort(list_distinct(list(service))), ' ') AS services, %s FROM (
                            SELECT ts, "id.resp_h" AS peer, resp_name AS name, 1 AS called, coalesce(orig_bytes, 0) AS up,
                            coalesce(resp_bytes, 0) AS down, service FROM conn WHERE "id.orig_h" = ?
                            UNION ALL SELECT ts, "id.orig_h", NULL, 0, coalesce(resp_bytes, 0), coalesce(orig_bytes, 0),
                            service FROM conn WHERE "id.resp_h" = ?) GROUP BY peer ORDER BY sum(up) + sum(down) DESC, peer\
                            """
                                    .formatted(SPAN)),
                    of(
                            "NAMES ASKED FOR",
                            "by DNS",
                            "dns",
                            """
                            SELECT query AS name, qtype_name AS type, count(*) AS times, any_value(rcode_name) AS answer,
                            array_to_string(any_value(answers), ' ') AS answers, %s
                            FROM dns WHERE "id.orig_h" = ? AND query IS NOT NULL GROUP BY query, qtype_name
                            ORDER BY times DESC, name\
                            """
                                    .formatted(SPAN)),
                    of(
                            "PROGRAMS BY USER AGENT",
                            "what this host's programs say they are",
                            "http",
                            """
                            SELECT user_agent, count(*) AS requests, count(DISTINCT host) AS hosts, %s FROM http
                            WHERE "id.orig_h" = ? AND user_agent IS NOT NULL GROUP BY user_agent
                            ORDER BY requests DESC, user_agent\
                            """
                                    .formatted(SPAN)),
                    of(
                            "PROGRAMS BY TLS HELLO",
                            "one JA4 is one way to speak TLS",
                            "ssl",
                            """
                            SELECT ja4, count(*) AS hellos, min(ja3) AS ja3,
                            array_to_string(list_slice(list_sort(list_distinct(list(server_name))), 1, 3), ' ') AS "for", %s
                            FROM ssl WHERE "id.orig_h" = ? AND ja4 IS NOT NULL GROUP BY ja4 ORDER BY hellos DESC, ja4\
                            """
                                    .formatted(SPAN)),
                    of(
                            "FILES",
                            "sent or taken by this host, the largest first",
                            "files",
                            """
                            SELECT CASE WHEN ("id.orig_h" = ?) = is_orig THEN 'sent' ELSE 'taken' END AS way, count(*) AS times,
                            max(seen_bytes) AS size, any_value(mime_type) AS type, any_value(filename) AS filename,
                            sha256, min_by(uid, ts) AS uid FROM files
                            WHERE "id.orig_h" = ? OR "id.resp_h" = ? GROUP BY way, coalesce(sha256, fuid), sha256
                            ORDER BY size DESC, uid\
                            """),
                    of(
                            "ANOMALIES",
                            "bytes that broke a protocol; often just broken software",
                            "anomaly",
                            """
                            SELECT name, count(*) AS times, count(DISTINCT uid) AS conns, %s FROM anomaly
                            WHERE "id.orig_h" = ? OR "id.resp_h" = ? GROUP BY name ORDER BY times DESC, name\
                            """
                                    .formatted(SPAN)),
                    new HostSections(
                            "BY HOUR",
                            "connections that began then, UTC",
                            "conn",
                            """
                            SELECT strftime(date_trunc('hour', ts), '%Y-%m-%d %H:00') AS hour,
                            count(*) FILTER ("id.orig_h" = ?) AS called, count(*) FILTER ("id.resp_h" = ?) AS "was called",
                            sum(CASE WHEN "id.orig_h" = ? THEN coalesce(orig_bytes, 0) ELSE coalesce(resp_bytes, 0) END)::BIGINT AS up,
                            sum(CASE WHEN "id.orig_h" = ? THEN coalesce(resp_bytes, 0) ELSE coalesce(orig_bytes, 0) END)::BIGINT AS down
                            FROM conn WHERE "id.orig_h" = ? OR "id.resp_h" = ? GROUP BY 1 ORDER BY 1 LIMIT 96\
                            """));

    private static HostSections of(String title, String remark, String table, String sql) {
        return new HostSections(title, remark, table, sql + " LIMIT " + (TOP + 1));
    }

    /// How many rows are shown; one more may be there.
    int most() {
        return sql.endsWith(" LIMIT " + (TOP + 1)) ? TOP : Integer.MAX_VALUE;
    }

    /// The address for each parameter.
    Object[] parameters(String host) {
        Object[] all = new Object[(int) sql.chars().filter(c -> c == '?').count()];
        Arrays.fill(all, host);
        return all;
    }

    /// Its name for programs.
    String word() {
        return title.toLowerCase(java.util.Locale.ROOT).replace(' ', '_');
    }
}
