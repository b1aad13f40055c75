package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import java.util.List;
import java.util.Locale;

/// Stormshield Network Security: WELF, `id=firewall time="…" fw="…" … logtype="filter"`.
///
/// *Source*: Stormshield, Description of Audit Logs.
public final class Stormshield implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "src", "source.ip",
                    "srcport", "source.port",
                    "srcmac", "source.mac",
                    "sent", "source.bytes",
                    "modsrc", "source.nat.ip",
                    "modsrcport", "source.nat.port",
                    "dst", "destination.ip",
                    "dstport", "destination.port",
                    "dstmac", "destination.mac",
                    "rcvd", "destination.bytes",
                    "origdst", "destination.nat.ip",
                    "origdstport", "destination.nat.port",
                    "ipproto", "network.transport",
                    "proto", "network.protocol",
                    "action", "event.action",
                    "srcif", "observer.ingress.interface.name",
                    "dstif", "observer.egress.interface.name",
                    "user", "user.name",
                    "domain", "user.domain",
                    "ruleid", "rule.id",
                    "rulename", "rule.name",
                    "duration", "event.duration",
                    "op", "http.request.method",
                    "result", "http.response.status_code",
                    "arg", "url.path",
                    "fw", "host.name",
                    "pri", "log.level",
                    "msg", "message",
                    "time", "",
                    "startime", "",
                    "tz", "");

    /// The parser.
    public Stormshield() {}

    @Override
    public String name() {
        return "stormshield";
    }

    @Override
    public String about() {
        return "Stormshield Network Security (WELF)";
    }

    @Override
    public List<String> signs() {
        return List.of(" logtype=\"", " startime=\"");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Pairs pairs = Pairs.spaced(line.text(), 0);
        String log = pairs.text("logtype");
        if (log.isEmpty() || !pairs.has("fw")) {
            return false;
        }
        out.of(name(), log).device("Stormshield", "Network Security");
        FIELDS.apply(pairs, line, name(), out);
        line.time("ts", pairs.text("time") + " " + pairs.text("tz"), out);
        if (!pairs.text("startime").isEmpty()) {
            line.time("event.start", pairs.text("startime") + " " + pairs.text("tz"), out);
        }
        if (out.has("http.request.method")) {
            out.put("url.domain", pairs.get("dstname"));
        }
        kind(log, pairs, out);
        return true;
    }

    private static void kind(String log, Pairs pairs, LogDraft out) {
        String message = pairs.text("msg").toLowerCase(Locale.ROOT);
        boolean isGood = pairs.text("action").equals("pass");
        switch (log) {
            case "auth", "xvpn" -> {
                out.is("authentication", "info");
                out.put(
                        "event.outcome",
                        message.contains("fail") || message.contains("denied")
                                ? "failure"
                                : "success");
                if (log.equals("auth")) {
                    out.put("event.action", "authentication");
                    out.orElse("network.protocol", message.startsWith("ssh") ? "ssh" : "https");
                }
            }
            case "alarm" -> {
                out.is(
                        pairs.text("class").equals("system") ? "process" : "intrusion_detection",
                        "info");
                out.put("event.outcome", isGood ? "success" : "failure").alert();
            }
            case "plugin", "web" -> {
                out.is("web", "info");
                out.put("event.outcome", isGood ? "success" : "failure");
            }
            case "filter", "connection" -> {
                out.is("network", "connection");
                out.put("event.outcome", isGood ? "success" : "failure");
            }
            case "vpn" -> out.is("network", "connection");
            default -> out.is("network", "info");
        }
    }
}
