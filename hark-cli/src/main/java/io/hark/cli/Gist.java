package io.hark.cli;

import io.hark.lake.Search.Hit;
import io.hark.report.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one event of any kind says, in a few words: the columns that tell most, for tables that
/// show all kinds in one.
final class Gist {

    private static final Map<String, List<String>> TELLING =
            Map.of(
                    "conn",
                    List.of(
                            "proto",
                            "service",
                            "conn_state",
                            "duration",
                            "orig_bytes",
                            "resp_bytes",
                            "resp_name"),
                    "dns",
                    List.of("query", "qtype_name", "rcode_name", "answers"),
                    "http",
                    List.of("method", "host", "uri", "status_code", "user_agent"),
                    "ssl",
                    List.of("server_name", "version", "subject", "ja4"),
                    "x509",
                    List.of("certificate.subject", "certificate.issuer"),
                    "files",
                    List.of("mime_type", "filename", "seen_bytes", "sha256"),
                    "finding",
                    List.of("severity", "detector", "title"),
                    "message",
                    List.of("family", "side", "type", "text"),
                    "anomaly",
                    List.of("name", "addl"),
                    "ftp",
                    List.of("user", "command", "arg", "reply_code", "reply_msg"));

    /// What stands in columns of their own, or says little.
    private static final Set<String> ELSEWHERE =
            Set.of(
                    "ts",
                    "seen",
                    "uid",
                    "id.orig_h",
                    "id.orig_p",
                    "id.resp_h",
                    "id.resp_p",
                    "orig_h",
                    "resp_h",
                    "resp_p",
                    "id",
                    "day");

    private static final int MAX_WORDS = 8; // columns of a kind that is not in the table
    private static final int MAX_TEXT = 300; // characters of one value

    private Gist() {}

    /// The words, separated by blanks.
    static String of(Hit hit) {
        List<String> words = new ArrayList<>();
        List<String> telling = TELLING.get(hit.kind());
        if (telling == null) {
            hit.row().keySet().stream()
                    .filter(name -> !ELSEWHERE.contains(name))
                    .limit(MAX_WORDS)
                    .forEach(name -> words.add(name + "=" + cut(hit.text(name))));
        } else {
            for (String name : telling) {
                if (hit.row().containsKey(name)) {
                    words.add(value(name, hit));
                }
            }
        }
        return String.join("  ", words);
    }

    private static String value(String name, Hit hit) {
        Object value = hit.row().get(name);
        if (value instanceof Number bytes && name.endsWith("_bytes")) {
            String arrow = name.startsWith("orig") ? "↑ " : name.startsWith("resp") ? "↓ " : "";
            return arrow + Units.bytes(bytes.longValue());
        } else if (value instanceof Number seconds && name.equals("duration")) {
            return Units.duration((long) (seconds.doubleValue() * 1e9));
        } else if (value instanceof List<?> list) {
            return cut(String.join(", ", list.stream().map(String::valueOf).toList()));
        }
        return cut(String.valueOf(value));
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }

    /// Who opened the connection, if the kind says so.
    static String from(Hit hit) {
        return end(hit, "id.orig_h", "id.orig_p", "orig_h", "");
    }

    /// Who was called.
    static String to(Hit hit) {
        return end(hit, "id.resp_h", "id.resp_p", "resp_h", "resp_p");
    }

    private static String end(Hit hit, String host, String port, String bareHost, String barePort) {
        boolean both = hit.row().containsKey(host);
        String at = hit.text(both ? host : bareHost);
        String by = hit.text(both ? port : barePort);
        return by.isEmpty() || by.equals("0")
                ? at
                : (at.indexOf(':') >= 0 ? "[" + at + "]" : at) + ":" + by;
    }
}
