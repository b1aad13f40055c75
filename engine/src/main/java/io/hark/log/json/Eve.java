package io.hark.log.json;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import java.util.List;

/// Suricata's EVE JSON, and what is built on it.
///
/// *Source*: Suricata user guide, "EVE JSON Format".
public final class Eve implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "timestamp", "",
                    "timestamp_detected", "",
                    "@timestamp", "",
                    "timestamp_analyzed", "",
                    "src_ip", "source.ip",
                    "src_port", "source.port",
                    "dest_ip", "destination.ip",
                    "dest_port", "destination.port",
                    "ether.src_mac", "source.mac",
                    "ether.dest_mac", "destination.mac",
                    "proto", "network.transport",
                    "app_proto", "network.protocol",
                    "in_iface", "observer.ingress.interface.name",
                    "host", "host.name",
                    "flow.bytes_toserver", "source.bytes",
                    "flow.pkts_toserver", "source.packets",
                    "flow.bytes_toclient", "destination.bytes",
                    "flow.pkts_toclient", "destination.packets",
                    "flow.start", "event.start",
                    "flow.end", "event.end",
                    "netflow.bytes", "source.bytes",
                    "netflow.pkts", "source.packets",
                    "netflow.start", "event.start",
                    "netflow.end", "event.end",
                    "alert.action", "event.action",
                    "alert.signature", "rule.name",
                    "alert.signature_id", "rule.id",
                    "alert.severity", "log.level",
                    "http.http_method", "http.request.method",
                    "http.status", "http.response.status_code",
                    "http.http_user_agent", "user_agent.original",
                    "http.url", "",
                    "http.hostname", "",
                    "dns.rrname", "dns.question.name",
                    "dns.query.rrname", "dns.question.name",
                    "dns.rrtype", "dns.question.type",
                    "dns.rcode", "dns.response_code",
                    "tls.sni", "destination.domain",
                    "fileinfo.filename", "file.name",
                    "fileinfo.sha256", "file.hash.sha256",
                    "fileinfo.md5", "file.hash.md5");

    /// The parser.
    public Eve() {}

    @Override
    public String name() {
        return "suricata";
    }

    @Override
    public String about() {
        return "Suricata's EVE JSON";
    }

    @Override
    public List<String> signs() {
        return List.of("\"event_type\"", "\"flow_id\"");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Pairs json = line.json();
        boolean isEve =
                json != null
                        && json.has("event_type")
                        && (json.has("src_ip") || json.has("stats.uptime"));
        if (json == null || !isEve) {
            return false;
        }
        String type = json.text("event_type");
        out.of(name(), type).is("network", json.has("src_ip") ? "connection" : "info");
        line.time("ts", json.first("timestamp", "timestamp_detected", "@timestamp"), out);
        FIELDS.apply(json, line, name(), out);
        out.url(json.get("http.url")).put("url.domain", json.get("http.hostname"));
        if (type.equals("alert")) {
            out.alert();
        }
        return true;
    }
}
