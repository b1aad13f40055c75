package io.hark.detect.windows;

import static io.hark.event.Finding.Severity.HIGH;
import static io.hark.event.Finding.Severity.LOW;
import static io.hark.event.Finding.Severity.MEDIUM;

import io.hark.Key;
import io.hark.PairDetector;
import io.hark.Trail;
import io.hark.event.Event;
import io.hark.event.Finding.Severity;
import io.hark.event.Kerberos;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what is wrong with the Kerberos tickets that a host asks for.
///
/// *Rules*, over ten minutes of one host at one key distribution centre:
///
/// | what | severity |
/// |---|---|
/// | tickets in RC4 for [#ROAST] different services: roasting, their passwords are guessed at home | high |
/// | a ticket in RC4 for a service of a *host* (`cifs/`, `host/`, `ldap/` …), after one in AES: computers have AES keys since 2008, so somebody took care to avoid them, or the controller forges (skeleton key) | medium |
/// | tickets without pre-authentication for [#ASREP] different users | high |
/// | wrong passwords for [#SPRAY] different users: spraying | medium |
/// | [#UNKNOWN] different users that do not exist: names are tried | medium |
///
/// *What it needs*: Kerberos in the clear. *What it cannot see*: roasting in AES that keeps below
/// these numbers, and tickets made without asking (golden, silver). *Source*: RFC 4120, RFC 4757,
/// RFC 8429; ATT&CK T1558.
public final class Tickets implements PairDetector {

    private static final int ROAST = 4;
    private static final int ASREP = 3;
    private static final int SPRAY = 6;
    private static final int UNKNOWN = 8;
    private static final long WINDOW = 600L * 1_000_000_000; // ns

    private static final String AES = "aes";
    private static final String WEAK_HOST = "rc4 for host ";
    private static final String WEAK = "rc4 for ";
    private static final String FREE = "no proof from ";
    private static final String PROVE = "proof asked of ";
    private static final String WRONG = "wrong password of ";
    private static final String NOBODY = "no such user ";

    private static final Set<String> HOST_SERVICES =
            Set.of(
                    "cifs",
                    "host",
                    "ldap",
                    "rpcss",
                    "wsman",
                    "termsrv",
                    "gc",
                    "dns",
                    "restrictedkrbhost");

    @Override
    public String name() {
        return "tickets";
    }

    @Override
    public String about() {
        return "Kerberos tickets asked for in weak ciphers or for many accounts";
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Kerberos.class);
    }

    @Override
    public long togetherNanos() {
        return WINDOW;
    }

    @Override
    public @Nullable String what(Event input) {
        if (!(input instanceof Kerberos ticket)) {
            return null;
        }
        String type = ticket.request_type();
        boolean granted = Boolean.TRUE.equals(ticket.success());
        if ("AS".equals(type)) {
            return ofFirst(ticket, granted);
        }
        String service = ticket.service();
        String cipher = ticket.cipher();
        if (!"TGS".equals(type) || !granted || service == null || cipher == null) {
            return null;
        }
        String name = service.toLowerCase(Locale.ROOT);
        if (!isWeak(cipher)) {
            return cipher.startsWith(AES) ? AES : null;
        }
        int slash = name.indexOf('/');
        String kind = slash < 0 ? name : name.substring(0, slash);
        return kind.equals("krbtgt")
                ? null // of another realm: its trust decides
                : (HOST_SERVICES.contains(kind) ? WEAK_HOST : WEAK) + name;
    }

    private static @Nullable String ofFirst(Kerberos ticket, boolean granted) {
        String client = ticket.client();
        String error = ticket.error_msg();
        if (client == null) {
            return null;
        }
        if (granted) {
            String cipher = ticket.cipher();
            return cipher != null && isWeak(cipher) ? FREE + client : AES;
        }
        if (error == null) {
            return null;
        }
        return switch (error) {
            case "KDC_ERR_PREAUTH_REQUIRED" -> PROVE + client;
            case "KDC_ERR_PREAUTH_FAILED" -> WRONG + client;
            case "KDC_ERR_C_PRINCIPAL_UNKNOWN" -> NOBODY + client;
            default -> null;
        };
    }

    private static boolean isWeak(String cipher) {
        return cipher.startsWith("rc4")
                || cipher.startsWith("arcfour")
                || cipher.startsWith("des-");
    }

    @Override
    public @Nullable Verdict judge(Key key, Trail trail) {
        List<String> techniques = new ArrayList<>();
        List<String> why = new ArrayList<>();
        Severity severity = LOW;
        String title = "";
        long roast = kinds(trail, WEAK);
        long hosts = kinds(trail, WEAK_HOST);
        if (roast - hosts >= ROAST || roast >= 2 * ROAST) {
            severity = HIGH;
            title = "gathers tickets of %d services in RC4".formatted(roast);
            techniques.add("T1558.003");
            why.add(
                    "%d different services in RC4 within ten minutes (%d are many): what is encrypted with RC4 gives the service's password to guessing."
                            .formatted(roast, ROAST));
        }
        long free = free(trail);
        if (free >= ASREP) {
            severity = HIGH;
            title = title.isEmpty() ? "gets tickets of %d users unproven".formatted(free) : title;
            techniques.add("T1558.004");
            why.add(
                    "Tickets in RC4 for %d users who were not asked for a proof of their password first."
                            .formatted(free));
        }
        if (hosts > 0 && trail.has(AES)) {
            severity = severity == LOW ? MEDIUM : severity;
            title = title.isEmpty() ? "gets a host's ticket in RC4, others in AES" : title;
            techniques.add("T1558.003");
            techniques.add("T1556.001");
            techniques.add("T1600");
            why.add(
                    "%d services of hosts in RC4 while the same client got %d tickets in AES: a downgrade, by the client's wish or a controller's patch."
                            .formatted(hosts, trail.count(AES)));
        }
        long sprayed = kinds(trail, WRONG);
        if (sprayed >= SPRAY) {
            severity = severity == LOW ? MEDIUM : severity;
            title = title.isEmpty() ? "tries passwords of %d users".formatted(sprayed) : title;
            techniques.add("T1110.003");
            why.add("Wrong passwords for %d different users.".formatted(sprayed));
        }
        long unknown = kinds(trail, NOBODY);
        if (unknown >= UNKNOWN) {
            severity = severity == LOW ? MEDIUM : severity;
            title = title.isEmpty() ? "tries %d names of users".formatted(unknown) : title;
            techniques.add("T1087.002");
            why.add("%d different users asked for do not exist.".formatted(unknown));
        }
        if (why.isEmpty()) {
            return null;
        }
        return new Verdict(
                severity,
                severity == HIGH ? 0.85 : 0.6,
                roast + free + sprayed + unknown,
                techniques,
                key.host() + " " + title,
                why);
    }

    private static long kinds(Trail trail, String prefix) {
        return trail.steps().stream().filter(step -> step.what().startsWith(prefix)).count();
    }

    /// Users who got a weak ticket and were never asked for a proof.
    private static long free(Trail trail) {
        return trail.steps().stream()
                .filter(step -> step.what().startsWith(FREE))
                .filter(step -> !trail.has(PROVE + step.what().substring(FREE.length())))
                .count();
    }
}
