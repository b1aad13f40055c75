package io.hark.format.log;

import org.jspecify.annotations.Nullable;

/// The envelope around a syslog line, as far as the line has one: what comes by the network has a
/// priority, what lies in a file none, devices write times of their own and leave out the host.
///
/// *Source*: RFC 3164 §4.1, RFC 5424 §6; Cisco's `<189>123: host: *Mar 1 2023 18:46:11.123 CET:
/// %…`.
///
/// @param priority facility times eight and severity, or null
/// @param stamp the time, or null
/// @param host who sent it, or null
/// @param app the program, or null
/// @param pid its process id, or null
/// @param structured RFC 5424's structured data with their brackets; empty without
/// @param afterStamp where what stands behind the time begins
/// @param afterHost where what stands behind the host begins: the program, where one is named
/// @param body where the message begins
public record SyslogHeader(
        @Nullable Integer priority,
        @Nullable Stamp stamp,
        @Nullable String host,
        @Nullable String app,
        @Nullable String pid,
        String structured,
        int afterStamp,
        int afterHost,
        int body) {

    private static final int MAX_PRIORITY = 191; // 23 * 8 + 7
    private static final int MAX_TAG = 64; // RFC 3164 allows 32, programs write paths
    private static final String[] SEVERITIES = {
        "emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug"
    };

    /// Reads the envelope that a line begins with; without any, the body is the line.
    public static SyslogHeader read(String text, Stamps stamps) {
        int at = priorityEnd(text);
        Integer priority = at > 0 ? Integer.valueOf(text.substring(1, at - 1)) : null;
        if (text.startsWith("1 ", at)) {
            SyslogHeader header = structured(text, at + 2, priority, stamps);
            if (header != null) {
                return header;
            }
        }
        return old(text, at, priority, stamps);
    }

    /// The severity in a word, or null.
    public @Nullable String severity() {
        return priority == null ? null : SEVERITIES[priority & 7];
    }

    private static int priorityEnd(String text) {
        if (!text.startsWith("<")) {
            return 0;
        }
        int end = text.indexOf('>');
        if (end < 2 || end > 4) {
            return 0;
        }
        int value = 0;
        for (int i = 1; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            value = value * 10 + digit;
        }
        return value <= MAX_PRIORITY ? end + 1 : 0;
    }

    /// RFC 5424: time, host, program, process id, message id, structured data.
    private static @Nullable SyslogHeader structured(
            String text, int from, @Nullable Integer priority, Stamps stamps) {
        Stamp stamp = text.startsWith("- ", from) ? null : stamps.read(text, from);
        int at = stamp == null ? from + 1 : stamp.end();
        if (!text.startsWith(" ", at)) {
            return null;
        }
        int afterStamp = at + 1;
        String[] words = new String[4]; // host, program, process id, message id
        int place = afterStamp;
        int afterHost = afterStamp;
        for (int i = 0; i < words.length; i++) {
            int end = text.indexOf(' ', place);
            if (end < 0) {
                return null;
            }
            words[i] = text.substring(place, end);
            place = end + 1;
            afterHost = i == 0 ? place : afterHost;
        }
        int dataEnd = dataEnd(text, place);
        if (dataEnd < 0) {
            return null;
        }
        String data = text.startsWith("[", place) ? text.substring(place, dataEnd) : "";
        int body = dataEnd;
        while (body < text.length()
                && (text.charAt(body) == ' ' || text.charAt(body) == '\ufeff')) {
            body++;
        }
        return new SyslogHeader(
                priority,
                stamp,
                told(words[0]),
                told(words[1]),
                told(words[2]),
                data,
                afterStamp,
                afterHost,
                body);
    }

    private static @Nullable String told(String word) {
        return word.equals("-") || word.isEmpty() ? null : word;
    }

    /// The place behind the structured data at `from`; -1 if there are none and no `-`.
    private static int dataEnd(String text, int from) {
        if (text.startsWith("-", from)) {
            return from + 1;
        }
        int at = from;
        while (text.startsWith("[", at)) {
            boolean quoted = false;
            int i = at + 1;
            for (; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = !quoted;
                } else if (c == ']' && !quoted) {
                    break;
                }
            }
            if (i >= text.length()) {
                return -1;
            }
            at = i + 1;
        }
        return at == from ? -1 : at;
    }

    /// RFC 3164, and what is like it.
    private static SyslogHeader old(
            String text, int from, @Nullable Integer priority, Stamps stamps) {
        int at = counterEnd(text, from);
        if (at < text.length() && (text.charAt(at) == '*' || text.charAt(at) == '.')) {
            at++; // Cisco: the clock was never set, or is out of step
        }
        Stamp stamp = stamps.read(text, at);
        if (stamp == null) {
            return hostFirst(text, from, priority, stamps);
        }
        int afterStamp = stamp.end();
        if (text.startsWith(":", afterStamp)) {
            afterStamp++;
        }
        while (text.startsWith(" ", afterStamp)) {
            afterStamp++;
        }
        String host = null;
        int afterHost = afterStamp;
        int end = wordEnd(text, afterStamp);
        boolean more = end < text.length();
        if (more && isHost(text, afterStamp, end)) {
            boolean colon = text.charAt(end - 1) == ':' && text.startsWith(" %", end);
            host = text.substring(afterStamp, colon ? end - 1 : end);
            afterHost = end + 1;
        }
        return tagged(text, priority, stamp, host, afterStamp, afterHost);
    }

    /// Cisco's `host: 2023 Jan 11 …: %…`, or no time at all.
    private static SyslogHeader hostFirst(
            String text, int from, @Nullable Integer priority, Stamps stamps) {
        int end = wordEnd(text, from);
        boolean isNamed = end > from + 1 && text.charAt(end - 1) == ':' && end < text.length();
        Stamp stamp =
                isNamed && isName(text, from, end - 1)
                        ? stamps.read(text, counterEnd(text, end + 1))
                        : null;
        if (stamp == null) {
            return tagged(text, priority, null, null, from, from);
        }
        int body = stamp.end();
        while (body < text.length() && ": ".indexOf(text.charAt(body)) >= 0) {
            body++;
        }
        String host = text.substring(from, end - 1);
        return tagged(text, priority, stamp, host, body, body);
    }

    private static SyslogHeader tagged(
            String text,
            @Nullable Integer priority,
            @Nullable Stamp stamp,
            @Nullable String host,
            int afterStamp,
            int afterHost) {
        int end = afterHost;
        while (end < text.length() && end - afterHost < MAX_TAG && isTag(text.charAt(end))) {
            end++;
        }
        String app = text.substring(afterHost, end);
        String pid = null;
        int body = end;
        int close = text.startsWith("[", end) ? text.indexOf(']', end) : -1;
        if (close > 0 && close - end <= 12) {
            pid = text.substring(end + 1, close);
            body = close + 1;
        }
        boolean colon = text.startsWith(":", body);
        boolean blank = colon && (body + 1 >= text.length() || text.charAt(body + 1) == ' ');
        boolean isTag =
                !app.isEmpty()
                        && !Character.isDigit(app.charAt(0))
                        && (pid == null
                                ? blank && (stamp != null || host != null)
                                : colon || text.startsWith(" ", body));
        if (!isTag) {
            return new SyslogHeader(
                    priority, stamp, host, null, null, "", afterStamp, afterHost, afterHost);
        }
        body += colon ? 1 : 0;
        while (text.startsWith(" ", body)) {
            body++;
        }
        return new SyslogHeader(priority, stamp, host, app, pid, "", afterStamp, afterHost, body);
    }

    private static boolean isTag(char c) {
        return Character.isLetterOrDigit(c) || "_-./()".indexOf(c) >= 0;
    }

    /// Cisco's number of the message, and the host in front of the time.
    private static int counterEnd(String text, int from) {
        int at = from;
        for (int i = 0; i < 2; i++) { // a number, a host or another number
            int end = at;
            while (end < text.length() && end - at <= 10 && Character.isDigit(text.charAt(end))) {
                end++;
            }
            if (end == at || !text.startsWith(": ", end)) {
                return at;
            }
            at = end + 2;
        }
        return at;
    }

    private static int wordEnd(String text, int from) {
        int end = text.indexOf(' ', from);
        return end < 0 ? text.length() : end;
    }

    /// Whether a word may be the name or address of who sent it, and is no program's tag.
    private static boolean isHost(String text, int from, int to) {
        boolean beforeMark = text.startsWith(" %", to); // Cisco: `host: %ASA-…`
        int end = beforeMark && to > from && text.charAt(to - 1) == ':' ? to - 1 : to;
        return isName(text, from, end) && text.charAt(end - 1) != ':';
    }

    private static boolean isName(String text, int from, int end) {
        if (end <= from || !Character.isLetterOrDigit(text.charAt(from)) || end - from > 255) {
            return false;
        }
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c) && "._-:".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
