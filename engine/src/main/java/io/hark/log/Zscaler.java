package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import java.util.List;
import java.util.Locale;

/// Zscaler Internet Access by NSS as JSON: web, firewall, tunnel, audit, SaaS security.
///
/// *Source*: Zscaler, NSS Feed Output Format: web, firewall, tunnel, admin audit, SaaS logs.
public final class Zscaler implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "event.clientip", "source.ip",
                    "event.ClientIP", "source.ip",
                    "event.csip", "source.ip",
                    "event.sourceip", "source.ip",
                    "event.clt_sip", "source.ip",
                    "event.srv_dip", "destination.ip",
                    "event.srv_dport", "destination.port",
                    "event.req", "dns.question.name",
                    "event.reqtype", "dns.question.type",
                    "event.res", "dns.answers",
                    "event.csport", "source.port",
                    "event.sourceport", "source.port",
                    "event.outbytes", "source.bytes",
                    "event.requestsize", "source.bytes",
                    "event.clientpublicIP", "source.nat.ip",
                    "event.ssip", "source.nat.ip",
                    "event.ssport", "source.nat.port",
                    "event.serverip", "destination.ip",
                    "event.sdip", "destination.ip",
                    "event.destinationip", "destination.ip",
                    "event.sdport", "destination.port",
                    "event.cdport", "destination.port",
                    "event.destinationport", "destination.port",
                    "event.inbytes", "destination.bytes",
                    "event.responsesize", "destination.bytes",
                    "event.hostname", "destination.domain",
                    "event.proto", "network.protocol",
                    "event.protocol", "network.protocol",
                    "event.applicationname", "network.application",
                    "event.tunneltype", "",
                    "event.action", "",
                    "event.result", "event.outcome",
                    "event.reason", "event.reason",
                    "event.duration", "event.duration",
                    "event.deviceowner", "user.name",
                    "event.adminid", "source.user.name",
                    "event.user", "source.user.name",
                    "event.login", "source.user.name",
                    "event.rulelabel", "rule.name",
                    "event.policy", "rule.name",
                    "event.useragent", "user_agent.original",
                    "event.status", "http.response.status_code",
                    "event.requestmethod", "http.request.method",
                    "event.filename", "file.name",
                    "event.filesource", "file.path",
                    "event.filemd5", "file.hash.md5",
                    "event.time", "ts",
                    "event.datetime", "ts",
                    "event.url", "",
                    "event.fullurl", "");

    /// The parser.
    public Zscaler() {}

    @Override
    public String name() {
        return "zscaler_zia";
    }

    @Override
    public String about() {
        return "Zscaler Internet Access, NSS feeds as JSON";
    }

    @Override
    public List<String> signs() {
        return List.of("zscalernss-");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Pairs pairs = line.json();
        String feed = pairs == null ? "" : pairs.text("sourcetype");
        if (pairs == null || !feed.startsWith("zscalernss-")) {
            return false;
        }
        String log = feed.substring("zscalernss-".length());
        out.of(name(), log).device("Zscaler", "ZIA");
        FIELDS.apply(pairs, line, name(), out);
        String action = pairs.text("event.action").toLowerCase(Locale.ROOT);
        out.put("event.action", action);
        out.put("event.outcome", out.text("event.outcome").toLowerCase(Locale.ROOT));
        url(pairs.first("event.fullurl", "event.url"), out);
        switch (log) {
            case "audit" -> {
                boolean isLogin = pairs.text("event.category").equals("LOGIN");
                out.is(isLogin ? "authentication" : "configuration", isLogin ? "start" : "change");
            }
            case "fw", "tunnel" ->
                    out.is(
                            "network",
                            action.startsWith("block") || action.equals("drop")
                                    ? "connection,denied"
                                    : "connection");
            case "casb" -> out.is("file", "info");
            default -> out.is("network", action.startsWith("block") ? "denied" : "info");
        }
        return true;
    }

    /// The scheme is left out in web logs.
    private static void url(String told, LogDraft out) {
        out.url(told);
        int slash = told.indexOf('/');
        if (!told.isEmpty() && !told.contains("://")) {
            String host = slash < 0 ? told : told.substring(0, slash);
            out.put("url.domain", host.replaceFirst(":\\d+$", ""));
            out.put("url.path", slash < 0 ? "" : told.substring(slash).replaceFirst("[?#].*$", ""));
        }
    }
}
