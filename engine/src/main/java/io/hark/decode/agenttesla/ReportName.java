package io.hark.decode.agenttesla;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a report is called: `PW_alice/VICTIM-PC` as a mail's subject,
/// `PW_alice-VICTIM-PC_2026_09_21_08_15_00.html` as a file.
///
/// @param kind what is in it
/// @param who user and host with a dash between them, as both ways can be read
record ReportName(Kind kind, String who) {

    /// What a report is about.
    enum Kind {
        LOGINS("PW"),
        KEYS("KL"),
        SCREEN("SC"),
        COOKIES("CO");

        private final String letters;

        Kind(String letters) {
            this.letters = letters;
        }
    }

    private static final int MAX_NAME = 256; // characters: Windows allows less of both
    private static final Pattern SUBJECT =
            Pattern.compile("(PW|KL|SC|CO)_([^/\\s]{1,64})/([^/\\s]{1,64})");
    private static final Pattern FILE =
            Pattern.compile(
                    "(?:.*/)?(PW|KL|SC|CO)_([^/]{3,160})_\\d{4}(?:_\\d{2}){5}\\.(?:html?|jpe?g|zip|txt)");

    /// That of a mail; null where it is none.
    static @Nullable ReportName ofSubject(String subject) {
        Matcher matcher = SUBJECT.matcher(cut(subject));
        return matcher.matches()
                ? of(matcher.group(1), matcher.group(2) + "-" + matcher.group(3))
                : null;
    }

    /// That of an upload; null where it is none.
    static @Nullable ReportName ofFile(String name) {
        Matcher matcher = FILE.matcher(cut(name));
        return matcher.matches() && matcher.group(2).indexOf('-') > 0
                ? of(matcher.group(1), matcher.group(2))
                : null;
    }

    private static String cut(String text) {
        return text.strip().substring(0, Math.min(text.strip().length(), MAX_NAME));
    }

    private static @Nullable ReportName of(String letters, String who) {
        for (Kind kind : Kind.values()) {
            if (kind.letters.equals(letters)) {
                return new ReportName(kind, who);
            }
        }
        return null;
    }
}
