package io.hark.detect.web;

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
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds scripts and orders that come in TXT answers of DNS: stagers that fetch a program line by
/// line, implants that are told what to do.
///
/// *What counts*, for each domain a host asks about: an answer that holds a piece of a script is
/// high; answers that are one block of base64 are nothing by themselves (keys are published so),
/// [#BLOCKS] of them under one domain are medium, twice as many high. Texts that say what they are
/// (SPF, DKIM, verifications) are left out.
///
/// *What it needs*: answers in the clear. *What it cannot see*: orders that are encrypted and
/// short. *Source*: RFC 1035 §3.3.14; ATT&CK T1071.004.
public final class DnsCommands implements PairDetector {

    private static final int TXT = 16;
    private static final int BLOCKS = 4;
    private static final int LABELS = 3; // of a domain: what is before them tells pieces apart

    private static final String SCRIPT = "script under ";
    private static final String BLOCK = "base64 under ";

    private static final Pattern SCRIPTS =
            Pattern.compile(
                    "(?i)\\bpowershell\\b|\\bnslookup\\b|\\[system\\.|\\biex\\b|invoke-expression"
                            + "|frombase64string|downloadstring|\\bcmd(?:\\.exe)?\\s{1,3}/c"
                            + "|/bin/(?:ba)?sh\\b|\\bcurl\\s{1,3}http|\\bwget\\s{1,3}http|\\bmshta\\b"
                            + "|\\bregsvr32\\b|\\bnew-object\\b|\\beval\\s{0,3}\\(");
    private static final Pattern BASE64 =
            Pattern.compile("[^A-Za-z0-9+/]?[A-Za-z0-9+/]{60,255}={0,2}.?");
    private static final Pattern SAYS_WHAT_IT_IS = Pattern.compile("(?i)^\"?v=|[a-z_-]{2,40}=.*");

    @Override
    public String name() {
        return "dns-commands";
    }

    @Override
    public String about() {
        return "scripts and orders in TXT answers of DNS";
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Dns.class);
    }

    @Override
    public @Nullable String what(Event input) {
        if (!(input instanceof Dns dns) || dns.qtype() == null || dns.qtype() != TXT) {
            return null;
        }
        List<String> answers = dns.answers();
        String query = dns.query();
        if (answers == null || query == null) {
            return null;
        }
        String found = null;
        for (String answer : answers) {
            String text = answer.replaceFirst("^TXT \\d{1,3} ", "");
            if (SCRIPTS.matcher(text).find()) {
                return SCRIPT + domain(query);
            }
            if (!SAYS_WHAT_IT_IS.matcher(text).lookingAt() && BASE64.matcher(text).matches()) {
                found = BLOCK + domain(query);
            }
        }
        return found;
    }

    private static String domain(String query) {
        String[] labels = query.toLowerCase(Locale.ROOT).split("\\.");
        int from = Math.max(0, labels.length - LABELS);
        return String.join(".", List.of(labels).subList(from, labels.length));
    }

    @Override
    public @Nullable Verdict judge(Key key, Trail trail) {
        long scripts = trail.count(SCRIPT);
        long blocks =
                trail.steps().stream()
                        .filter(step -> step.what().startsWith(BLOCK))
                        .mapToLong(Trail.Step::count)
                        .max()
                        .orElse(0);
        Severity severity =
                scripts > 0 || blocks >= 2 * BLOCKS ? HIGH : blocks >= BLOCKS ? MEDIUM : LOW;
        if (severity == LOW) {
            return null;
        }
        String domain =
                trail.steps().getFirst().what().substring(SCRIPT.length()); // both are as long
        return new Verdict(
                severity,
                scripts > 0 ? 0.9 : 0.65,
                scripts + blocks,
                List.of("T1071.004", "T1132.001", "T1059", "T1105"),
                "%s is told what to run by TXT answers under %s".formatted(key.host(), domain),
                List.of(
                        "%d TXT answers to %s hold pieces of a script, %d are blocks of base64 under one domain."
                                .formatted(scripts, key.host(), blocks)));
    }
}
