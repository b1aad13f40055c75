package io.hark.log.paloalto;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.Cef;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// PAN-OS firewalls, Panorama and Prisma Access: comma-separated syslog, and CEF and JSON of the
/// Strata Logging Service.
///
/// *Source*: PAN-OS Administrator's Guide, Syslog Field Descriptions; Strata Logging Service, Log
/// Forwarding Schema Reference.
public final class PanOs implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "src", "source.ip",
                    "SourceAddress", "source.ip",
                    "SourceIP", "source.ip",
                    "PublicIPv4", "source.ip",
                    "PublicIPv6", "source.ip",
                    "c6a2", "",
                    "Source IPv6 Address", "source.ip",
                    "spt", "source.port",
                    "SourcePort", "source.port",
                    "in", "source.bytes",
                    "BytesSent", "source.bytes",
                    "PacketsSent", "source.packets",
                    "sourceTranslatedAddress", "source.nat.ip",
                    "NATSource", "source.nat.ip",
                    "PrivateIPv4", "source.nat.ip",
                    "sourceTranslatedPort", "source.nat.port",
                    "NATSourcePort", "source.nat.port",
                    "dst", "destination.ip",
                    "DestinationAddress", "destination.ip",
                    "DNSResolverIP", "destination.ip",
                    "c6a3", "",
                    "Destination IPv6 Address", "destination.ip",
                    "dpt", "destination.port",
                    "DestinationPort", "destination.port",
                    "out", "destination.bytes",
                    "BytesReceived", "destination.bytes",
                    "PacketsReceived", "destination.packets",
                    "destinationTranslatedAddress", "destination.nat.ip",
                    "NATDestination", "destination.nat.ip",
                    "destinationTranslatedPort", "destination.nat.port",
                    "NATDestinationPort", "destination.nat.port",
                    "duser", "destination.user.name",
                    "DestinationUser", "destination.user.name",
                    "proto", "network.transport",
                    "Protocol", "network.transport",
                    "app", "network.application",
                    "Application", "network.application",
                    "Bytes", "network.bytes",
                    "PacketsTotal", "network.packets",
                    "act", "event.action",
                    "Action", "event.action",
                    "EventStatus", "event.outcome",
                    "reason", "event.reason",
                    "SessionEndReason", "event.reason",
                    "ConnectionError", "event.reason",
                    "rt", "ts",
                    "EventTime", "ts",
                    "TimeGenerated", "ts",
                    "start", "event.start",
                    "SessionStartTime", "event.start",
                    "SessionDuration", "event.duration",
                    "Rule", "rule.name",
                    "HipMatchName", "rule.name",
                    "deviceInboundInterface", "observer.ingress.interface.name",
                    "InboundInterface", "observer.ingress.interface.name",
                    "deviceOutboundInterface", "observer.egress.interface.name",
                    "OutboundInterface", "observer.egress.interface.name",
                    "EndpointDeviceName", "host.name",
                    "dvchost", "host.name",
                    "LogSourceName", "host.name",
                    "VendorSeverity", "log.level",
                    "request", "",
                    "URL", "",
                    "suser", "",
                    "SourceUser", "",
                    "SourceUserName", "",
                    "UserAgent", "user_agent.original",
                    "requestClientApplication", "user_agent.original",
                    "FileHash", "file.hash.sha256",
                    "filePath", "file.path",
                    "FileName", "file.name",
                    "RecordType", "dns.question.type",
                    "DNSResponse", "dns.answers",
                    "HTTPMethod", "",
                    "requestMethod", "",
                    "EventDescription", "message",
                    "msg", "message");

    private static final String CEF_OWN = "PanOS";
    private static final String UNKNOWN_THREAT = "0";

    /// The parser.
    public PanOs() {}

    @Override
    public String name() {
        return "panos";
    }

    @Override
    public String about() {
        return "Palo Alto Networks PAN-OS and Prisma Access: CSV, CEF and JSON";
    }

    @Override
    public List<String> signs() {
        return List.of(
                "|Palo Alto Networks|",
                ",TRAFFIC,",
                ",THREAT,",
                ",SYSTEM,",
                ",CONFIG,",
                ",USERID,",
                ",GLOBALPROTECT,",
                ",HIPMATCH,",
                ",DECRYPTION,",
                ",AUTHENTICATION,",
                "\"LogType\"");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        boolean isCef = line.text().contains("|Palo Alto Networks|");
        Pairs pairs = isCef ? ofCef(line.cef()) : ofText(line);
        if (pairs == null) {
            return false;
        }
        String type = pairs.text("LogType");
        String subtype = pairs.text("Subtype");
        out.of(name(), type.toLowerCase(Locale.ROOT)).device("Palo Alto Networks", "PAN-OS");
        FIELDS.apply(pairs, line, name(), out);
        if (isCef) { // by the format's dictionary: the signature's id, the application's protocol
            out.put("rule.id", type).put("network.protocol", pairs.text("app"));
        }
        user(pairs, isCef, out);
        threat(pairs, out);
        url(type, subtype, pairs, out);
        if (type.equals("SYSTEM")) {
            SystemMessages.read(pairs.text("EventDescription"), out);
        }
        String stage = pairs.text("Stage");
        boolean isEnd =
                isCef && type.equals("TRAFFIC"); // Strata tells of ends alone: the action says more
        PanOsKinds.say(type, isEnd ? "" : subtype, stage, out);
        outcome(type, pairs, isCef, out);
        return true;
    }

    private static @Nullable Pairs ofText(LogLine line) {
        if (line.text().indexOf('{') >= 0) {
            Pairs json = line.json();
            return json != null && json.has("LogType") ? json : null;
        }
        int comma = line.text().indexOf(',');
        int start = line.text().lastIndexOf(' ', Math.max(0, comma)) + 1;
        return PanOsLayout.read(line.text(), start);
    }

    /// The names of the JSON form: without `PanOS` in front.
    private static @Nullable Pairs ofCef(@Nullable Cef cef) {
        if (cef == null) {
            return null;
        }
        Pairs pairs = new Pairs();
        pairs.add("LogType", cef.id());
        pairs.add("Subtype", cef.name());
        for (int i = 0; i < cef.pairs().size(); i++) {
            String name = cef.pairs().name(i);
            String value = cef.pairs().value(i);
            boolean isAbsent = value.equals("null") || value.startsWith("::ffff:0");
            if (!isAbsent) {
                pairs.add(
                        name.startsWith(CEF_OWN) ? name.substring(CEF_OWN.length()) : name, value);
            }
        }
        return pairs;
    }

    private static void user(Pairs pairs, boolean isCef, LogDraft out) {
        String told = pairs.first("SourceUser", "SourceUserName", "suser");
        if (told.startsWith("x-fwd-for:")) {
            out.more("panos.x_forwarded_for", told.substring(10));
            return;
        }
        out.user(told.replace("\\\\", "\\").replace("\\\\", "\\"));
        String name = out.text("user.name");
        out.put("source.user.name", name);
        int at = name.indexOf('@');
        if (at > 0 && !isCef) {
            out.put("user.name", name.substring(0, at)).put("user.domain", name.substring(at + 1));
        }
    }

    /// `Name of it(12345)`.
    private static void threat(Pairs pairs, LogDraft out) {
        String told = pairs.text("ThreatID");
        int open = told.lastIndexOf('(');
        if (open >= 0 && told.endsWith(")")) {
            out.put("event.code", told.substring(open + 1, told.length() - 1));
            out.more("panos.threat_name", told.substring(0, open));
        } else if (!told.equals(UNKNOWN_THREAT)) {
            out.put("event.code", told);
        }
    }

    /// PAN-OS leaves the scheme out.
    private static void url(String type, String subtype, Pairs pairs, LogDraft out) {
        String told = pairs.first("URL", "request");
        if (!type.equals("THREAT") || told.isEmpty()) {
            return;
        }
        if (!subtype.equals("url")) {
            out.put("file.name", told);
            return;
        }
        boolean isTls = !out.text("destination.port").equals("80") || told.contains(":443");
        out.url(told.contains("://") ? told : (isTls ? "https://" : "http://") + told);
        out.put("destination.domain", out.text("url.domain"));
        String method = pairs.first("HTTPMethod", "requestMethod");
        out.put("http.request.method", method.equals("unknown") ? "" : method);
    }

    private static void outcome(String type, Pairs pairs, boolean isCef, LogDraft out) {
        String event = pairs.text("EventName") + pairs.text("EventDescription");
        if (event.startsWith("auth-fail") || out.text("message").equals("Invalid Certificate")) {
            out.put("event.outcome", "failure");
        } else if (event.startsWith("auth-success")
                || type.equals("USERID")
                || !isCef && out.has("event.action") && !type.equals("SYSTEM")) {
            out.orElse("event.outcome", "success");
        }
    }
}
