package io.hark.log.cisco;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.format.log.Template;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Cisco IOS, IOS XE and NX-OS: `%FACILITY-5-MNEMONIC: message`.
///
/// *Source*: Cisco IOS System Message Guide; Cisco NX-OS System Messages Reference.
public final class CiscoIos implements LineParser {

    private static final Pattern HEAD =
            Pattern.compile(
                    "%([A-Z][A-Z0-9_]{1,32})-(?:[A-Z0-9_]{1,16}-)?([0-7])-([A-Z0-9_]{1,48}):? ");

    private static final String ON = "{:text}({source.ip})";

    private static final List<Template> MESSAGES =
            Stream.of(
                            "Username: {user} Privilege level: {:number} Command: {process.command_line:rest}",
                            "Authentication to privilege level {:number} failed by {user} on " + ON,
                            "Privilege level set to {:number} by {user} on " + ON,
                            "Configured from {:text} by {user} on " + ON,
                            "Configured from {:text} by {user}",
                            "Configured programmatically by {:text} from {:text} as {user} on "
                                    + ON,
                            "System config parse from ({url.original:text}) failed",
                            "{:text}User '{user.name:text}' authenticated successfully from {source.ip}:{source.port}[ and was authorized] for {network.protocol:text}. External",
                            "{:text}MAC sa: {source.mac}",
                            "Duplicate address {source.ip} on {observer.ingress.interface.name:text}, sourced by {source.mac}",
                            "Line protocol on Interface {observer.ingress.interface.name}, changed state to {event.action}",
                            "Interface {observer.ingress.interface.name}, changed state to {event.action:rest}",
                            "Interface {observer.ingress.interface.name} [(description:{:text}) ]is {event.action}[ {event.reason:rest}]",
                            "Login {=Success|failed} \\[user: {user.name:text}\\] \\[Source: {source.ip}\\] \\[localport: {destination.port}\\]",
                            "Authentication failed for client ({source.mac}) on Interface {observer.ingress.interface.name}",
                            "Host {source.mac} in vlan {:number} is flapping",
                            "{:text} error detected on {observer.ingress.interface.name:text}, putting {:text} in {event.action} state",
                            "Security violation occurred, caused by MAC address {source.mac} on port {observer.ingress.interface.name}",
                            "Received BPDU from bridge {source.mac} on port {observer.ingress.interface.name}",
                            "SSH Session from {source.ip} (tty = {:number}) for user '{user.name:text}' using",
                            "SSH2 Session {=request|request} from {source.ip} (tty = {:number})",
                            "SSH2 Session from {source.ip} (tty = {:number}) for user '{user.name:text}' using",
                            "(exec timer expired, tty {:number} ({source.ip})), user {user}",
                            "user with username: {user} configured",
                            "list {rule.name} {event.action=permitted|denied} {network.transport} {source.ip}({source.port})[ ({observer.ingress.interface.name:text} {source.mac})]"
                                    + " -> {destination.ip}({destination.port}), {:number} packet",
                            "list {rule.name} {event.action=permitted|denied} {network.transport} {source.ip} -> {destination.ip}",
                            "list {rule.name} {event.action=permitted|denied} {source.ip} {:number} packet",
                            "list {rule.name} {event.action=permitted|denied} {network.transport} {source.ip} -> {destination.ip} ({:text}), {:number} packet",
                            "User {user} has exited tty session {:word}({source.ip})",
                            "User:{user} logged command:{process.command_line:rest}",
                            "Authentication failure for SNMP req from host {source.ip}",
                            "{:text}Terminating the connection from {source.ip}",
                            "Starting '{:word}' for client ({source.mac}) on Interface {observer.ingress.interface.name}",
                            "Authorization {event.outcome=succeeded|failed} for client ({source.mac}) on Interface {observer.ingress.interface.name}",
                            "Authentication successful for client ({source.mac}) on Interface {observer.ingress.interface.name}",
                            "Authentication result '{event.reason:text}' from '{:word}' for client ({source.mac}) on Interface {observer.ingress.interface.name}",
                            "{:number} Invalid ARPs ({:word}) on {observer.ingress.interface.name:text}, vlan {:number}.(\\[{source.mac}/{source.ip}/{destination.mac}/{destination.ip}/",
                            "neighbor {source.ip} {event.action}[ {event.reason:rest}]",
                            "Process {:word}, Nbr {source.ip} on {observer.ingress.interface.name} from {:word} to {event.action},",
                            "{:text}is duplicate of local, {source.ip} ",
                            "pam_aaa:Authentication failed[ for user {user}] from {source.ip}",
                            "error: PAM: Authentication failure for [illegal user ]{user} from {source.ip}",
                            "User:{user} executed the command:{process.command_line:rest}")
                    .map(Template::of)
                    .toList();

    /// The parser.
    public CiscoIos() {}

    @Override
    public String name() {
        return "cisco_ios";
    }

    @Override
    public String about() {
        return "Cisco IOS, IOS XE and NX-OS system messages";
    }

    @Override
    public List<String> signs() {
        return List.of("-0-", "-1-", "-2-", "-3-", "-4-", "-5-", "-6-", "-7-");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Matcher head = HEAD.matcher(line.text());
        if (!head.find()) {
            return false;
        }
        String mnemonic = head.group(3);
        String message = line.text().substring(head.end());
        boolean isNexus =
                line.text().substring(0, head.start()).matches(".{0,80}\\d{4} [A-Z][a-z]{2} .*");
        out.of(isNexus ? "cisco_nxos" : name(), "")
                .device("Cisco", isNexus ? "NX-OS" : "IOS")
                .put("event.code", mnemonic);
        out.put("message", message);
        Template.readAny(MESSAGES, message.replaceFirst("^Switch \\d+ \\S+ ", ""), out);
        kind(head.group(1), mnemonic, out);
        String url = out.text("url.original");
        if (!url.isEmpty()) {
            out.url(url);
        }
        return true;
    }

    private static void kind(String facility, String mnemonic, LogDraft out) {
        if (mnemonic.startsWith("LOGIN_")
                || mnemonic.startsWith("AUTH_")
                || mnemonic.equals("PRIV_AUTH_FAIL")
                || facility.equals("MAB")
                || facility.equals("DOT1X")) {
            out.is("authentication", "start");
            out.put("event.outcome", mnemonic.contains("FAIL") ? "failure" : "success");
        } else if (mnemonic.startsWith("CONFIG_") || mnemonic.equals("USERNAME_CONFIGURATION")) {
            out.is("configuration", "info");
        } else if (facility.equals("SSH")) {
            out.is("session", mnemonic.endsWith("CLOSE") ? "end" : "info");
        } else if (mnemonic.startsWith("IPACCESSLOG")) {
            out.is("network", out.text("event.action").equals("denied") ? "denied" : "allowed");
        } else {
            out.is("host", "info");
        }
    }
}
