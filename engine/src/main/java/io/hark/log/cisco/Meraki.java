package io.hark.log.cisco;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.format.log.Template;
import java.util.List;
import java.util.stream.Stream;

/// Cisco Meraki MX: `1673277245.252 NAME flows src=… dst=… pattern: 1 all`.
///
/// *Source*: Cisco Meraki, Syslog Event Types and Log Samples.
public final class Meraki implements LineParser {

    private static final String PAIR =
            "src={source.ip} dst={destination.ip} [mac={source.mac} ]protocol={network.transport} [sport={source.port} dport={destination.port} ]";

    private static final List<Template> MESSAGES =
            Stream.of(
                            "{=firewall|vpn_firewall|cellular_firewall|bridge_anyconnect_client_vpn_firewall} "
                                    + PAIR
                                    + "pattern: {event.action=allow|deny|0|1}",
                            "flows {event.action=allow|deny} src={source.ip} dst={destination.ip} [mac={source.mac} ]protocol={network.transport}[ sport={source.port} dport={destination.port}]",
                            "flows " + PAIR + "pattern: {event.action=allow|deny|0|1}",
                            "{=ip_flow_start|ip_flow_end} "
                                    + PAIR
                                    + "translated_src_ip={source.nat.ip} translated_port={source.nat.port}",
                            "{=ip_flow_start|ip_flow_end} "
                                    + PAIR
                                    + "translated_dst_ip={destination.nat.ip} translated_port={destination.nat.port}",
                            "urls src={source.ip}:{source.port} dst={destination.ip}:{destination.port} mac={source.mac} [agent='{user_agent.original:text}' ]request: {http.request.method} {url.original:rest}",
                            "events dhcp lease of ip {source.ip} from {:text}mac {destination.mac} for client mac {source.mac}",
                            "events dhcp no offers for mac {source.mac}",
                            "events {event.action=anyconnect_vpn_connect|anyconnect_vpn_disconnect|client_vpn_connect} user id '{user.name:text}' local ip {source.nat.ip} {:text}from {source.ip}",
                            "events type={event.action} msg= '{:text}Server IP={destination.ip} Server port={destination.port} [Prot\\[{network.transport:text}\\] ]Peer IP={source.ip} Peer port={source.port} [User={user.name:text}: ]{message:rest}",
                            "security_event {event.action} [{:text} ]timestamp={:word} {:text}src={source.ip}:{source.port} dst={destination.ip}:{destination.port} {message:rest}",
                            "ids-alerts signature={rule.id} {:text}direction={network.direction} protocol={network.transport=[a-z]+}[/ip] src={source.ip}:{source.port}[ dst={destination.ip}:{destination.port}]",
                            "{=airmarshal_events|l7_firewall|events} {message:rest}")
                    .map(Template::of)
                    .toList();

    /// What messages say in pairs.
    private static final FieldMap FIELDS =
            FieldMap.of(
                    "src", "",
                    "dst", "",
                    "sport", "",
                    "dport", "",
                    "protocol", "",
                    "mac", "",
                    "msg", "",
                    "client_mac", "source.mac",
                    "client_ip", "source.ip",
                    "identity", "user.name",
                    "server", "destination.ip",
                    "url", "url.original",
                    "category0", "rule.name",
                    "signature", "rule.id",
                    "sha256", "file.hash.sha256",
                    "name", "file.name",
                    "action", "event.action",
                    "agent", "user_agent.original",
                    "timestamp", "");

    /// The parser.
    public Meraki() {}

    @Override
    public String name() {
        return "cisco_meraki";
    }

    @Override
    public String about() {
        return "Cisco Meraki MX, MR and MS events, flows and URLs";
    }

    @Override
    public List<String> signs() {
        return List.of(
                " flows ",
                " firewall src=",
                "_firewall src=",
                " ip_flow_start ",
                " ip_flow_end ",
                " urls src=",
                " events ",
                " security_event ",
                " ids-alerts ",
                " airmarshal_events ",
                " l7_firewall ");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String[] parts = line.text().substring(start(line)).split(" ", 3);
        if (parts.length < 3 || !parts[0].matches("\\d{10}\\.\\d{1,9}")) {
            return false;
        }
        out.of(name(), word(parts[2])).device("Cisco", "Meraki");
        line.time("ts", parts[0], out);
        if (!Template.readAny(MESSAGES, parts[2], out)) {
            return false;
        }
        FIELDS.apply(Pairs.spaced(parts[2].replace('\'', '"'), 0), line, name(), out);
        out.put("host.name", parts[1]);
        verdict(parts[2], out);
        out.put("network.protocol", out.text("network.transport"));
        String user = out.text("user.name");
        int at = user.indexOf('@');
        if (at > 0) {
            out.put("user.name", user.substring(0, at)).put("user.domain", user.substring(at + 1));
        }
        out.url(out.text("url.original"));
        return true;
    }

    /// Behind the number of the protocol's version, where syslog was told to send it.
    private static int start(LogLine line) {
        String text = line.text();
        int at = text.startsWith("<") ? text.indexOf('>') + 1 : 0;
        return text.startsWith("1 ", at) ? at + 2 : at;
    }

    /// In `pattern: 0` the rule allowed, in `pattern: 1` it denied.
    private static void verdict(String message, LogDraft out) {
        String action = out.text("event.action");
        boolean isDenied = action.equals("1") || action.equals("deny");
        boolean isAllowed = action.equals("0") || action.equals("allow");
        if (isDenied || isAllowed) {
            out.put("event.action", isDenied ? "deny" : "allow");
            out.put("event.outcome", isDenied ? "deny" : "allow");
            out.is("network", isDenied ? "denied" : "allowed");
        } else if (action.endsWith("auth_success")) {
            out.put("event.outcome", "success").is("network", "allowed");
        } else {
            out.is(
                    message.startsWith("security_event") ? "intrusion_detection" : "network",
                    "info");
        }
    }

    private static String word(String message) {
        int end = message.indexOf(' ');
        return end < 0 ? message : message.substring(0, end);
    }
}
