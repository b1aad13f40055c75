package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.Accounts;
import io.hark.format.log.LogLine;
import io.hark.format.log.Saying;
import java.util.List;

/// OpenSSH's server.
///
/// *Source*: OpenSSH portable, the messages of sshd(8) at `LogLevel VERBOSE` (auth.c, auth2.c,
/// packet.c, session.c).
public final class Sshd implements LineParser {

    private static final String AUTH = "authentication";
    private static final String FROM = "from {source.ip}[ port {source.port}]";
    private static final String WHO = "[{=invalid|illegal} user ]{user.name:text} ";

    private static final List<Saying> SAYINGS =
            List.of(
                    Saying.of(
                            "Accepted {:word} for {user.name:text} " + FROM + "[ ssh2]",
                            AUTH,
                            "start",
                            "success"),
                    Saying.of("Accepted {=key|certificate} ", AUTH, "start", "success"),
                    Saying.of("Postponed {:word} for " + WHO + FROM, AUTH, "start", "success"),
                    Saying.of("Failed {:word} for " + WHO + FROM, AUTH, "end", "failure"),
                    Saying.of("Partial {:word} for " + WHO + FROM, AUTH, "start", "success"),
                    Saying.of("{=Invalid|Illegal} user " + FROM, AUTH, "end", "failure"),
                    Saying.of(
                            "{=Invalid|Illegal} user {user.name:text} " + FROM,
                            AUTH,
                            "end",
                            "failure"),
                    Saying.of(
                            "{=input_userauth_request|userauth_pubkey}: {=invalid|illegal} user {user.name:text} \\[preauth",
                            AUTH,
                            "end",
                            "failure"),
                    Saying.of(
                            "User {user.name:text} from {source.ip} not allowed because {event.reason:rest}",
                            AUTH,
                            "end",
                            "failure"),
                    Saying.of(
                            "User {user.name:text} not allowed because {event.reason:rest}",
                            AUTH,
                            "end",
                            "failure"),
                    Saying.of(
                            "maximum authentication attempts exceeded for " + WHO + FROM,
                            AUTH,
                            "end",
                            "failure"),
                    Saying.of(
                            "Disconnecting[ {=invalid|illegal|authenticating} user {user.name:text}] {source.ip} port {source.port}: {event.reason:rest}",
                            AUTH,
                            "end",
                            "failure"),
                    Saying.of(
                            "Authentication refused: {event.reason:rest}", AUTH, "end", "failure"),
                    Saying.of("ROOT LOGIN REFUSED " + FROM, AUTH, "end", "failure"),
                    Saying.of(
                            "Connection from {source.ip} port {source.port}[ on {destination.ip} port {destination.port}]",
                            "network",
                            "start",
                            "success"),
                    Saying.of(
                            "Connection {=closed|reset} by[ {=invalid|illegal|authenticating} user][ {user.name:text}] {source.ip} port {source.port}",
                            "network",
                            "end",
                            "success"),
                    Saying.of(
                            "{=Connection closed|Connection reset} by {source.ip}",
                            "network",
                            "end",
                            "success"),
                    Saying.of(
                            "Disconnected from[ {=user|invalid user|illegal user|authenticating user} {user.name:text}] {source.ip}[ port {source.port}]",
                            "network",
                            "end",
                            "success"),
                    Saying.of(
                            "Received disconnect from {source.ip}[ port {source.port}]:[ ]{:number}: [{event.reason:rest}]",
                            "network",
                            "end",
                            "success"),
                    Saying.of("Close session: {:text}" + FROM, "session", "end", "success"),
                    Saying.of(
                            "Starting session: {:text} for {user.name:text} " + FROM,
                            "session",
                            "start",
                            "success"),
                    Saying.of(
                            "Bad protocol version identification {:text} " + FROM,
                            "network",
                            "protocol",
                            "failure"),
                    Saying.of(
                            "banner exchange: Connection " + FROM + ": {event.reason:rest}",
                            "network",
                            "protocol",
                            "failure"),
                    Saying.of(
                            "Timeout before authentication for[ connection] [from ]{source.ip}[ port {source.port}]",
                            "session",
                            "end",
                            "failure"),
                    Saying.of(
                            "{=kex_exchange_identification|ssh_dispatch_run_fatal}: {event.reason:rest}",
                            "session",
                            "end",
                            "failure"),
                    Saying.of(
                            "Did not receive identification string " + FROM,
                            "session",
                            "end",
                            "failure"),
                    Saying.of(
                            "Unable to negotiate with {source.ip}[ port {source.port}]: {event.reason:rest}",
                            "session",
                            "end",
                            "failure"),
                    Saying.of(
                            "refused connect from {:text}[(]{source.ip}[)]",
                            "network",
                            "denied",
                            "failure"),
                    Saying.of(
                            "reverse mapping checking getaddrinfo for {source.domain} \\[{source.ip}",
                            "network",
                            "info",
                            ""),
                    Saying.of(
                            "Server listening on {destination.ip} port {destination.port}",
                            "process",
                            "start",
                            "success"));

    private static final String KEY = " SHA256:"; // in front of a key's fingerprint

    /// What stands before a message and says how bad it is.
    private static final List<String> LEVELS = List.of("error: ", "fatal: ", "debug1: ");

    /// The parser.
    public Sshd() {}

    @Override
    public String name() {
        return "sshd";
    }

    @Override
    public String about() {
        return "OpenSSH server";
    }

    @Override
    public List<String> signs() {
        return List.of(
                "sshd",
                "Accepted ",
                "Postponed ",
                "Failed ",
                "nvalid user",
                "llegal user",
                "not allowed because",
                "Disconnect",
                "isconnect from",
                "Connection from ",
                "Connection closed by",
                "Connection reset by",
                "Starting session: ",
                "Close session: ",
                "Bad protocol version",
                "Timeout before authentication",
                "kex_exchange_identification",
                "Did not receive identification",
                "Unable to negotiate with");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        boolean isTagged = line.app().startsWith("sshd");
        if (!isTagged && !line.isBare()) {
            return false;
        }
        String text = isTagged ? line.body().strip() : line.message();
        for (String level : LEVELS) {
            if (text.startsWith(level)) {
                out.put("log.level", level.substring(0, level.length() - 2));
                text = text.substring(level.length());
            }
        }
        boolean isKnown = Saying.readAny(SAYINGS, text, out);
        if (!isKnown && !isTagged) {
            return false;
        }
        if (!isKnown) {
            out.is("session", "info");
        }
        out.of(name(), "").put("message", text);
        int key = text.indexOf(KEY);
        if (key >= 0) {
            out.more(
                    "sshd.key_sha256", text.substring(key + KEY.length()).replaceFirst(" .*$", ""));
        }
        Accounts.apart(out);
        return true;
    }
}
