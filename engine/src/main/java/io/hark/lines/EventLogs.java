package io.hark.lines;

import io.hark.event.Event;
import io.hark.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The logs of other monitors whose rows are events of ours, told apart by content and, where a row
/// does not say which log it is of, by the file's name.
///
/// *Thread*: immutable, any.
final class EventLogs {

    /// What the names of these logs begin with.
    static final String ZEEK = "zeek.";

    /// Logs that judge, or that we derive ourselves from the others: their rows are kept as lines.
    private static final Set<String> OWN =
            Set.of(
                    "-",
                    "notice",
                    "stats",
                    "software",
                    "known_hosts",
                    "known_services",
                    "known_certs",
                    "prevalence",
                    "log",
                    "flow");

    /// Zeek's logs that are no kind of ours, by name: some of their rows have nothing else to tell
    /// them by.
    private static final Set<String> OTHERS =
            Set.of(
                    "analyzer",
                    "analyzer_debug",
                    "broker",
                    "capture_loss",
                    "cluster",
                    "config",
                    "dpd",
                    "intel",
                    "known_certs",
                    "known_hosts",
                    "known_services",
                    "loaded_scripts",
                    "notice",
                    "notice_alarm",
                    "packet_filter",
                    "pe",
                    "print",
                    "reporter",
                    "signatures",
                    "software",
                    "stats",
                    "telemetry",
                    "traceroute",
                    "unknown_protocols",
                    "weird_stats");

    private final List<RowPlan<?>> plans = new ArrayList<>();

    /// @param kinds every kind of this build
    EventLogs(List<Kind<? extends Event>> kinds) {
        for (Kind<? extends Event> kind : kinds) {
            if (!OWN.contains(kind.log())) {
                plans.add(new RowPlan<>(kind));
            }
        }
    }

    /// Whether a text that begins with this line is such a log.
    ///
    /// @param log the log that the file is named after
    boolean isOne(String line, String log) {
        if (line.stripLeading().startsWith(TsvRows.SIGN)) {
            return true;
        }
        JsonRow row = JsonRow.of(line);
        if (row == null) {
            return false;
        }
        List<String> names = row.names();
        return OTHERS.contains(log) && !names.contains("event_type")
                || names.contains("ts") && (names.contains("_path") || plan(names, log) != null);
    }

    /// What reads rows of these names; null if nobody does.
    ///
    /// @param log the name of the log, as the row, the head or the file tells it; one that no kind
    ///   has is looked for by the names alone
    @Nullable RowPlan<?> plan(List<String> names, String log) {
        RowPlan<?> best = null;
        int most = 0;
        for (RowPlan<?> plan : plans) {
            if (plan.log().equals(log)) {
                return plan;
            }
            int fit = OTHERS.contains(log) ? 0 : plan.fit(names);
            if (fit > most) {
                most = fit;
                best = plan;
            }
        }
        return best;
    }

    /// The log that a file is named after: `conn` of `conn.log` and of
    /// `conn.2026-11-28-00-00-00.log.gz`.
    static String logOf(String input) {
        String name =
                input.substring(Math.max(input.lastIndexOf('/'), input.lastIndexOf('\\')) + 1);
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
