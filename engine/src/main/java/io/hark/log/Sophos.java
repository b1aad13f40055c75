package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.format.log.Transports;
import java.util.List;
import java.util.Locale;

/// Sophos Firewall (SFOS) and Sophos UTM: `key=value`.
///
/// *Source*: Sophos Firewall Syslog Guide 19.5 and 20; Sophos UTM 9 packet filter and web
/// application firewall logs.
public final class Sophos implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "src_ip", "source.ip",
                    "srcip", "source.ip",
                    "src_port", "source.port",
                    "srcport", "source.port",
                    "src_mac", "source.mac",
                    "srcmac", "source.mac",
                    "sent_bytes", "source.bytes",
                    "bytes_sent", "source.bytes",
                    "size", "source.bytes",
                    "sent_pkts", "source.packets",
                    "packets_sent", "source.packets",
                    "tran_src_ip", "source.nat.ip",
                    "src_trans_ip", "source.nat.ip",
                    "localip", "source.nat.ip",
                    "tran_src_port", "source.nat.port",
                    "src_trans_port", "source.nat.port",
                    "dst_ip", "destination.ip",
                    "dstip", "destination.ip",
                    "dst_port", "destination.port",
                    "dstport", "destination.port",
                    "port", "destination.port",
                    "dst_mac", "destination.mac",
                    "dstmac", "destination.mac",
                    "recv_bytes", "destination.bytes",
                    "bytes_received", "destination.bytes",
                    "recv_pkts", "destination.packets",
                    "packets_received", "destination.packets",
                    "tran_dst_ip", "destination.nat.ip",
                    "dst_trans_ip", "destination.nat.ip",
                    "tran_dst_port", "destination.nat.port",
                    "dst_trans_port", "destination.nat.port",
                    "server", "destination.domain",
                    "domain", "destination.domain",
                    "protocol", "network.transport",
                    "application", "network.application",
                    "app_name", "network.application",
                    "caller", "network.application",
                    "status", "event.action",
                    "name", "event.action",
                    "reason", "event.reason",
                    "user_name", "user.name",
                    "user", "user.name",
                    "fw_rule_id", "rule.id",
                    "fwrule", "rule.id",
                    "fw_rule_name", "rule.name",
                    "in_interface", "observer.ingress.interface.name",
                    "initf", "observer.ingress.interface.name",
                    "out_interface", "observer.egress.interface.name",
                    "outitf", "observer.egress.interface.name",
                    "device_name", "host.name",
                    "priority", "log.level",
                    "severity", "log.level",
                    "method", "http.request.method",
                    "http_method", "http.request.method",
                    "statuscode", "http.response.status_code",
                    "httpstatus", "http.response.status_code",
                    "user_agent", "user_agent.original",
                    "timestamp", "ts",
                    "start", "event.start",
                    "end", "event.end",
                    "message", "message",
                    "url", "",
                    "action", "",
                    "duration", "",
                    "date", "",
                    "time", "",
                    "proto", "");

    /// The parser.
    public Sophos() {}

    @Override
    public String name() {
        return "sophos";
    }

    @Override
    public String about() {
        return "Sophos Firewall (SFOS) and Sophos UTM";
    }

    @Override
    public List<String> signs() {
        return List.of(" log_component=", "\" sys=\"", "httpd: id=\"");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String text = line.text();
        int daemon = text.indexOf("httpd: id=");
        Pairs pairs = Pairs.spaced(text, daemon < 0 ? 0 : daemon + 7);
        boolean isUtm = pairs.has("sys") || daemon >= 0;
        if (!isUtm && !pairs.has("log_type")) {
            return false;
        }
        String log = isUtm ? pairs.first("sub") : pairs.text("log_type").replace(' ', '_');
        out.of(isUtm ? "sophos_utm" : name(), log.toLowerCase(Locale.ROOT));
        out.device("Sophos", isUtm ? "UTM" : "Firewall");
        FIELDS.apply(pairs, line, name(), out);
        if (pairs.has("date")) {
            String zone = pairs.text("timezone");
            line.time("ts", pairs.text("date") + " " + pairs.text("time") + " " + zone, out);
        }
        String seconds = pairs.text("duration");
        out.put("event.duration", seconds);
        if (pairs.has("proto")) {
            out.put("network.transport", Transports.name(pairs.get("proto")));
        }
        out.url(pairs.get("url"));
        String verdict = pairs.text("log_subtype");
        boolean isDenied =
                verdict.equals("Denied") || verdict.equals("Drop") || verdict.equals("Deny");
        out.is("network", isDenied ? "denied" : "info");
        return true;
    }
}
