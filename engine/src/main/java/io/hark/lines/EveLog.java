package io.hark.lines;

import io.hark.event.Event;
import io.hark.wire.Input;
import io.hark.wire.Source;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads Suricata's EVE: each line is a line as any log's, since it says more than our kinds hold
/// and some of them are alerts; one that tells of a connection, or of what was said in it, is that
/// event as well, so that detectors run over it.
///
/// *Thread*: one owner.
final class EveLog implements TextEvents {

    private final LogInput reader;
    private final EventLogs logs;
    private final Input input;
    private final TextLines lines;
    private final LogSource source;
    private final EveQueries queries = new EveQueries();
    private final Deque<Event> ready = new ArrayDeque<>();
    private long line;
    private long records;
    private boolean isOver;

    EveLog(LogInput reader, EventLogs logs, Input input, TextLines lines, LogSource source) {
        this.reader = reader;
        this.logs = logs;
        this.input = input;
        this.lines = lines;
        this.source = source;
    }

    @Override
    public @Nullable Event next() {
        while (ready.isEmpty() && !isOver) {
            String text = lines.next();
            if (text == null) {
                end();
            } else {
                take(text);
            }
        }
        return ready.poll();
    }

    private void take(String text) {
        source.next(lines.first() - line);
        line = lines.first();
        records++;
        Event asLine = reader.event(reader.line(text, source), source, true);
        JsonRow json = JsonRow.of(text);
        if (json != null && "dns".equals(json.text("event_type"))) {
            ready(queries.take(json, source.stamps()));
        } else if (json != null && json.text("src_ip") != null) {
            EveRow row = EveRow.of(json, source.stamps());
            ready(row == null ? List.of() : List.of(row));
        }
        ready.add(asLine);
    }

    private void ready(List<EveRow> rows) {
        for (EveRow row : rows) {
            RowPlan<?> plan = logs.plan(List.of(), row.log());
            Event event = plan == null ? null : plan.make(row, source.stamps(), 0);
            if (event != null) {
                ready.add(event);
            }
        }
    }

    private void end() {
        isOver = true;
        ready(queries.end());
        source.end(lines.lines() - line);
        LogLines.count(reader.tally(), lines);
    }

    @Override
    public Source.Part part() {
        return LogLines.part(input, lines, records, 0); // whatever its lines: the log is known
    }
}
