package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.Cef;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.format.log.Transports;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// FortiGate, and what writes as it does: FortiProxy, FortiWeb, FortiAuthenticator. `key=value`
/// with blanks or commas between, or CEF, where names that are Fortinet's own begin with `FTNTFGT`.
///
/// *Source*: Fortinet, FortiOS Log Message Reference, log field format and CEF support; FortiWeb
/// Log Message Reference.
public final class Fortinet implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "srcip", "source.ip",
                    "src", "source.ip",
                    "remip", "source.ip",
                    "userip", "source.ip",
                    "ip", "source.ip",
                    "srcport", "source.port",
                    "src_port", "source.port",
                    "spt", "source.port",
                    "remport", "source.port",
                    "srcmac", "source.mac",
                    "mac", "source.mac",
                    "shost", "source.domain",
                    "sentbyte", "source.bytes",
                    "out", "source.bytes",
                    "sentpkt", "source.packets",
                    "Packets Sent", "source.packets",
                    "transip", "source.nat.ip",
                    "trans_src", "source.nat.ip",
                    "sourceTranslatedAddress", "source.nat.ip",
                    "transport", "source.nat.port",
                    "trans_src_port", "source.nat.port",
                    "sourceTranslatedPort", "source.nat.port",
                    "dstip", "destination.ip",
                    "dst", "destination.ip",
                    "locip", "destination.ip",
                    "dstport", "destination.port",
                    "dst_port", "destination.port",
                    "dpt", "destination.port",
                    "locport", "destination.port",
                    "dstmac", "destination.mac",
                    "hostname", "destination.domain",
                    "http_host", "destination.domain",
                    "dhost", "destination.domain",
                    "remotename", "",
                    "rcvdbyte", "destination.bytes",
                    "in", "destination.bytes",
                    "rcvdpkt", "destination.packets",
                    "Packets Received", "destination.packets",
                    "tranip", "destination.nat.ip",
                    "trans_dst", "destination.nat.ip",
                    "destinationTranslatedAddress", "destination.nat.ip",
                    "tranport", "destination.nat.port",
                    "trans_dst_port", "destination.nat.port",
                    "destinationTranslatedPort", "destination.nat.port",
                    "dstuser", "destination.user.name",
                    "srcintf", "observer.ingress.interface.name",
                    "deviceInboundInterface", "observer.ingress.interface.name",
                    "dstintf", "observer.egress.interface.name",
                    "deviceOutboundInterface", "observer.egress.interface.name",
                    "devname", "host.name",
                    "dvchost", "host.name",
                    "app", "network.application",
                    "action", "event.action",
                    "act", "event.action",
                    "status", "event.outcome",
                    "outcome", "event.outcome",
                    "reason", "event.reason",
                    "logid", "event.code",
                    "log_id", "event.code",
                    "level", "log.level",
                    "pri", "log.level",
                    "duration", "event.duration",
                    "Duration", "event.duration",
                    "eventtime", "ts",
                    "itime", "event.start",
                    "start", "event.start",
                    "policyname", "rule.name",
                    "policyid", "rule.id",
                    "Policy Id", "rule.id",
                    "httpmethod", "http.request.method",
                    "http_method", "http.request.method",
                    "requestMethod", "http.request.method",
                    "http_retcode", "http.response.status_code",
                    "agent", "user_agent.original",
                    "http_agent", "user_agent.original",
                    "user_agent", "user_agent.original",
                    "requestClientApplication", "user_agent.original",
                    "qname", "dns.question.name",
                    "qtype", "dns.question.type",
                    "ipaddr", "dns.answers",
                    "filename", "file.name",
                    "fname", "file.name",
                    "msg", "message",
                    "proto", "",
                    "url", "",
                    "http_url", "",
                    "request", "",
                    "user", "",
                    "suser", "",
                    "date", "",
                    "time", "",
                    "service", "network.protocol");

    private static final Pattern DOUBLED = Pattern.compile("=\"\"[^\" ,]");
    private static final String[] OWN = {"FTNTFGT", "FortinetFortiGate"};

    /// The parser.
    public Fortinet() {}

    @Override
    public String name() {
        return "fortigate";
    }

    @Override
    public String about() {
        return "FortiGate, FortiProxy, FortiWeb: key=value and CEF";
    }

    @Override
    public List<String> signs() {
        return List.of(
                "|Fortinet|", "FTNTFGT", " devid=", " device_id=", "logid=", "log_id=", "logdesc=");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Cef cef = line.text().contains("|Fortinet|") ? line.cef() : null;
        Pairs pairs = cef == null ? pairs(line.text()) : plain(cef.pairs());
        String type = cef == null ? pairs.text("type") : before(pairs.text("cat"));
        String subtype = pairs.text("subtype");
        if (type.isEmpty() || cef == null && (subtype.isEmpty() || !isFortinet(pairs))) {
            return false;
        }
        String product = product(pairs);
        out.of(product, type).device("Fortinet", cef == null ? product : cef.product());
        out.is(category(type, subtype, pairs), types(type, pairs));
        time(pairs, line, out);
        FIELDS.apply(pairs, line, product, out);
        if (cef != null) {
            out.put("network.application", pairs.text("app"));
            out.orElse("network.protocol", pairs.text("app"));
            out.orElse("event.code", pairs.text("logid")).orElse("message", cef.name());
        }
        out.put("dns.question.name", bare(out.text("dns.question.name")));
        out.put("network.transport", Transports.name(pairs.get("proto")));
        out.put("network.protocol", out.text("network.protocol").toLowerCase(Locale.ROOT));
        out.put("network.direction", direction(pairs));
        url(pairs, out);
        users(pairs, cef != null, out);
        if (out.has("event.action")) {
            out.orElse(
                    "event.outcome",
                    pairs.text("action").endsWith("-fail") ? "failure" : "success");
        }
        return true;
    }

    /// A path alone belongs to the host beside it; that of an agent's line is the far end.
    private static void url(Pairs pairs, LogDraft out) {
        String told = pairs.first("url", "http_url", "request");
        String host = pairs.first("remotename", "http_host", "hostname");
        out.url(told).put("destination.domain", pairs.get("remotename"));
        if (host.isEmpty() || !pairs.has("proto") || out.has("url.domain")) {
            return;
        }
        out.put("url.domain", host);
        if (told.startsWith("/")) {
            String service = out.text("network.protocol");
            boolean isTls = service.equals("https") || pairs.text("dstport").equals("443");
            out.put("url.full", (isTls ? "https://" : "http://") + host + told);
        }
    }

    private static Pairs pairs(String told) {
        boolean isCell = DOUBLED.matcher(told).find(); // of an export with commas
        String text = isCell ? told.replace("\"\"", "\"") : told;
        int comma = text.indexOf(",logid=");
        boolean commas = comma >= 0 || text.indexOf(",type=") >= 0;
        return commas ? Pairs.separated(text, 0, ',', '=') : Pairs.spaced(text, 0);
    }

    /// The same pairs without what Fortinet puts in front of its own names in CEF.
    private static Pairs plain(Pairs pairs) {
        Pairs plain = new Pairs();
        for (int i = 0; i < pairs.size(); i++) {
            String name = pairs.name(i);
            for (String own : OWN) {
                name = name.startsWith(own) ? name.substring(own.length()) : name;
            }
            plain.add(plain.has(name) ? "fortinet_" + name : name, pairs.value(i));
        }
        return plain;
    }

    private static boolean isFortinet(Pairs pairs) {
        return pairs.has("devid")
                || pairs.has("device_id")
                || pairs.has("vd")
                || pairs.has("logdesc");
    }

    private static String product(Pairs pairs) {
        String id = pairs.first("devid", "device_id", "deviceExternalId");
        return id.startsWith("FPX")
                ? "fortiproxy"
                : id.startsWith("FV") || pairs.has("log_id") ? "fortiweb" : "fortigate";
    }

    /// In ECS's words; Fortinet's own are the log's name.
    private static String category(String type, String subtype, Pairs pairs) {
        return switch (subtype) {
            case "webfilter" -> "web,network";
            case "ips", "anomaly", "waf" -> "intrusion_detection,network";
            case "virus" -> "malware,network";
            case "user", "Authentication" -> "authentication";
            default ->
                    !type.equals("event")
                            ? "network"
                            : pairs.text("action").startsWith("log")
                                            || pairs.text("action").contains("login")
                                    ? "authentication"
                                    : pairs.has("cfgpath") ? "configuration" : "host";
        };
    }

    private static String types(String type, Pairs pairs) {
        String action = pairs.first("action", "act");
        return switch (action) {
            case "accept", "pass", "permit", "passthrough", "close", "client-rst", "server-rst" ->
                    "connection,allowed";
            case "deny", "blocked", "dropped", "reset", "block", "clear_session" ->
                    "connection,denied";
            case "login" -> "start";
            case "logout" -> "end";
            case "Add", "Edit", "Delete" -> "change";
            default -> type.equals("traffic") ? "connection" : "info";
        };
    }

    /// `eventtime` counts from 1970; where it is missing, date and time are of the device's zone.
    private static void time(Pairs pairs, LogLine line, LogDraft out) {
        if (!pairs.has("eventtime") && pairs.has("timestamp")) {
            zoned(pairs, line, out);
        } else if (!pairs.has("eventtime") && pairs.has("date")) {
            String zone = pairs.text("tz");
            line.time("ts", pairs.text("date") + " " + pairs.text("time") + " " + zone, out);
        }
    }

    /// FortiAnalyzer's `timestamp` is the wall clock of the device as if it stood in Greenwich.
    private static void zoned(Pairs pairs, LogLine line, LogDraft out) {
        Long wall = line.stamps().nanos(pairs.text("timestamp"));
        String zone = pairs.text("tz");
        if (wall != null) {
            out.at(wall - offset(zone));
        }
    }

    private static long offset(String zone) {
        if (!zone.matches("[+-]\\d{4}")) {
            return 0;
        }
        int minutes = Integer.parseInt(zone, 1, 3, 10) * 60 + Integer.parseInt(zone, 3, 5, 10);
        return (zone.startsWith("-") ? -minutes : minutes) * 60_000_000_000L;
    }

    private static String direction(Pairs pairs) {
        return switch (pairs.first("direction", "deviceDirection", "dir")) {
            case "incoming", "inbound", "0" -> "inbound";
            case "outgoing", "outbound", "1" -> "outbound";
            default -> "";
        };
    }

    /// An administrator's address stands in what he works by: `GUI(192.0.2.1)`.
    private static void users(Pairs pairs, boolean cef, LogDraft out) {
        String user = pairs.first("user", "suser", cef && !pairs.has("suser") ? "duser" : "user");
        String name = user.substring(user.lastIndexOf('\\') + 1);
        if (!name.equals("N/A") && !name.equals("unknown")) {
            out.put("source.user.name", name).put("user.name", name);
        }
        String by = pairs.first("ui", "sproc");
        int open = by.indexOf('(');
        if (open > 0 && by.endsWith(")") && !out.has("source.ip")) {
            out.put("source.ip", by.substring(open + 1, by.length() - 1));
        }
        String method = pairs.text("method");
        if (method.equals("https") || method.equals("http") || method.equals("ssh")) {
            out.orElse("network.protocol", method);
        } else if (pairs.has("path") && !method.isEmpty()) {
            out.orElse("http.request.method", method);
        }
    }

    private static String bare(String name) {
        return name.startsWith("[") && name.endsWith("]")
                ? name.substring(1, name.length() - 1)
                : name;
    }

    private static String before(String category) {
        int colon = category.indexOf(':');
        return colon < 0 ? category : category.substring(0, colon);
    }
}
