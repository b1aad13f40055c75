package io.hark.bench.fuzz;

import io.hark.Exporter;
import io.hark.LineParser;
import io.hark.Parser;
import io.hark.bytes.TextBuffer;
import io.hark.event.LogEvent;
import io.hark.export.ecs.Ecs;
import io.hark.lines.LogInput;
import io.hark.lines.LogTally;
import io.hark.lines.LogZones;
import io.hark.schema.Kind;
import io.hark.sensor.Analysis;
import io.hark.wire.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A text, read by all line parsers as an input of `analyze` is, and written as ECS.
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
        LogInput reader = new LogInput(parsers, LogZones.UTC, new LogTally());
        try (Input text = Input.of("text", new ByteArrayInputStream(input))) {
            reader.read(text, LATEST, this::write);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (reader.failures() > 0) {
            throw new IllegalStateException("a parser failed on a line, see the log");
        }
    }

    private void write(LogEvent event) {
        row.clear();
        ecs.write(event, 0, row);
    }
}
