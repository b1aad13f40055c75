package io.hark.detect.bruteforce;

import io.hark.event.LogEvent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a login ended, as a line of a log tells it.
enum LoggedLogin {
    REFUSED,
    ACCEPTED;

    /// What names of SSH's places begin with.
    static final String SSH = "ssh";

    private static final int UNAUTHORIZED = 401; // RFC 9110 §15.5.2
    private static final int MAX_PLACE = 120; // characters; names come from the line

    /// The login that a line tells of; null if it tells of none, or not how it ended.
    static @Nullable LoggedLogin of(LogEvent line) {
        Integer status = line.status();
        if (status != null && status == UNAUTHORIZED) {
            return REFUSED;
        }
        String outcome = line.outcome();
        if (!line.category().contains("authentication") || outcome == null) {
            return null;
        }
        boolean over = line.type().contains("end") && !isRefused(outcome); // a logout
        return over ? null : isRefused(outcome) ? REFUSED : isAccepted(outcome) ? ACCEPTED : null;
    }

    /// Products have words of their own.
    private static boolean isRefused(String outcome) {
        String lower = outcome.toLowerCase(Locale.ROOT);
        return lower.startsWith("fail") || lower.startsWith("reject") || lower.startsWith("den");
    }

    private static boolean isAccepted(String outcome) {
        return outcome.toLowerCase(Locale.ROOT).startsWith("succe");
    }

    /// What was logged in to: the program and the device, `sshd of web1`.
    static String place(LogEvent line) {
        String program = line.process() == null ? line.module() : line.process();
        String host = line.host() == null ? String.valueOf(line.destination().ip()) : line.host();
        String place = program + " of " + (host.equals("null") ? "a logged device" : host);
        return place.length() > MAX_PLACE ? place.substring(0, MAX_PLACE) : place;
    }
}
