package io.hark.detect.middle;

import static io.hark.event.Finding.Severity.HIGH;
import static io.hark.event.Finding.Severity.LOW;
import static io.hark.event.Finding.Severity.MEDIUM;

import io.hark.Key;
import io.hark.PairDetector;
import io.hark.Trail;
import io.hark.event.Dns;
import io.hark.event.Event;
import io.hark.event.Finding.Severity;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds hosts that answer for names that are not theirs when somebody asks the whole network: by
/// LLMNR, NetBIOS or multicast DNS (Responder, Inveigh).
///
/// A host answers one asker for its own name and perhaps its workgroup's. One that answers for
/// [#MANY] different names is medium, for twice as many high; an answer for `wpad` or `isatap`,
/// which make the asker send its traffic there, is medium by itself.
///
/// *What it needs*: the answers; they are unicast, so the capture must stand near asker or
/// answerer. *Source*: RFC 4795, RFC 1002, RFC 6762; ATT&CK T1557.001.
public final class ForeignNames implements PairDetector {

    private static final int MANY = 4;
    private static final Set<String> PORTALS = Set.of("wpad", "isatap", "wpad.local");

    @Override
    public String name() {
        return "foreign-names";
    }

    @Override
    public String about() {
        return "answers to names that belong to others, by LLMNR, NetBIOS and mDNS";
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Dns.class);
    }

    @Override
    public @Nullable String what(Event input) {
        if (!(input instanceof Dns dns)
                || dns.answers() == null
                || dns.answers().isEmpty()
                || dns.query() == null
                || dns.id().resp_h().isGroupOrNobody()) {
            return null;
        }
        Integer type = dns.qtype();
        boolean address = type != null && (type == 1 || type == 28 || type == 32);
        return switch (dns.id().resp_p()) {
            case 5355, 137 -> address ? dns.query() : null;
            default -> null;
        };
    }

    /// The one that answers is whom it is about.
    @Override
    public void keys(Event input, Keys sink) {
        if (what(input) != null && input instanceof Dns dns) {
            sink.add(dns.id().resp_h(), dns.id().orig_h(), 0, "");
        }
    }

    @Override
    public @Nullable Verdict judge(Key key, Trail trail) {
        long names = trail.steps().size();
        boolean portal = trail.steps().stream().anyMatch(step -> PORTALS.contains(step.what()));
        Severity severity = names >= 2 * MANY ? HIGH : names >= MANY || portal ? MEDIUM : LOW;
        if (severity == LOW) {
            return null;
        }
        return new Verdict(
                severity,
                severity == HIGH ? 0.9 : 0.65,
                names,
                List.of("T1557.001", "T1187"),
                "%s answers %s for names that are not its own".formatted(key.host(), key.peer()),
                List.of(
                        "%s answered %s for %d different names asked of everybody%s; a host has one or two."
                                .formatted(
                                        key.host(),
                                        key.peer(),
                                        names,
                                        portal
                                                ? ", the name of a proxy or gateway among them"
                                                : "")));
    }
}
