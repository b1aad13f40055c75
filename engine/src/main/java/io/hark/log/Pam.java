package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.Accounts;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.format.log.Saying;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Linux-PAM: what its modules say through whichever program uses them.
///
/// *Source*: Linux-PAM, `pam_syslog` (`module(service:type): …`), the older `service(module)[pid]:
/// …`; pam_unix, pam_faillock, pam_winbind, pam_sss, pam_systemd.
public final class Pam implements LineParser {

    private static final Pattern HEAD =
            Pattern.compile("(pam_[a-z0-9_]{1,32})\\(([^:()]{1,64}):([a-z]{1,16})\\): ");
    private static final Pattern OLD_TAG =
            Pattern.compile("([A-Za-z0-9_.-]{1,64})\\((pam_[a-z0-9_]{1,32})\\)\\[\\d{1,10}\\]: ");

    private static final String AUTH = "authentication";

    private static final List<Saying> SAYINGS =
            List.of(
                    Saying.of(
                            "session opened for user {user.name}[(uid={:number})][ by[ {:word}](uid={:number})]",
                            "session",
                            "start",
                            "success"),
                    Saying.of("session closed for user {user.name}", "session", "end", "success"),
                    Saying.of("{:text}authentication failure{=s|}; ", AUTH, "end", "failure"),
                    Saying.of("authentication success; ", AUTH, "start", "success"),
                    Saying.of("check pass; user unknown", AUTH, "end", "failure"),
                    Saying.of("user \\[{user.name}\\] ", AUTH, "info", ""),
                    Saying.of(
                            "user '{user.name:text}' granted access",
                            "session",
                            "start",
                            "success"),
                    Saying.of("user '{user.name:text}' {:text}denied", "session", "end", "failure"),
                    Saying.of(
                            "Consecutive login failures for user {user.name} account {event.reason:rest}",
                            AUTH,
                            "end",
                            "failure"),
                    Saying.of("User unknown", AUTH, "end", "failure"),
                    Saying.of("{=Failed|failed|Cannot|cannot} ", "session", "end", "failure"),
                    Saying.of("account {user.name} has expired", AUTH, "end", "failure"),
                    Saying.of("password changed for {user.name}", "iam", "change,user", "success"));

    /// Of the library itself, without a module.
    private static final List<Saying> LIBRARY =
            List.of(
                    Saying.of(
                            "PAM adding faulty module: {file.name:rest}",
                            "library",
                            "start",
                            "failure"),
                    Saying.of(
                            "PAM unable to dlopen({file.name:text}): {event.reason:rest}",
                            "library",
                            "start",
                            "failure"),
                    Saying.of(
                            "PAM service({process.name}) ignoring max retries",
                            "session",
                            "start",
                            "failure"),
                    Saying.of(
                            "PAM {:number} more authentication failure{=s|}; ",
                            AUTH,
                            "end",
                            "failure"));

    /// The parser.
    public Pam() {}

    @Override
    public String name() {
        return "pam";
    }

    @Override
    public String about() {
        return "Linux-PAM modules, whichever program uses them";
    }

    @Override
    public List<String> signs() {
        return List.of(
                "(pam_",
                "pam_",
                "PAM adding",
                "PAM unable",
                "PAM service(",
                " more authentication failure");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String text = line.tagged();
        Matcher head = HEAD.matcher(text);
        Matcher old = OLD_TAG.matcher(text);
        if (old.lookingAt()) {
            out.put("process.name", old.group(1)).more("pam.module", old.group(2));
            text = text.substring(old.end());
        } else if (head.find()) {
            out.put("process.name", head.group(2)).more("pam.module", head.group(1));
            out.more("pam.type", head.group(3));
            text = text.substring(head.end());
        } else {
            text = line.body().strip();
            if (!Saying.readAny(LIBRARY, text, out)) {
                return false;
            }
        }
        out.of(name(), "").put("message", text);
        if (!out.has("event.category") && !Saying.readAny(SAYINGS, text, out)) {
            out.is("authentication", "info");
        }
        int pairs = text.indexOf("; logname=");
        if (pairs >= 0) {
            Pairs facts = Pairs.spaced(text, pairs + 2);
            out.put("user.name", facts.get("user")).put("source.user.name", facts.get("ruser"));
            out.put("source.ip", facts.get("rhost")).more("pam.tty", facts.get("tty"));
        }
        Accounts.apart(out);
        return true;
    }
}
