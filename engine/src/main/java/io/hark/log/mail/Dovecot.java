package io.hark.log.mail;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import java.util.List;

/// Dovecot: who reads mail.
///
/// *Source*: Dovecot's documentation, "Logging", `login_log_format_elements`: `imap-login: Login:
/// user=<name>, method=PLAIN, rip=…, lip=…`.
public final class Dovecot implements LineParser {

    private static final int MAPPED = "::ffff:".length();

    /// The parser.
    public Dovecot() {}

    @Override
    public String name() {
        return "dovecot";
    }

    @Override
    public String about() {
        return "Dovecot: IMAP, POP3 and their logins";
    }

    @Override
    public List<String> signs() {
        return List.of("dovecot", "imap-login: ", "pop3-login: ", "auth(default): ");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String text = line.tagged().strip();
        boolean isTagged = line.app().startsWith("dovecot");
        boolean isLogin = text.contains("imap-login: ") || text.contains("pop3-login: ");
        if (!isTagged && !isLogin && !text.contains("auth(default): ")) {
            return false;
        }
        out.of(name(), "").put("message", line.body());
        Pairs facts = Pairs.separated(text, Math.max(0, text.indexOf("user=<")), ',', '=');
        out.put("user.name", facts.text("user").replaceAll("[<>]", ""));
        out.put("source.ip", plain(facts.text("rip")))
                .put("destination.ip", plain(facts.text("lip")));
        out.put("source.port", facts.get("rport")).put("destination.port", facts.get("lport"));
        out.more("dovecot.method", facts.get("method"));
        out.put(
                "network.protocol",
                text.contains("pop3") ? "pop3" : text.contains("imap") ? "imap" : "");
        if (text.contains("Login: ")) {
            out.is("authentication", "start").put("event.outcome", "success");
        } else if (text.contains("auth failed")
                || text.contains("Aborted login")
                || text.contains("authenticate() failed")
                || text.contains("unknown user")
                || text.contains("Authentication Failure")
                || text.contains("user not found")) {
            out.is("authentication", "end").put("event.outcome", "failure");
        } else {
            out.is(isLogin ? "network" : "email", isLogin ? "end" : "info");
        }
        return true;
    }

    private static String plain(String address) {
        return address.startsWith("::ffff:") ? address.substring(MAPPED) : address;
    }
}
