package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.Cef;
import io.hark.format.log.CsvLine;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.format.log.Transports;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Check Point gateways: Log Exporter as CEF and as syslog (`[action:"Accept"; src:"…"]`), and the
/// quoted columns that SmartView Tracker exports.
///
/// *Source*: Check Point, Log Exporter (sk122323), CEF field mappings.
public final class CheckPoint implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "src", "source.ip",
                    "spt", "source.port",
                    "s_port", "source.port",
                    "shost", "source.domain",
                    "src_machine_name", "source.domain",
                    "suser", "source.user.name",
                    "src_user_name", "source.user.name",
                    "user", "source.user.name",
                    "out", "source.bytes",
                    "sent_bytes", "source.bytes",
                    "sourceTranslatedAddress", "source.nat.ip",
                    "xlatesrc", "source.nat.ip",
                    "sourceTranslatedPort", "source.nat.port",
                    "xlatesport", "source.nat.port",
                    "dst", "destination.ip",
                    "dpt", "destination.port",
                    "service", "destination.port",
                    "dhost", "destination.domain",
                    "duser", "destination.user.name",
                    "in", "destination.bytes",
                    "received_bytes", "destination.bytes",
                    "destinationTranslatedAddress", "destination.nat.ip",
                    "xlatedst", "destination.nat.ip",
                    "destinationTranslatedPort", "destination.nat.port",
                    "xlatedport", "destination.nat.port",
                    "act", "event.action",
                    "action", "event.action",
                    "reason", "event.reason",
                    "rt", "ts",
                    "time", "ts",
                    "ifname", "observer.ingress.interface.name",
                    "app", "network.protocol",
                    "rule_name", "rule.name",
                    "rule", "rule.id",
                    "requestMethod", "http.request.method",
                    "method", "http.request.method",
                    "requestClientApplication", "user_agent.original",
                    "web_client_type", "user_agent.original",
                    "originname", "host.name",
                    "msg", "message",
                    "request", "",
                    "resource", "",
                    "proto", "");

    private static final Pattern QUOTED =
            Pattern.compile(
                    "^(?:.{0,80} )?\"\\d+\" \"(\\d{1,2})([A-Z][a-z]{2})(\\d{4})\" \"([\\d:]{8})\" ");

    /// Columns of SmartView Tracker behind number, date and time.
    private static final List<String> TRACKER =
            List.of(
                    "ifname",
                    "originname",
                    "type",
                    "action",
                    "dpt",
                    "spt",
                    "src",
                    "dst",
                    "proto",
                    "rule",
                    "rule_name",
                    "policy",
                    "user",
                    "info",
                    "product");

    /// The parser.
    public CheckPoint() {}

    @Override
    public String name() {
        return "checkpoint";
    }

    @Override
    public String about() {
        return "Check Point gateways: CEF, syslog and SmartView Tracker's columns";
    }

    @Override
    public List<String> signs() {
        return List.of(
                "|Check Point|",
                "loguid:\"",
                "product:\"VPN-1",
                "ifdir:\"",
                "\" \"Log\" \"",
                "\" \"Alert\" \"");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Cef cef = line.text().contains("|Check Point|") ? cef(line) : null;
        Pairs pairs = cef == null ? ofText(line) : cef.pairs();
        if (pairs == null) {
            return false;
        }
        out.of(name(), "").device("Check Point", "VPN-1 & FireWall-1");
        FIELDS.apply(pairs, line, name(), out);
        if (cef == null) {
            tracker(line, pairs, out);
            out.put("event.code", pairs.get("loguid"));
        } else {
            out.put("event.code", cef.id());
            out.put("observer.product", cef.product());
            out.put("log.level", cef.severity().equals("Unknown") ? "" : cef.severity());
            out.orElse("message", cef.name());
        }
        out.put("network.transport", Transports.name(pairs.get("proto")));
        out.put("network.protocol", out.text("network.protocol").toLowerCase(Locale.ROOT));
        out.put("network.direction", direction(pairs));
        out.put("event.outcome", "success");
        out.orElse("user.name", out.text("source.user.name"));
        out.url(pairs.first("request", "resource"));
        String action = out.text("event.action");
        boolean isDenied =
                action.equals("Drop")
                        || action.equals("Reject")
                        || action.equals("Block")
                        || action.equals("Prevent");
        out.is(
                pairs.has("Protection Name") ? "intrusion_detection,network" : "network",
                isDenied ? "connection,denied" : "connection,allowed");
        return true;
    }

    /// Some versions leave the vendor out.
    private static @Nullable Cef cef(LogLine line) {
        String text = line.text();
        int gap = text.indexOf(":0||");
        return gap < 0
                ? line.cef()
                : Cef.read(text.substring(0, gap + 3) + text.substring(gap + 4));
    }

    private static @Nullable Pairs ofText(LogLine line) {
        String text = line.text();
        int open = text.indexOf('[');
        if (open >= 0 && text.indexOf(":\"", open) > 0) {
            return Pairs.separated(
                    text.substring(open + 1).replaceFirst("; \\]\\s*$", ""), 0, ';', ':');
        }
        Matcher quoted = QUOTED.matcher(text);
        if (!quoted.find()) {
            return null;
        }
        List<String> cells = CsvLine.cells(text, quoted.end(), ' ');
        Pairs pairs = new Pairs();
        for (int i = 0; i < TRACKER.size() && i < cells.size(); i++) {
            pairs.add(TRACKER.get(i), cells.get(i));
        }
        return pairs;
    }

    private static void tracker(LogLine line, Pairs pairs, LogDraft out) {
        Matcher quoted = QUOTED.matcher(line.text());
        if (quoted.find() && pairs.has("type")) {
            line.time(
                    "ts",
                    quoted.group(1)
                            + "-"
                            + quoted.group(2)
                            + "-"
                            + quoted.group(3)
                            + " "
                            + quoted.group(4),
                    out);
        }
    }

    private static String direction(Pairs pairs) {
        String told = pairs.first("conn_direction", "ifdir", "deviceDirection");
        return switch (told) {
            case "0" -> "inbound";
            case "1" -> "outbound";
            case "Incoming" -> "inbound";
            case "Outgoing" -> "outbound";
            default -> told.toLowerCase(Locale.ROOT);
        };
    }
}
