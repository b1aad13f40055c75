package io.hark.log.web;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// nginx's error log, and its access log where it is written as JSON under the names of its
/// variables. The usual access log is [AccessLog]'s.
///
/// ```
/// 2019/08/25 23:59:53 [error] 9841#9841: *1375 connect() failed …, client: 192.0.2.1, server: host.example, request: "GET / HTTP/1.1", …
/// ```
///
/// *Source*: nginx, `ngx_log_error`, ngx_http_core_module "Embedded Variables".
public final class Nginx implements LineParser {

    private static final Pattern HEAD =
            Pattern.compile(
                    "(\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d) \\[(emerg|alert|crit|error|warn|notice|info|debug)\\] (\\d{1,10})[#:](\\d{1,10}):? (?:\\*\\d{1,20} )?");
    private static final Pattern FACT =
            Pattern.compile(
                    ", (client|server|request|upstream|host|referrer|peer|responder): \"?([^\",]{0,8192})");

    /// The parser.
    public Nginx() {}

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public String about() {
        return "nginx: error log, access log as JSON";
    }

    @Override
    public List<String> signs() {
        return List.of(
                " [emerg] ",
                " [alert] ",
                " [crit] ",
                " [error] ",
                " [warn] ",
                " [notice] ",
                " [info] ",
                " [debug] ",
                "\"remote_addr\"");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Matcher head = HEAD.matcher(line.text());
        if (head.find() && head.start() <= line.header().body()) {
            error(line, head, out);
            return true;
        }
        Pairs json = line.json();
        if (json == null
                || !json.has("remote_addr")
                || !json.has("request") && !json.has("request_uri")) {
            return false;
        }
        access(line, json, out);
        return true;
    }

    private void error(LogLine line, Matcher head, LogDraft out) {
        String message = line.text().substring(head.end()).strip();
        out.of(name(), "error").is("web", "error").put("message", message);
        line.time("ts", head.group(1), out);
        out.put("log.level", head.group(2)).put("process.pid", head.group(3));
        Matcher fact = FACT.matcher(message);
        while (fact.find()) {
            fact(fact.group(1), fact.group(2), out);
        }
    }

    private static void fact(String name, String value, LogDraft out) {
        switch (name) {
            case "client" -> out.put("source.ip", value);
            case "server" -> out.put("destination.domain", value);
            case "request" -> Request.read(value, out);
            case "host" -> out.put("host.name", value);
            case "upstream", "peer" -> {
                int scheme = value.indexOf("://");
                String authority = value.substring(scheme < 0 ? 0 : scheme + 3);
                int end = authority.replaceFirst("[:/].*$", "").length();
                out.put("url.domain", authority.substring(0, end));
            }
            default -> out.more("nginx." + name, value);
        }
    }

    private void access(LogLine line, Pairs json, LogDraft out) {
        out.of(name(), "access").is("web", "access");
        line.time(
                "ts",
                json.has("time_iso8601") ? json.get("time_iso8601") : json.get("timestamp"),
                out);
        out.put("source.ip", json.get("remote_addr")).put("source.port", json.get("remote_port"));
        out.put("user.name", json.get("remote_user")).put("destination.domain", json.get("host"));
        if (json.has("request")) {
            Request.read(json.text("request"), out);
        } else {
            out.url(json.get("request_uri"));
        }
        out.put("http.request.method", json.get("request_method"));
        String status = json.has("status") ? json.text("status") : json.text("response_status");
        out.put("http.response.status_code", status).put("event.outcome", Request.outcome(status));
        out.put("user_agent.original", json.get("http_user_agent"));
        out.put(
                "network.protocol",
                json.has("http_scheme") ? json.get("http_scheme") : json.get("scheme"));
        out.put("event.duration", json.get("request_time"));
        out.put("destination.bytes", json.get("body_bytes_sent"));
        String upstream = json.text("upstream_addr");
        int port = upstream.lastIndexOf(':');
        out.put("destination.ip", port > 0 ? upstream.substring(0, port) : upstream);
        out.put("destination.port", port > 0 ? upstream.substring(port + 1) : "");
        out.more("http.request.referrer", json.get("http_referrer"));
    }
}
