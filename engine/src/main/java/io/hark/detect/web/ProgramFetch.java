package io.hark.detect.web;

import static io.hark.event.Finding.Severity.HIGH;
import static io.hark.event.Finding.Severity.LOW;
import static io.hark.event.Finding.Severity.MEDIUM;

import io.hark.Key;
import io.hark.PairDetector;
import io.hark.Trail;
import io.hark.event.Event;
import io.hark.event.FileSeen;
import io.hark.event.Finding.Severity;
import io.hark.event.Tftp;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds programs that a host fetches in a way that software is not delivered: from a server
/// without a name, under the name or the type of something else, by TFTP, by Java as single
/// classes.
///
/// *Points*, by what a program's content, its name and its server say: a bare address (1); a name
/// that claims another kind of file, or none (1); a declared type of text, picture or page (1); a
/// Java class fetched by Java itself (2). One point is medium, two are high; a program with a
/// program's name from a named server is nothing, that is how software comes.
///
/// *What it needs*: HTTP, FTP or TFTP in the clear. *What it cannot see*: programs that are packed,
/// scripts, and what comes over TLS. *Source*: ATT&CK T1105; for classes CVE-2021-44228.
public final class ProgramFetch implements PairDetector {

    private static final Set<String> PROGRAMS =
            Set.of(
                    "application/x-dosexec",
                    "application/x-executable",
                    "application/x-elf",
                    "application/x-mach-o",
                    "application/x-java-applet");
    private static final String CLASS = "application/x-java-applet";

    private static final Pattern NAMED_SO =
            Pattern.compile(
                    "(?i)\\.(exe|dll|msi|msu|msp|sys|ocx|cpl|scr|com|ax|drv|efi|so(\\.\\d+)*|bin|elf|o|ko|run"
                            + "|deb|rpm|dylib|jar|class|psf|cab|dat|pack|patch|nupkg|mui|vdm|vdf)$");

    private static final String BARE = "from a bare address";
    private static final String DISGUISED = "named as something else";
    private static final String MISDECLARED = "declared as something else";
    private static final String BY_JAVA = "a class fetched by Java";
    private static final String BY_TFTP = "fetched by TFTP";

    @Override
    public String name() {
        return "program-fetch";
    }

    @Override
    public String about() {
        return "programs fetched from bare addresses, in disguise, or by TFTP";
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(FileSeen.class, Tftp.class);
    }

    @Override
    public @Nullable String what(Event input) {
        if (input instanceof Tftp tftp) {
            return !tftp.wrq() && NAMED_SO.matcher(tftp.fname()).find() ? BY_TFTP : null;
        }
        if (!(input instanceof FileSeen file)
                || file.is_orig()
                || !file.source().equals("HTTP")
                || file.mime_type() == null
                || !PROGRAMS.contains(file.mime_type())) {
            return null;
        }
        List<String> points = new ArrayList<>();
        FileSeen.Carrier carrier = file.carrier();
        String agent = carrier.user_agent();
        String host = carrier.host();
        boolean isTold = !carrier.equals(FileSeen.Carrier.NONE); // a log may not say who carried it
        if (isTold && (host == null || isAddress(host))) {
            points.add(BARE);
        }
        if (CLASS.equals(file.mime_type())) {
            if (agent != null && agent.startsWith("Java/")) {
                points.add(BY_JAVA);
            }
        } else if (isDisguised(carrier.uri())) {
            points.add(DISGUISED);
        }
        String declared = carrier.content_type();
        if (declared != null && isOther(declared)) {
            points.add(MISDECLARED);
        }
        return points.isEmpty() ? null : String.join(", ", points);
    }

    private static boolean isAddress(String host) {
        int colon = host.lastIndexOf(':');
        String name = colon > 0 && host.indexOf(':') == colon ? host.substring(0, colon) : host;
        return Addr.parse(name) != null;
    }

    private static boolean isDisguised(@Nullable String uri) {
        if (uri == null) {
            return false;
        }
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        String last = path.substring(path.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        // scripts deliver programs too; a path without any name at its end does so rarely
        boolean plain = dot >= 0 && !NAMED_SO.matcher(last).find() && !isScript(last);
        return plain || last.isEmpty() && query < 0;
    }

    private static boolean isScript(String name) {
        return name.toLowerCase(Locale.ROOT).matches(".*\\.(php|aspx?|jsp|cgi|ashx|do)$");
    }

    private static boolean isOther(String declared) {
        return declared.startsWith("image/")
                || declared.startsWith("text/")
                || declared.startsWith("application/json")
                || declared.startsWith("audio/")
                || declared.startsWith("video/");
    }

    @Override
    public @Nullable Verdict judge(Key key, Trail trail) {
        long files = trail.count(_ -> true);
        int points = 0;
        for (Trail.Step step : trail.steps()) {
            int own = step.what().split(", ").length + (step.what().contains(BY_JAVA) ? 1 : 0);
            points = Math.max(points, own);
        }
        Severity severity = points >= 2 ? HIGH : points == 1 ? MEDIUM : LOW;
        boolean java = trail.count(step -> step.what().contains(BY_JAVA)) > 0;
        List<String> told = trail.steps().stream().map(Trail.Step::what).toList();
        return new Verdict(
                severity,
                severity == HIGH ? 0.8 : 0.55,
                files,
                java
                        ? List.of("T1190", "T1105", "T1203")
                        : List.of("T1105", "T1071.001", "T1204.002"),
                "%s fetches a program of %s: %s".formatted(key.host(), key.peer(), told.getFirst()),
                List.of(
                        "%s fetched %s of %s: %s."
                                .formatted(
                                        key.host(),
                                        files == 1
                                                ? "what is a program by its content"
                                                : files + " programs, by their content,",
                                        key.peer(),
                                        String.join("; ", told))));
    }
}
