package io.hark.parse.syslog;

import io.hark.Connection;
import io.hark.bytes.Bytes;
import io.hark.event.Syslog;

/// The number in front of a message: `<34>` is AUTH, CRIT.
///
/// *Source*: RFC 3164 §4.1.1, RFC 5424 §6.2.1.
final class Priority {

    /// The most characters of a message that are kept: RFC 5424 §6.1 asks for 2048.
    private static final int MAX_MESSAGE = 8192;

    private static final int MAX = 23 * 8 + 7;
    private static final String UNKNOWN = "UNSPECIFIED";
    private static final String[] FACILITIES = {
        "KERN",
        "USER",
        "MAIL",
        "DAEMON",
        "AUTH",
        "SYSLOG",
        "LPR",
        "NEWS",
        "UUCP",
        "CRON",
        "AUTHPRIV",
        "FTP",
        "NTP",
        "AUDIT",
        "ALERT",
        "CLOCK",
        "LOCAL0",
        "LOCAL1",
        "LOCAL2",
        "LOCAL3",
        "LOCAL4",
        "LOCAL5",
        "LOCAL6",
        "LOCAL7"
    };
    private static final String[] SEVERITIES = {
        "EMERG", "ALERT", "CRIT", "ERR", "WARNING", "NOTICE", "INFO", "DEBUG"
    };

    private Priority() {}

    /// Where the message begins behind the priority at `from`; -1 where there is no priority.
    static int end(Bytes head, int from) {
        if (head.peek(from) != '<') {
            return -1;
        }
        int at = from + 1;
        int value = 0;
        while (at - from <= 3 && head.peek(at) >= '0' && head.peek(at) <= '9') {
            value = value * 10 + head.peek(at++) - '0';
        }
        return at > from + 1 && head.peek(at) == '>' && value <= MAX ? at + 1 : -1;
    }

    /// Tells the message that lies in `in` from `from` to `to`.
    static void emit(Connection connection, Bytes in, int from, int to) {
        int start = end(in, from);
        int value = 0;
        for (int i = from + 1; i < start - 1; i++) {
            value = value * 10 + in.peek(i) - '0';
        }
        int text = Math.max(start, from);
        in.seek(text);
        connection.emit(
                new Syslog(
                        connection.now(),
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        connection.proto(),
                        start < 0 ? UNKNOWN : FACILITIES[value >> 3],
                        start < 0 ? UNKNOWN : SEVERITIES[value & 7],
                        in.utf8(Math.min(to - text, MAX_MESSAGE))));
    }
}
