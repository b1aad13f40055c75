package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.format.log.Template;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Barracuda CloudGen Firewall: the severity, the box, and what a service says; its firewall writes
/// `Allow: LOUT|UDP|eth0|…`.
///
/// *Source*: Barracuda CloudGen Firewall, How to Configure Syslog Streaming, Available Log Files
/// and Structure.
public final class Barracuda implements LineParser {

    private static final Pattern HEAD =
            Pattern.compile("(Info|Notice|Security|Warning|Error|Fatal|Panic) {1,8}(\\S{1,64}) +");

    private static final String ACTIVITY =
            "{event.action=Allow|LocalAllow|Block|LocalBlock|Deny|Drop|Remove|LocalRemove|Detect|Fail|Scan}: {:text}|{network.transport:text}|{observer.ingress.interface.name:text}|"
                    + "{source.ip:text}|{source.port:text}|{source.mac:text}|{destination.ip:text}|{destination.port:text}|{network.protocol:text}|{observer.egress.interface.name:text}|"
                    + "{rule.name:text}|{:text}|{source.nat.ip:text}|{destination.nat.ip:text}|{event.duration:text}|{:text}|{destination.bytes:text}|{source.bytes:text}|"
                    + "{destination.packets:text}|{source.packets:text}|";

    /// A message, and what it is about.
    private record Said(Template template, String category, String type) {

        static Said of(String category, String type, String template) {
            return new Said(Template.of(template), category, type);
        }
    }

    private static final List<Said> MESSAGES =
            Stream.of(
                            Said.of("network", "info", ACTIVITY),
                            Said.of(
                                    "authentication",
                                    "start",
                                    "[LOGIN ATTEMPT: ]{process.name}\\[{process.pid}\\]: Login {user.name:text}_{:text} from {source.ip} : {event.outcome=Allowed|Denied}"),
                            Said.of(
                                    "authentication",
                                    "end",
                                    "{process.name}\\[{process.pid}\\]: Session {user.name:text}_{:text}: Closed"),
                            Said.of(
                                    "authentication",
                                    "start",
                                    "{source.ip}:{source.port} login {:text}: {user.name:text}_"),
                            Said.of(
                                    "authentication",
                                    "info",
                                    "Received {:number} users from {dns.question.name} ({:text}IP = {dns.answers:text})"),
                            Said.of("authentication", "info", "MSAD-{:text}"),
                            Said.of("session", "start", "Session from {source.ip}:{source.port}"),
                            Said.of(
                                    "session",
                                    "start",
                                    "New Session GCSID_{user.name:text}_{:text}_{source.ip=[0-9.]+}_{source.port}_"),
                            Said.of(
                                    "file",
                                    "info",
                                    "\\[{user.name:text}@{source.ip}_{source.port}\\] {message:rest}"),
                            Said.of(
                                    "network",
                                    "info",
                                    "event: \\[{:number}\\] {event.action} Event from {:word} - ({:text}|{:text}|{:text}|{:text}|{:text}|{:text}|{:text}|{:text}|{:text}|{network.transport=TCP|UDP|ICMP} {source.ip}:{source.port} ({observer.ingress.interface.name:text}) -> {destination.ip}:{destination.port}"),
                            Said.of(
                                    "network",
                                    "info",
                                    "event: \\[{:number}\\] {event.action} Event {:text} to Control Center {destination.ip}"),
                            Said.of(
                                    "network",
                                    "info",
                                    "event: \\[{:number}\\] {event.action} Event"),
                            Said.of("network", "info", "control: {message:rest}"))
                    .toList();

    /// The parser.
    public Barracuda() {}

    @Override
    public String name() {
        return "barracuda_cloudgen";
    }

    @Override
    public String about() {
        return "Barracuda CloudGen Firewall";
    }

    @Override
    public List<String> signs() {
        return List.of(
                "Info     ",
                "Notice   ",
                "Security ",
                "Warning  ",
                "Error    ",
                "Fatal    ",
                "Panic    ");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        boolean hasHost = !HEAD.matcher(line.afterStamp()).lookingAt(); // a relay put one in
        String text = hasHost ? line.tagged() : line.afterStamp();
        Matcher head = HEAD.matcher(text);
        if (!head.lookingAt()) {
            return false;
        }
        String message = text.substring(head.end());
        out.of(name(), "").device("Barracuda", "CloudGen Firewall");
        out.put("message", message);
        say(message, out);
        out.put("log.level", head.group(1));
        String outcome = out.text("event.outcome");
        if (!outcome.isEmpty()) {
            out.put("event.outcome", outcome.equals("Allowed") ? "success" : "failure");
        } else if (message.endsWith(": Closed")) {
            out.put("event.outcome", "success");
        }
        return true;
    }

    private static void say(String message, LogDraft out) {
        for (Said said : MESSAGES) {
            if (said.template.read(message, out)) {
                out.is(said.category, said.type);
                return;
            }
        }
        out.is("process", "info");
    }
}
