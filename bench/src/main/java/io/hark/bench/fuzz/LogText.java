package io.hark.bench.fuzz;

import io.hark.Exporter;
import io.hark.LineParser;
import io.hark.Parser;
import io.hark.bytes.TextBuffer;
import io.hark.event.Event;
import io.hark.event.LogEvent;
import io.hark.export.ecs.Ecs;
import io.hark.lines.LogTally;
import io.hark.lines.LogZones;
import io.hark.lines.TextEvents;
import io.hark.lines.TextInput;
import io.hark.schema.Kind;
import io.hark.sensor.Analysis;
import io.hark.sensor.Wanted;
import io.hark.wire.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A text, read by all line parsers as an input of `analyze` is; what is a line is written as ECS.
///
/// *Thread*: one owner.
final class LogText implements Target {

    private static final long LATEST = 1_718_452_800_000_000_000L; // June 2024

    private final List<LineParser> parsers = new ArrayList<>();
    private final Exporter.Plan ecs =
            Objects.requireNonNull(new Ecs().plan(Kind.of(LogEvent.class)));
    private final TextBuffer row = new TextBuffer(1 << 12);

    LogText() {
        for (Parser parser : Analysis.all(Parser.class)) {
            if (parser instanceof LineParser line) {
                parsers.add(line);
            }
        }
    }

    @Override
    public void run(byte[] input) {
        TextInput reader = new TextInput(parsers, Wanted.everyKind(), LogZones.UTC, new LogTally());
        try (Input text = Input.of("text", new ByteArrayInputStream(input))) {
            TextEvents events = reader.open(text, LATEST);
            for (Event event = events.next(); event != null; event = events.next()) {
                write(event);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (reader.failures() > 0) {
            throw new IllegalStateException("a parser failed on a line, see the log");
        }
    }

    private void write(Event event) {
        if (event instanceof LogEvent line) {
            row.clear();
            ecs.write(line, 0, row);
        }
    }
}
