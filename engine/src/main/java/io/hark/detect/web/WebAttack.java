package io.hark.detect.web;

import static io.hark.event.Finding.Severity.HIGH;
import static io.hark.event.Finding.Severity.MEDIUM;

import io.hark.Key;
import io.hark.PairDetector;
import io.hark.Trail;
import io.hark.bytes.Recent;
import io.hark.event.Event;
import io.hark.event.FileSeen;
import io.hark.event.Finding.Severity;
import io.hark.event.Http;
import io.hark.event.Ssl;
import io.hark.format.AttackSign;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds attacks on web servers by what requests hold: see [AttackSign] for the strings, which are
/// looked for in target, agent, referrer, the beginning of the body and headers that hold
/// expressions; also scanners that say their name, scripts of the server's language that are
/// uploaded, and heartbeats in the midst of a TLS handshake, which nobody needs but who wants
/// memory (CVE-2014-0160): an answer brings back what was sent, so what it has beyond that is the
/// server's memory.
///
/// *Severity*: strings are medium; [#MANY] requests with them, three kinds, or one that a logger, a
/// shell or the TLS library runs by itself are high. Whether it worked is not known: the answers'
/// status is in the paragraph.
///
/// *What it needs*: HTTP in the clear. *What it cannot see*: bodies beyond their first 4 KB,
/// attacks without a string that is known. *Source*: ATT&CK T1190, T1595.002, T1505.003; RFC 6520
/// §4.
public final class WebAttack implements PairDetector {

    private static final int MANY = 20;
    private static final int KINDS = 3;

    private static final String SCANNER = "scanner";
    private static final String UPLOAD = "upload of a script";
    private static final String HEARTBEAT = "heartbeat in a handshake";
    private static final String BLEEDS = "heartbeat answered in a handshake";
    private static final String MEMORY = BLEEDS + " with";

    private static final Pattern SCANNERS =
            Pattern.compile(
                    "(?i)nikto|sqlmap|nmap scripting|masscan|zgrab|acunetix|nessus|openvas|dirbuster"
                            + "|gobuster|feroxbuster|wpscan|nuclei|havij|w3af|arachni|wfuzz|ffuf/");

    private static final Pattern SCRIPTS =
            Pattern.compile("(?i)\\.(php\\d?|phtml|phar|jspx?|aspx?|ashx|cfm|war)$");

    private final Recent<Set<AttackSign>> known = new Recent<>(AttackSign::in);
    private final Recent<Boolean> scanners = new Recent<>(name -> SCANNERS.matcher(name).find());

    @Override
    public String name() {
        return "web-attack";
    }

    @Override
    public String about() {
        return "attack strings, scanners and uploaded scripts in web requests; Heartbleed";
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Http.class, FileSeen.class, Ssl.class);
    }

    @Override
    public @Nullable String what(Event input) {
        return switch (input) {
            case Http http -> of(http);
            case FileSeen file when file.is_orig() -> ofBody(file.signs());
            case Ssl ssl -> ofHandshake(ssl);
            default -> null;
        };
    }

    private @Nullable String of(Http http) {
        Set<AttackSign> signs = EnumSet.noneOf(AttackSign.class);
        add(http.uri(), signs);
        add(http.referrer(), signs);
        String agent = http.user_agent();
        if (agent != null) {
            boolean orders = signs.contains(AttackSign.COMMAND);
            signs.addAll(known.of(agent));
            if (!orders) { // agents list things with semicolons
                signs.remove(AttackSign.COMMAND);
            }
        }
        List<String> expressions = http.expressions();
        if (expressions != null) {
            expressions.forEach(text -> add(text, signs));
        }
        if (!signs.isEmpty()) {
            return Collections.min(signs).name();
        }
        if (agent != null && scanners.of(agent)) {
            return SCANNER;
        }
        List<String> files = http.orig_filenames();
        return files != null && files.stream().anyMatch(name -> SCRIPTS.matcher(name).find())
                ? UPLOAD
                : null;
    }

    private void add(@Nullable String text, Set<AttackSign> signs) {
        if (text != null) {
            signs.addAll(known.of(text));
        }
    }

    /// The sign of a body that comes first in the order of [AttackSign].
    private static @Nullable String ofBody(@Nullable List<String> signs) {
        if (signs == null) {
            return null;
        }
        for (AttackSign sign : AttackSign.values()) {
            if (signs.contains(sign.name())) {
                return sign.name();
            }
        }
        return null;
    }

    private static @Nullable String ofHandshake(Ssl ssl) {
        String history = ssl.ssl_history();
        if (history == null || ssl.established()) {
            return null;
        }
        if (history.indexOf('B') < 0) {
            return null;
        }
        Long surplus = ssl.heartbeat_surplus();
        if (surplus != null && surplus > 0) {
            return MEMORY + " %d octets more than were sent".formatted(surplus);
        }
        return history.indexOf('b') >= 0 ? BLEEDS : HEARTBEAT;
    }

    @Override
    public @Nullable Verdict judge(Key key, Trail trail) {
        long all = trail.count(_ -> true);
        boolean runs =
                trail.has(AttackSign.JNDI.name())
                        || trail.has(AttackSign.SHELLSHOCK.name())
                        || trail.has(HEARTBEAT)
                        || trail.has(BLEEDS);
        Severity severity = runs || all >= MANY || trail.steps().size() >= KINDS ? HIGH : MEDIUM;
        List<String> techniques = new ArrayList<>();
        if (trail.count(step -> !step.what().equals(SCANNER)) > 0) {
            techniques.add("T1190");
        }
        if (trail.has(SCANNER)) {
            techniques.add("T1595.002");
        }
        if (trail.has(UPLOAD)) {
            techniques.add("T1505.003");
        }
        if (trail.has(AttackSign.COMMAND.name()) || trail.has(AttackSign.SHELLSHOCK.name())) {
            techniques.add("T1059");
        }
        List<String> told =
                trail.steps().stream()
                        .map(step -> "%s (%d)".formatted(told(step.what()), step.count()))
                        .toList();
        return new Verdict(
                severity,
                severity == HIGH ? 0.85 : 0.6,
                all,
                techniques,
                "%s attacks %s: %s"
                        .formatted(key.host(), key.peer(), told(trail.steps().getFirst().what())),
                List.of(
                        "%s sent %s %d %s within %.0f s, with %s."
                                .formatted(
                                        key.host(),
                                        key.peer(),
                                        all,
                                        all == 1 ? "request" : "requests",
                                        (trail.last() - trail.first()) / 1e9,
                                        String.join(", ", told)),
                        trail.has(MEMORY)
                                ? "It worked: what an answer brings back beyond what was sent is"
                                        + " the server's memory."
                                : "Whether it worked, the answers tell."));
    }

    private static String told(String what) {
        return switch (what) {
            case "JNDI" -> "a look-up for Java's logger (JNDI)";
            case "SHELLSHOCK" -> "a function for the shell's environment (Shellshock)";
            case "COMMAND" -> "a command for a shell";
            case "CODE" -> "code for the server's interpreter";
            case "SQL" -> "a piece of SQL";
            case "TRAVERSAL" -> "a path out of the served folder";
            case "SCRIPT" -> "a script for browsers";
            case SCANNER -> "the name of a scanner";
            case UPLOAD -> "an upload of a script";
            default -> "a " + what; // heartbeats
        };
    }
}
