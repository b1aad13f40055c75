package io.hark.detect.web;

import static io.hark.event.Finding.Severity.LOW;
import static io.hark.event.Finding.Severity.MEDIUM;

import io.hark.Key;
import io.hark.PairDetector;
import io.hark.Trail;
import io.hark.event.Event;
import io.hark.event.FileSeen;
import io.hark.event.Ftp;
import io.hark.event.Http;
import io.hark.event.Ldap;
import io.hark.event.Login;
import io.hark.event.Mailbox;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds passwords that anybody on the way reads: FTP, Telnet and rlogin, POP3 and IMAP without
/// TLS, HTTP's basic authentication, forms, LDAP's simple bind. No password is shown or kept, only
/// that there was one.
///
/// A form of a web application is medium: its users believe it safe. The rest is low: protocols
/// that are what they are, known to whoever runs them.
///
/// *What it cannot see*: whether the password was right, and whether somebody reads it. *Source*:
/// ATT&CK T1040, T1552.
public final class ClearSecret implements PairDetector {

    private static final String FORM = "form";

    @Override
    public String name() {
        return "clear-secret";
    }

    @Override
    public String about() {
        return "passwords sent in the clear";
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(
                Ftp.class, Login.class, Mailbox.class, Http.class, FileSeen.class, Ldap.class);
    }

    @Override
    public @Nullable String what(Event input) {
        return switch (input) {
            case Ftp ftp -> isGuest(ftp.user()) || ftp.password() == null ? null : "ftp";
            case Login login -> login.user() == null ? null : login.proto();
            case Mailbox box ->
                    !box.tls()
                                    && ("USER".equals(box.auth())
                                            || "LOGIN".equals(box.auth())
                                            || "PLAIN".equals(box.auth()))
                            ? box.proto()
                            : null;
            case Http http -> http.username() == null ? null : "http basic";
            case FileSeen file -> {
                List<String> signs = file.signs();
                yield file.is_orig() && signs != null && signs.contains("PASSWORD") ? FORM : null;
            }
            case Ldap ldap -> {
                String who = ldap.object();
                yield ldap.opcode().equals("bind simple") && who != null && !who.isEmpty()
                        ? "ldap simple bind"
                        : null;
            }
            default -> null;
        };
    }

    private static boolean isGuest(String user) {
        return user.equals("anonymous") || user.equals("ftp") || user.equals("<unknown>");
    }

    @Override
    public @Nullable Verdict judge(Key key, Trail trail) {
        List<String> by = trail.steps().stream().map(Trail.Step::what).toList();
        return new Verdict(
                trail.has(FORM) ? MEDIUM : LOW,
                0.9,
                trail.steps().size(),
                List.of("T1040", "T1552"),
                "%s sends a password to %s in the clear: %s"
                        .formatted(key.host(), key.peer(), by.getFirst()),
                List.of(
                        "%d messages with a password passed in the clear, by %s: whoever is on the way has it."
                                .formatted(trail.count(_ -> true), String.join(", ", by))));
    }
}
