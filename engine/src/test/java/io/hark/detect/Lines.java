package io.hark.detect;

import io.hark.event.LogDraft;
import io.hark.event.LogEvent;

/// Lines of logs, as their parsers give them.
public final class Lines {

    private static final long BEGIN = 1_700_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private Lines() {}

    /// A line so many seconds after the beginning.
    ///
    /// @param module who wrote it
    /// @param columns name, value, name, value …
    public static LogEvent line(double seconds, String module, String log, String... columns) {
        LogDraft draft = new LogDraft().of(module, log);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i + 1 < columns.length; i += 2) {
            if (columns[i].startsWith("+")) {
                draft.more(columns[i].substring(1), columns[i + 1]);
            } else {
                draft.put(columns[i], columns[i + 1]);
            }
            text.append(columns[i + 1]).append(' ');
        }
        draft.at(BEGIN * SECOND + Math.round(seconds * SECOND));
        draft.complete();
        return draft.build("test.log", 1, "line", text.toString());
    }

    /// A login at sshd.
    public static LogEvent sshd(double seconds, String from, String user, String outcome) {
        return line(
                seconds,
                "sshd",
                "",
                "event.category",
                "authentication",
                "event.type",
                "start",
                "event.outcome",
                outcome,
                "source.ip",
                from,
                "user.name",
                user,
                "host.name",
                "web1",
                "process.name",
                "sshd");
    }

    /// A connection that a firewall let through or not.
    public static LogEvent firewall(double seconds, String type, String from, String to, int port) {
        return line(
                seconds,
                "wall",
                "traffic",
                "event.category",
                "network",
                "event.type",
                "connection," + type,
                "source.ip",
                from,
                "destination.ip",
                to,
                "destination.port",
                Integer.toString(port),
                "network.transport",
                "tcp",
                "host.name",
                "fw1");
    }
}
