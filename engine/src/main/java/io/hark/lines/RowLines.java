package io.hark.lines;

import io.hark.event.Event;
import io.hark.wire.Input;
import io.hark.wire.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a log of another monitor: a row that is an event of ours becomes that event, with the ids
/// it has there; any other becomes a line as any log's, so that nothing is lost.
///
/// *Thread*: one owner.
final class RowLines implements TextEvents {

    private final LogInput reader;
    private final EventLogs logs;
    private final Input input;
    private final TextLines lines;
    private final LogSource source;
    private final String named;
    private final TsvRows table = new TsvRows();
    private long before; // time of the row before; when the file was written where there is none
    private long line;
    private List<String> names = List.of();
    private String log = "";
    private @Nullable RowPlan<?> plan;
    private long records;
    private boolean isOver;

    RowLines(LogInput reader, EventLogs logs, Input input, TextLines lines, LogSource source) {
        this.reader = reader;
        this.logs = logs;
        this.input = input;
        this.lines = lines;
        this.source = source;
        this.before = source.stamps().reference();
        this.named = EventLogs.logOf(input.name());
    }

    @Override
    public @Nullable Event next() {
        for (String text = lines.next(); text != null; text = lines.next()) {
            source.next(lines.first() - line);
            line = lines.first();
            String bare = text.stripLeading(); // as people save heads
            if (bare.startsWith("#")) {
                source.heading().see(bare);
                table.head(bare);
                continue;
            }
            Row row = text.startsWith("{") ? JsonRow.of(text) : table.row(text);
            Event event = row == null ? null : event(row);
            records++;
            if (event == null) {
                return reader.event(reader.line(text, source), source, true);
            }
            before = event.ts();
            reader.tally().read(EventLogs.ZEEK + log, event.ts());
            reader.tally().count("log_records", 1);
            return event;
        }
        if (!isOver) {
            isOver = true;
            source.end(lines.lines() - line);
            LogLines.count(reader.tally(), lines);
        }
        return null;
    }

    private @Nullable Event event(Row row) {
        List<String> told = row.names();
        String path = row.text("_path");
        String name = path != null ? path : table.path().isEmpty() ? named : table.path();
        if (!told.equals(names) || !name.equals(log)) {
            names = told;
            log = name;
            plan = logs.plan(told, name);
        }
        return plan == null ? null : plan.make(row, source.stamps(), before);
    }

    @Override
    public Source.Part part() {
        return LogLines.part(input, lines, records, 0); // whatever its rows: the log is known
    }
}
