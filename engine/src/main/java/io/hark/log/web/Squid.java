package io.hark.log.web;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Squid's access log in its own form.
///
/// ```
/// 1565598801.353     24 192.0.2.1 TCP_MISS/200 394 GET http://host.example/ - HIER_DIRECT/198.51.100.1 text/html
/// ```
///
/// *Source*: Squid documentation, `logformat squid`.
public final class Squid implements LineParser {

    private static final Pattern FORM =
            Pattern.compile(
                    "(\\d{9,11}\\.\\d{3})\\s+(\\d{1,12}) (\\S{1,255}) ([A-Z_]{3,64})/(\\d{3}) (\\d{1,19}) ([A-Z_]{3,32}|NONE) (\\S{1,16384}) (\\S{1,255}) ([A-Z_]{3,64})/(\\S{1,255}) (\\S{0,255})");

    private static final double MILLIS = 1000;

    /// The parser.
    public Squid() {}

    @Override
    public String name() {
        return "squid";
    }

    @Override
    public String about() {
        return "Squid's access log";
    }

    @Override
    public List<String> signs() {
        return List.of(" TCP_", " UDP_", " NONE/", " NONE_NONE/");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String text = line.text();
        Matcher form = FORM.matcher(text);
        if (!form.find() || form.start() > Math.max(line.header().body(), 0) + 1) {
            return false;
        }
        String result = form.group(4);
        out.of(name(), "access").put("event.action", result);
        line.time("ts", form.group(1), out);
        out.put("event.duration", Double.toString(Long.parseLong(form.group(2)) / MILLIS));
        out.put("source.ip", form.group(3)).put("http.response.status_code", form.group(5));
        out.put("destination.bytes", form.group(6)).put("http.request.method", form.group(7));
        out.put("user.name", form.group(9)).put("network.direction", "egress");
        out.put("network.transport", result.startsWith("UDP") ? "udp" : "tcp");
        target(form.group(7), form.group(8), form.group(11), out);
        out.more("squid.hierarchy", form.group(10)).more("squid.mime_type", form.group(12));
        boolean isDenied = result.contains("DENIED");
        boolean isBroken = result.contains("ABORTED") || isDenied || form.group(5).startsWith("5");
        out.is(
                "network,web",
                "connection" + (isDenied ? ",denied" : "") + (isBroken ? ",error" : ""));
        return true;
    }

    private static void target(String method, String url, String peer, LogDraft out) {
        int port = url.lastIndexOf(':');
        if (method.equals("CONNECT") && port > 0) { // no URL: where to
            out.put("destination.domain", url.substring(0, port));
            out.put("destination.port", url.substring(port + 1));
            out.put("url.original", url);
        } else {
            out.url(url);
        }
        out.put("destination.ip", peer);
    }
}
