package io.hark.log.cisco;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cisco ASA, PIX, FWSM and Secure Firewall (FTD): `%ASA-6-302013: Built …`, and FTD's connection,
/// intrusion and file events, which are `Name: value` with commas between.
///
/// *Source*: Cisco Secure Firewall ASA Series Syslog Messages; Cisco Secure Firewall Threat Defense
/// Syslog Messages, 430001 to 430005.
public final class CiscoAsa implements LineParser {

    private static final Pattern HEAD =
            Pattern.compile("%?(ASA|FTD|PIX|FWSM)-(?:\\w{1,16}-)?(\\d)-(\\d{6}):? *");

    private static final FieldMap EVENTS =
            FieldMap.of(
                    "SrcIP", "source.ip",
                    "SrcPort", "source.port",
                    "DstIP", "destination.ip",
                    "DstPort", "destination.port",
                    "NAT_InitiatorIP", "source.nat.ip",
                    "NAT_InitiatorPort", "source.nat.port",
                    "NAT_ResponderIP", "destination.nat.ip",
                    "NAT_ResponderPort", "destination.nat.port",
                    "Protocol", "network.transport",
                    "ApplicationProtocol", "network.protocol",
                    "Client", "network.application",
                    "IngressInterface", "observer.ingress.interface.name",
                    "EgressInterface", "observer.egress.interface.name",
                    "InitiatorPackets", "source.packets",
                    "ResponderPackets", "destination.packets",
                    "InitiatorBytes", "source.bytes",
                    "ResponderBytes", "destination.bytes",
                    "ConnectionDuration", "event.duration",
                    "AccessControlRuleName", "rule.name",
                    "SID", "rule.id",
                    "AccessControlRuleReason", "event.reason",
                    "FirstPacketSecond", "event.start",
                    "User", "user.name",
                    "UserAgent", "user_agent.original",
                    "HTTPResponse", "http.response.status_code",
                    "DNSQuery", "dns.question.name",
                    "DNS_TTL", "",
                    "DNSRecordType", "dns.question.type",
                    "DNSResponseType", "dns.response_code",
                    "FileName", "file.name",
                    "FileSHA256", "file.hash.sha256",
                    "EventPriority", "log.level",
                    "Message", "message",
                    "URL", "",
                    "URI", "");

    /// The parser.
    public CiscoAsa() {}

    @Override
    public String name() {
        return "cisco_asa";
    }

    @Override
    public String about() {
        return "Cisco ASA, PIX, FWSM and Secure Firewall (FTD)";
    }

    @Override
    public List<String> signs() {
        return List.of(
                "%ASA-",
                "%FTD-",
                "%PIX-",
                "%FWSM-",
                "ASA-",
                "FTD-",
                "Group <",
                "connection denied from",
                "Deny ",
                " translation from ",
                "Accessed URL",
                "connection for faddr",
                "No matching connection for ICMP",
                "Task ran for ");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Matcher head = HEAD.matcher(line.text());
        if (!head.find()) {
            return readBare(line, out);
        }
        String number = head.group(3);
        String message = line.text().substring(head.end());
        out.of(head.group(1).equals("FTD") ? "cisco_ftd" : name(), "")
                .device("Cisco", head.group(1))
                .put("event.code", number)
                .put("log.level", level(head.group(2)));
        if (number.startsWith("4300")) {
            event(number, message, line, out);
        } else {
            message(number, message, out);
        }
        return true;
    }

    /// Without the head, which some relays take off, only messages that are known count.
    private boolean readBare(LogLine line, LogDraft out) {
        String message = line.body().strip();
        out.of(name(), "").device("Cisco", "ASA");
        boolean isKnown = AsaMessages.read(message, out) || message.startsWith("Task ran for ");
        if (isKnown) {
            out.is("network", "info");
            normal(out);
        }
        return isKnown;
    }

    private static void message(String number, String message, LogDraft out) {
        out.put("message", message);
        boolean isKnown = AsaMessages.read(message, out);
        if (number.equals("611103")) {
            out.put("event.outcome", "success");
        }
        out.is(category(number), isKnown ? type(number, message) : "info");
        if (number.equals("199019")) {
            out.put(
                    "event.action",
                    message.replaceFirst("^[^:]{0,40}(?::\\d\\d){2}\\s+\\S+:\\s*", ""));
        }
        if (message.contains("aborted due to ERROR")) {
            out.put("event.action", "connection-error");
        }
        normal(out);
    }

    private static void normal(LogDraft out) {
        out.put("network.transport", out.text("network.transport").toLowerCase(Locale.ROOT));
        out.put("network.direction", out.text("network.direction").toLowerCase(Locale.ROOT));
        switch (out.text("event.outcome").toLowerCase(Locale.ROOT)) {
            case "successful", "permitted", "succeeded", "accepted" ->
                    out.put("event.outcome", "success");
            case "rejected", "denied", "failed" -> out.put("event.outcome", "failure");
            default -> {}
        }
        String url = out.text("url.original");
        if (!url.isEmpty()) {
            out.url(url);
        }
        String user = out.text("user.name");
        int at = user.indexOf('@');
        if (at > 0 && out.has("user.domain")) { // DOMAIN\name@host
            out.put("user.name", user.substring(0, at));
            out.orElse("host.name", user.substring(at + 1));
        }
        if (user.chars().allMatch(c -> c == '*')) {
            out.remove("user.name");
        }
    }

    private static String category(String number) {
        return switch (number.substring(0, 3)) {
            case "611", "605", "308" -> "authentication";
            case "113" -> number.equals("113019") ? "session" : "authentication";
            case "109" -> number.equals("109201") ? "iam" : "authentication";
            case "716" -> number.equals("716039") ? "authentication" : "network";
            default -> "network";
        };
    }

    private static String type(String number, String message) {
        return switch (number) {
            case "113019", "611103" -> "end";
            case "113004", "113005", "113015", "605004", "605005", "611101", "611102", "716039" ->
                    "start";
            case "109201" -> "user";
            case "750003" -> "connection,error";
            default ->
                    number.startsWith("716") || number.startsWith("722")
                            ? "connection"
                            : message.startsWith("Deny") || message.contains("denied")
                                    ? "connection,denied"
                                    : message.startsWith("Built")
                                            ? "connection,start"
                                            : message.startsWith("Teardown")
                                                    ? "connection,end"
                                                    : "info";
        };
    }

    /// 430001 intrusion, 430002 and 430003 begin and end of a connection, 430004 file, 430005
    /// malware.
    private static void event(String number, String message, LogLine line, LogDraft out) {
        Pairs pairs = Pairs.separated(message, 0, ',', ':');
        out.remove("log.level");
        EVENTS.apply(pairs, line, "cisco_ftd", out);
        out.url(pairs.first("URL", "URI"));
        String client = out.text("network.application").toLowerCase(Locale.ROOT);
        out.put("network.application", client);
        switch (number) {
            case "430001" ->
                    out.is("intrusion_detection", "info").put("event.action", "intrusion-detected");
            case "430002" ->
                    out.is("network", "connection,start").put("event.action", "connection-started");
            case "430003" ->
                    out.is("network", "connection,end").put("event.action", "connection-finished");
            case "430004" -> out.is("file", "info").put("event.action", "file-detected");
            case "430005" -> out.is("malware", "info").put("event.action", "malware-detected");
            default -> out.is("network", "info");
        }
    }

    private static String level(String digit) {
        return switch (digit) {
            case "0" -> "emergency";
            case "1" -> "alert";
            case "2" -> "critical";
            case "3" -> "error";
            case "4" -> "warning";
            case "5" -> "notification";
            case "6" -> "informational";
            default -> "debugging";
        };
    }
}
