package io.hark.detect.web;

import static io.hark.event.Finding.Severity.LOW;
import static io.hark.event.Finding.Severity.MEDIUM;

import io.hark.Key;
import io.hark.PairDetector;
import io.hark.Trail;
import io.hark.event.Event;
import io.hark.event.Ssl;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds TLS that protects little: SSL 2 and 3, export and anonymous suites and none at all are
/// medium where the handshake was completed; RC4, DES and TLS 1.0 are low, there is old equipment.
///
/// *Source*: RFC 6176, RFC 7568, RFC 7465, RFC 8996; ATT&CK T1600, T1562.010.
public final class WeakCipher implements PairDetector {

    private static final Pattern BROKEN = Pattern.compile("_EXPORT|_NULL_|_anon_|_WITH_NULL");
    private static final Pattern OLD = Pattern.compile("_RC4_|_DES_|_3DES_");
    private static final String NONE = "no protection: ";

    @Override
    public String name() {
        return "weak-cipher";
    }

    @Override
    public String about() {
        return "TLS of versions and cipher suites that protect little";
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Ssl.class);
    }

    @Override
    public @Nullable String what(Event input) {
        if (!(input instanceof Ssl ssl) || !ssl.established()) {
            return null;
        }
        String version = ssl.version() == null ? "" : ssl.version();
        String cipher = ssl.cipher() == null ? "" : ssl.cipher();
        if (version.startsWith("SSLv2") || BROKEN.matcher(cipher).find()) {
            return NONE + version + ' ' + cipher;
        }
        boolean old = version.equals("SSLv3") || version.equals("TLSv10");
        return old || OLD.matcher(cipher).find() ? version + ' ' + cipher : null;
    }

    @Override
    public Verdict judge(Key key, Trail trail) {
        boolean broken = trail.has(NONE);
        List<String> told = trail.steps().stream().map(Trail.Step::what).toList();
        return new Verdict(
                broken ? MEDIUM : LOW,
                0.9,
                trail.steps().size(),
                List.of("T1600", "T1562.010"),
                "%s and %s agreed on weak encryption".formatted(key.host(), key.peer()),
                List.of(
                        "%d handshakes ended in %s."
                                .formatted(trail.count(_ -> true), String.join("; ", told))));
    }
}
