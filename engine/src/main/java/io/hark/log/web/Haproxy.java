package io.hark.log.web;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.format.log.Template;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// HAProxy: HTTP and TCP log, connections and errors.
///
/// ```
/// 192.0.2.1:4000 [10/Apr/2024:15:41:58.284] front~ back/server 0/0/0/28/1824 200 1060 - - ---- 1/1/0/0/0 0/0 {…} {…} "GET / HTTP/1.1"
/// 192.0.2.1:4000 [10/Apr/2024:15:41:58.284] front back/server 0/0/5007 212 -- 0/0/0/0/3 0/0
/// ```
///
/// *Source*: HAProxy configuration manual §8.2.1 to §8.2.5.
public final class Haproxy implements LineParser {

    private static final Pattern HEAD =
            Pattern.compile(
                    "([0-9A-Fa-f:.]{2,45}):(\\d{1,5}) \\[(\\d{1,2}/\\w{3}/\\d{4}:[\\d:.]{8,16})\\] ([^\\s]{1,255})(.{0,65536})",
                    Pattern.DOTALL);
    private static final Pattern HTTP =
            Pattern.compile(
                    " ([^\\s/]{1,255})/([^\\s]{1,255}) [-+\\d]{1,12}/[-+\\d]{1,12}/[-+\\d]{1,12}/[-+\\d]{1,12}/\\+?(-?\\d{1,12}) (-?\\d{1,3}) \\+?(\\d{1,19}) [^\\s]{1,255} [^\\s]{1,255} (\\S{4}) ");
    private static final Pattern TCP =
            Pattern.compile(
                    " ([^\\s/]{1,255})/([^\\s]{1,255}) [-+\\d]{1,12}/[-+\\d]{1,12}/\\+?(-?\\d{1,12}) \\+?(\\d{1,19}) (\\S{2}) ");
    private static final Pattern REQUEST = Pattern.compile("\"([^\"]{1,65536})\"?");
    private static final Template CONNECT =
            Template.of(
                    "Connect from {source.ip}:{source.port} to {destination.ip}:{destination.port} (");

    private static final double MILLIS = 1000;

    /// The parser.
    public Haproxy() {}

    @Override
    public String name() {
        return "haproxy";
    }

    @Override
    public String about() {
        return "HAProxy: HTTP and TCP log";
    }

    @Override
    public List<String> signs() {
        return List.of(
                "haproxy[",
                "Connect from ",
                ": SSL handshake failure",
                ": Connection closed during SSL",
                " ---- ",
                " --",
                "] ");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String text = line.message();
        Matcher head = HEAD.matcher(text);
        if (!head.matches()) {
            boolean connects = CONNECT.read(text, out);
            if (!connects && !line.app().equals("haproxy")) {
                return false;
            }
            out.of(name(), "").is("network", connects ? "connection" : "info").put("message", text);
            return true;
        }
        String rest = head.group(5);
        Matcher http = HTTP.matcher(rest);
        Matcher tcp = TCP.matcher(rest);
        if (http.lookingAt()) {
            http(http, rest, out);
        } else if (tcp.lookingAt()) {
            backend(tcp.group(1), tcp.group(2), tcp.group(3), out);
            out.of(name(), "tcp").is("network", "connection");
            out.put("source.bytes", tcp.group(4)).more("haproxy.termination", tcp.group(5));
        } else if (head.group(4).endsWith(":")) {
            out.of(name(), "error").is("network", "error").put("message", rest.strip());
        } else {
            return false;
        }
        out.put("source.ip", head.group(1)).put("source.port", head.group(2));
        out.more("haproxy.frontend", head.group(4).replaceAll("[~:]+$", ""));
        line.time("ts", head.group(3), out);
        return true;
    }

    private void http(Matcher http, String rest, LogDraft out) {
        out.of(name(), "http").is("web", "access");
        backend(http.group(1), http.group(2), http.group(3), out);
        out.put("http.response.status_code", http.group(4)).put("source.bytes", http.group(5));
        out.put("event.outcome", Request.outcome(http.group(4)));
        out.more("haproxy.termination", http.group(6));
        Matcher request = REQUEST.matcher(rest);
        if (request.find()) {
            Request.read(request.group(1), out);
        }
    }

    private static void backend(String backend, String server, String millis, LogDraft out) {
        out.more("haproxy.backend", backend).more("haproxy.server", server);
        if (!millis.startsWith("-")) {
            out.put("event.duration", Double.toString(Long.parseLong(millis) / MILLIS));
        }
    }
}
