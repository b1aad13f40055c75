package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import java.util.List;
import java.util.Locale;

/// Cato SASE events as JSON.
///
/// *Source*: Cato Networks, API reference, event fields of `eventsFeed`.
public final class Cato implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "src_ip", "source.ip",
                    "host_ip", "source.ip",
                    "src_port", "source.port",
                    "host_mac", "source.mac",
                    "src_isp_ip", "source.nat.ip",
                    "dest_ip", "destination.ip",
                    "dest_port", "destination.port",
                    "domain_name", "destination.domain",
                    "ip_protocol", "network.transport",
                    "traffic_direction", "network.direction",
                    "application_name", "network.application",
                    "application", "network.application",
                    "rule", "rule.id",
                    "rule_name", "rule.name",
                    "rule_id", "",
                    "user_name", "user.name",
                    "ad_name", "user.name",
                    "vpn_user_email", "source.user.name",
                    "configured_host_name", "host.name",
                    "device_name", "host.name",
                    "file_name", "file.name",
                    "file_hash", "file.hash.sha256",
                    "http_request_method", "http.request.method",
                    "user_agent", "user_agent.original",
                    "event_time", "ts",
                    "event_timestamp", "ts",
                    "time", "ts",
                    "action", "",
                    "full_path_url", "",
                    "url", "");

    /// The parser.
    public Cato() {}

    @Override
    public String name() {
        return "cato";
    }

    @Override
    public String about() {
        return "Cato SASE events as JSON";
    }

    @Override
    public List<String> signs() {
        return List.of("\"event_sub_type\"");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Pairs pairs = line.json();
        if (pairs == null || !pairs.has("event_sub_type") || !pairs.has("account_id")) {
            return false;
        }
        String type = pairs.text("event_type").toLowerCase(Locale.ROOT);
        out.of(name(), type).device("Cato Networks", "SASE");
        FIELDS.apply(pairs, line, name(), out);
        String action = pairs.text("action").toLowerCase(Locale.ROOT);
        out.put("event.action", action);
        out.url(pairs.first("full_path_url", "url"));
        String types =
                action.equals("block") ? "denied" : action.equals("allow") ? "allowed" : "info";
        switch (pairs.text("event_sub_type")) {
            case "IPS", "Suspicious Activity" -> out.is("intrusion_detection", types);
            case "Anti Malware", "NG Anti Malware" -> out.is("malware", "info");
            default -> {
                boolean isLogin = type.equals("connectivity") && pairs.has("authentication_type");
                out.is(isLogin ? "authentication" : "network", isLogin ? "start" : types);
                if (isLogin) {
                    out.put("event.outcome", action.equals("succeeded") ? "success" : "failure");
                }
            }
        }
        return true;
    }
}
