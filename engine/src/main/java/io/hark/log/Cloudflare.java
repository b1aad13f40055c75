package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import java.util.List;

/// Cloudflare's firewall events by Logpush.
///
/// *Source*: Cloudflare, Logpush data sets, firewall events.
public final class Cloudflare implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "ClientIP", "source.ip",
                    "ClientRequestHost", "destination.domain",
                    "ClientRequestProtocol", "network.protocol",
                    "ClientRequestMethod", "http.request.method",
                    "ClientRequestPath", "url.path",
                    "ClientRequestUserAgent", "user_agent.original",
                    "EdgeResponseStatus", "http.response.status_code",
                    "Action", "event.action",
                    "RuleID", "rule.id",
                    "Description", "rule.name",
                    "Datetime", "ts");

    /// The parser.
    public Cloudflare() {}

    @Override
    public String name() {
        return "cloudflare";
    }

    @Override
    public String about() {
        return "Cloudflare firewall events (Logpush)";
    }

    @Override
    public List<String> signs() {
        return List.of("\"ClientRequestHost\"");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Pairs pairs = line.json();
        if (pairs == null || !pairs.has("ClientIP") || !pairs.has("Action")) {
            return false;
        }
        out.of(name(), "firewall_event").device("Cloudflare", "firewall");
        FIELDS.apply(pairs, line, name(), out);
        out.put("url.domain", pairs.get("ClientRequestHost"));
        String action = pairs.text("Action");
        boolean isDenied =
                action.equals("block") || action.equals("drop") || action.contains("challenge");
        out.is("network", isDenied ? "denied" : "info");
        return true;
    }
}
