package io.hark.lines;

import io.hark.LineParser;
import io.hark.event.Event;
import io.hark.schema.Kind;
import io.hark.wire.Input;
import java.util.List;

/// Opens text inputs: logs whose rows are events of another monitor, and logs of anybody.
///
/// *Thread*: one owner.
public final class TextInput {

    private final LogInput lines;
    private final EventLogs logs;

    /// A reader for any number of inputs, any of them at a time.
    ///
    /// @param kinds the kinds whose events may be read from logs of other monitors
    /// @param zones where clocks stand whose lines do not tell
    /// @param tally what is counted
    public TextInput(
            List<LineParser> parsers,
            List<Kind<? extends Event>> kinds,
            LogZones zones,
            LogTally tally) {
        this.lines = new LogInput(parsers, zones, tally);
        this.logs = new EventLogs(kinds);
    }

    /// What an input tells, from its beginning.
    ///
    /// @param latest when the input was last written to, nanoseconds: no line is of later
    public TextEvents open(Input input, long latest) {
        TextLines text = new TextLines(input);
        LogSource source = new LogSource(input.name(), lines.zones()).until(latest);
        String first = text.peek();
        if (first == null) {
            return new LogLines(lines, input, text, source);
        } else if (isEve(first)) {
            return new EveLog(lines, logs, input, text, source);
        }
        return logs.isOne(first, EventLogs.logOf(input.name()))
                ? new RowLines(lines, logs, input, text, source)
                : new LogLines(lines, input, text, source);
    }

    private static boolean isEve(String line) {
        JsonRow row = JsonRow.of(line);
        return row != null && EveRow.isOne(row);
    }

    /// Whether the rows of an input that begins like this are events of another monitor.
    public boolean isOfEvents(Input input) {
        String first = new TextLines(input).peek();
        return first != null && (isEve(first) || logs.isOne(first, EventLogs.logOf(input.name())));
    }

    /// How many lines parsers failed on: a bug each.
    public long failures() {
        return lines.failures();
    }
}
