package io.hark.lines;

import io.hark.event.LogEvent;
import io.hark.format.log.LogLine;
import io.hark.wire.Input;
import io.hark.wire.Source;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The records of one text input, one after the other.
///
/// *Thread*: one owner.
final class LogLines implements TextEvents {

    private final LogInput reader;
    private final Input input;
    private final TextLines lines;
    private final LogSource source;
    private final long unreadBefore;
    private long before;
    private long records;
    private boolean isOver;

    LogLines(LogInput reader, Input input, TextLines lines, LogSource source) {
        this.reader = reader;
        this.input = input;
        this.lines = lines;
        this.source = source;
        this.unreadBefore = reader.unread();
    }

    void forEach(Consumer<LogEvent> out) {
        for (LogEvent event = next(); event != null; event = next()) {
            out.accept(event);
        }
    }

    @Override
    public @Nullable LogEvent next() {
        String text = lines.next();
        if (text == null) {
            end();
            return null;
        }
        source.heading().see(text);
        LogLine line = reader.whole(text, lines, source);
        step();
        records++;
        return reader.event(line, source, true);
    }

    /// The record at hand becomes the one that [#source] counts.
    private void step() {
        source.next(lines.first() - before);
        before = lines.first();
    }

    private void end() {
        if (!isOver) {
            isOver = true;
            source.end(lines.lines() - before);
            count(reader.tally(), lines);
        }
    }

    static void count(LogTally tally, TextLines lines) {
        tally.count("log_lines", lines.lines());
        tally.count("log_octets_cut", lines.cut());
        tally.count("log_lines_unread", 0); // told even where there is none
        tally.count("log_lines_envelope_only", 0);
    }

    @Override
    public Source.Part part() {
        return part(input, lines, records, reader.unread() - unreadBefore);
    }

    /// How an input ended of which so many records were read, and so many of them by nobody.
    static Source.Part part(Input input, TextLines lines, long records, long unread) {
        String broken = lines.trouble();
        if (broken != null) {
            String where = "cannot be read on behind line " + lines.lines() + ": " + broken;
            return new Source.Part(input.name(), Source.Status.DAMAGED, where, 0);
        }
        boolean isKnown = records == 0 || unread < records;
        return new Source.Part(
                input.name(),
                isKnown ? Source.Status.OK : Source.Status.UNREADABLE,
                isKnown
                        ? ""
                        : "neither a capture nor a known log: it begins with the text '"
                                + lines.beginning()
                                + "'",
                0);
    }
}
