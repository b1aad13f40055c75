package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.format.log.Saying;
import java.util.List;

/// Programs by which somebody becomes somebody else: sudo, su, doas.
///
/// *Source*: sudo, sudoers(5) "Event logging"; shadow and util-linux, su(1); OpenBSD doas(1).
public final class Elevation implements LineParser {

    private static final List<Saying> SU =
            List.of(
                    Saying.of(
                            "BAD SU {source.user.name} to {user.name}",
                            "authentication",
                            "end",
                            "failure"),
                    Saying.of(
                            "FAILED {=su|SU} [(to ][for ]{user.name}[)] [by ]{source.user.name}",
                            "authentication",
                            "end",
                            "failure"),
                    Saying.of(
                            "Successful su for {user.name} by {source.user.name}",
                            "authentication",
                            "start",
                            "success"),
                    Saying.of(
                            "(to {user.name}) {source.user.name} on {:word}",
                            "authentication",
                            "start",
                            "success"),
                    Saying.of(
                            "{source.user.name} to {user.name} on {:word}",
                            "authentication",
                            "start",
                            "success"),
                    Saying.of(
                            "+ {:word} {source.user.name}:{user.name}",
                            "authentication",
                            "start",
                            "success"),
                    Saying.of(
                            "- {:word} {source.user.name}:{user.name}",
                            "authentication",
                            "end",
                            "failure"));

    private static final List<Saying> DOAS =
            List.of(
                    Saying.of(
                            "{source.user.name} ran command[ {:text}] as {user.name}: {process.command_line:rest}",
                            "process",
                            "start",
                            "success"),
                    Saying.of(
                            "command not permitted for {source.user.name}: {process.command_line:rest}",
                            "process",
                            "denied",
                            "failure"),
                    Saying.of(
                            "failed auth for {source.user.name}",
                            "authentication",
                            "end",
                            "failure"));

    /// The parser.
    public Elevation() {}

    @Override
    public String name() {
        return "sudo";
    }

    @Override
    public String about() {
        return "sudo, su and doas";
    }

    @Override
    public List<String> signs() {
        return List.of("sudo", " su: ", " su[", "doas");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String program = line.app();
        String text = line.body().strip();
        switch (program) {
            case "sudo" -> sudo(text, out);
            case "su" -> other(SU, text, out);
            case "doas" -> other(DOAS, text, out);
            default -> {
                return false;
            }
        }
        out.of(program, "").put("message", text);
        return true;
    }

    private static void other(List<Saying> sayings, String text, LogDraft out) {
        if (!Saying.readAny(sayings, text, out)) {
            out.is("authentication", "info");
        }
    }

    /// `who : what went wrong ; TTY=… ; PWD=… ; USER=… ; COMMAND=…`
    private static void sudo(String text, LogDraft out) {
        int colon = text.indexOf(" : ");
        if (colon < 0) {
            out.is("process", "info");
            return;
        }
        int command = text.indexOf("COMMAND=", colon);
        String head = command < 0 ? text : text.substring(0, command);
        Pairs facts = Pairs.separated(head, colon + 3, ';', '=');
        out.put("source.user.name", text.substring(0, colon)).put("user.name", facts.get("USER"));
        out.more("sudo.tty", facts.get("TTY")).more("sudo.pwd", facts.get("PWD"));
        if (command >= 0) {
            out.put("process.command_line", text.substring(command + "COMMAND=".length()));
        }
        int end = head.indexOf(" ;", colon + 3);
        String first = head.substring(colon + 3, end < 0 ? head.length() : end);
        boolean isRefused = first.indexOf('=') < 0;
        if (isRefused) {
            out.put("event.reason", first);
        }
        out.is("process", isRefused ? "denied" : "start");
        out.put("event.outcome", isRefused ? "failure" : "success");
    }
}
