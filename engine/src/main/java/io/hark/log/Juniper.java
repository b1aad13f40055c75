package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.format.log.Template;
import io.hark.format.log.Transports;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Juniper Junos: SRX sessions in both forms (`RT_FLOW_SESSION_CLOSE: …`, `[junos@2636… k="v"]`),
/// screens and intrusions, the management daemon, firewall filters (`FW: …`).
///
/// *Source*: Junos OS System Log Messages Reference; SRX Series, Understanding System Logging for
/// Security Devices.
public final class Juniper implements LineParser {

    private static final Pattern EVENT =
            Pattern.compile("\\b([A-Z][A-Z0-9]{1,15}_[A-Z0-9_]{2,60})(?::| \\[junos@|$)");

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "source-address", "source.ip",
                    "source-port", "source.port",
                    "bytes-from-client", "source.bytes",
                    "packets-from-client", "source.packets",
                    "nat-source-address", "source.nat.ip",
                    "nat-source-port", "source.nat.port",
                    "destination-address", "destination.ip",
                    "destination-port", "destination.port",
                    "bytes-from-server", "destination.bytes",
                    "packets-from-server", "destination.packets",
                    "nat-destination-address", "destination.nat.ip",
                    "nat-destination-port", "destination.nat.port",
                    "protocol-id", "",
                    "protocol-name", "network.transport",
                    "policy-name", "rule.name",
                    "rule-name", "rule.name",
                    "attack-name", "rule.name",
                    "elapsed-time", "event.duration",
                    "packet-incoming-interface", "observer.ingress.interface.name",
                    "interface-name", "observer.ingress.interface.name",
                    "destination-interface-name", "observer.egress.interface.name",
                    "application", "network.application",
                    "service-name", "network.protocol",
                    "username", "user.name",
                    "action", "event.action",
                    "reason", "event.reason",
                    "url", "url.original",
                    "message", "message");

    private static final String PAIR =
            "{source.ip}/{source.port}->{destination.ip}/{destination.port} [{=0x}{} ]";
    private static final String NAT =
            "{network.protocol} {source.nat.ip}/{source.nat.port}->{destination.nat.ip}/{destination.nat.port} [{=0x}{} ]{:text} ";

    private static final List<Template> MESSAGES =
            Stream.of(
                            "session closed {event.reason:text}: "
                                    + PAIR
                                    + NAT
                                    + "{network.transport:number} {rule.name} {} {} {:number} {source.packets}({source.bytes}) {destination.packets}({destination.bytes}) {event.duration}"
                                    + "[ {} {} {}({}) {observer.ingress.interface.name}]",
                            "session created "
                                    + PAIR
                                    + NAT
                                    + "{network.transport:number} {rule.name} {} {} {:number}[ {}({}) {observer.ingress.interface.name}]",
                            "session denied "
                                    + PAIR
                                    + "{network.protocol} {network.transport:number}({:number}) {rule.name}",
                            "Authenticated user '{user.name:text}'",
                            "User '{user.name:text}' command '{process.command_line:text}'",
                            "User '{user.name:text}' {:text}",
                            "Starting child '{process.name:text}'",
                            "Cleanup child '{process.name:text}', PID {process.pid}",
                            "{:text} source: {source.ip}[:{source.port}], destination: {destination.ip}[:{destination.port}]")
                    .map(Template::of)
                    .toList();

    private static final List<Template> FILTERS =
            Stream.of(
                            "FW: {observer.ingress.interface.name} {event.action=A|D|R} [{=[0-9a-f]+(?::[0-9a-f]+)?} ]{source.mac}[ ->] {destination.mac} {:text}{network.transport=tcp|udp|icmp|TCP|UDP|ICMP|\\d+} {source.ip} {destination.ip} {source.port} {destination.port} (",
                            "FW: {observer.ingress.interface.name} {event.action=A|D|R} {network.transport} {source.ip} {destination.ip} {source.port} {destination.port} (")
                    .map(Template::of)
                    .toList();

    /// The parser.
    public Juniper() {}

    @Override
    public String name() {
        return "junos";
    }

    @Override
    public String about() {
        return "Juniper Junos: SRX sessions, screens, management, firewall filters";
    }

    @Override
    public List<String> signs() {
        return List.of(
                "RT_FLOW",
                "RT_IDP",
                "RT_UTM",
                "RT_SCREEN",
                "APPTRACK_",
                "WEBFILTER_",
                "[junos@2636",
                " FW: ",
                "FW: ",
                ": UI_",
                ": L2ALD_",
                ": SNMP_",
                ": LOGIN_",
                ": CHASSISD_");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String body = line.body();
        out.of(name(), "").device("Juniper", "Junos");
        int filter = body.indexOf("FW: ");
        if (filter >= 0 && Template.readAny(FILTERS, body.substring(filter), out)) {
            filter(out);
            return true;
        }
        Matcher event = EVENT.matcher(line.tagged());
        boolean isFound = event.find();
        if (isFound && event.group(1).equals(line.app())) { // the tag in front
            isFound = event.find();
        }
        if (!isFound) {
            return false;
        }
        String id = event.group(1);
        int brackets = line.text().indexOf("[junos@");
        if (brackets >= 0) {
            Pairs pairs =
                    Pairs.spaced(line.text().substring(brackets).replaceFirst("\\]\\s*$", ""), 0);
            FIELDS.apply(pairs, line, name(), out);
            out.put("network.transport", Transports.name(pairs.get("protocol-id")));
        } else {
            Template.readAny(MESSAGES, line.tagged().substring(event.end()).strip(), out);
            out.put("network.transport", Transports.name(out.text("network.transport")));
        }
        out.put("event.action", id);
        kind(id, out);
        return true;
    }

    private static void filter(LogDraft out) {
        String action = out.text("event.action");
        out.put(
                "event.action",
                action.equals("A") ? "accept" : action.equals("R") ? "reject" : "discard");
        out.put("network.transport", Transports.name(out.text("network.transport")));
        out.is("network", "info");
    }

    private static void kind(String id, LogDraft out) {
        if (id.startsWith("RT_FLOW_SESSION")) {
            String last = id.substring(id.lastIndexOf('_') + 1).toLowerCase(Locale.ROOT);
            out.is(
                    "network,session",
                    last.startsWith("close")
                            ? "connection,end"
                            : last.startsWith("deny") ? "connection,denied" : "connection,start");
            out.put("event.outcome", last.startsWith("deny") ? "failure" : "success");
        } else if (id.startsWith("RT_IDP") || id.startsWith("RT_SCREEN")) {
            out.is("intrusion_detection,network", "info");
        } else if (id.equals("UI_AUTH_EVENT") || id.startsWith("LOGIN_")) {
            out.is("authentication", "start");
            out.put("event.outcome", id.contains("FAIL") ? "failure" : "success");
        } else if (id.startsWith("UI_")) {
            boolean isStart = id.equals("UI_CHILD_START");
            boolean isRead = id.equals("UI_CMDLINE_READ_LINE");
            out.is("process", isStart ? "start" : isRead ? "access" : "info");
            out.put("event.outcome", isStart || isRead ? "success" : "");
        } else {
            out.is("network", "info");
        }
    }
}
