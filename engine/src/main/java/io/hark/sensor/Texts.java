package io.hark.sensor;

import io.hark.LineParser;
import io.hark.Parser;
import io.hark.event.LogEvent;
import io.hark.lines.LogInput;
import io.hark.wire.Input;
import io.hark.wire.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Reads the text inputs of a run into its case, one after the other, behind the captures.
///
/// *Thread*: one owner.
final class Texts {

    private static final int TELL_EVERY = 1 << 13; // lines between two words of progress
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final List<Inputs.Text> inputs;
    private final Options options;
    private final Case dir;
    private final LogInput reader;
    private final List<Source.Part> parts = new ArrayList<>();
    private long lines;

    Texts(List<Inputs.Text> inputs, Options options, Case dir) {
        this.inputs = inputs;
        this.options = options;
        this.dir = dir;
        this.reader =
                new LogInput(
                        inputs.isEmpty() ? List.of() : parsers(), options.logZones(), dir.logs());
    }

    private static List<LineParser> parsers() {
        List<LineParser> lines = new ArrayList<>();
        for (Parser parser : Analysis.all(Parser.class)) {
            if (parser instanceof LineParser line) {
                lines.add(line);
            }
        }
        return lines;
    }

    /// Reads all of them.
    ///
    /// @param progress is told now and then how far the reading is
    void read(Consumer<Analysis.Progress> progress) throws IOException {
        boolean wanted = options.wanted().is(LogEvent.class);
        for (Inputs.Text text : inputs) {
            try (Input input = text.open()) {
                parts.add(
                        reader.read(
                                input,
                                latest(text),
                                event -> {
                                    if (++lines % TELL_EVERY == 0) {
                                        progress.accept(
                                                new Analysis.Progress(
                                                        input.position(), input.size(), 0));
                                    }
                                    if (wanted) {
                                        dir.said(event);
                                    }
                                }));
            }
        }
    }

    /// When the file was last written to; of what is no file, now.
    private static long latest(Inputs.Text text) throws IOException {
        long millis =
                Files.isRegularFile(text.path())
                        ? Files.getLastModifiedTime(text.path()).toMillis()
                        : System.currentTimeMillis();
        return millis * NANOS_PER_MILLI;
    }

    /// How each ended.
    List<Source.Part> parts() {
        return parts;
    }

    /// Whether there was no line.
    boolean isEmpty() {
        return reader.lastNanos() == Long.MIN_VALUE;
    }

    /// The earliest time of a line, or [Long#MAX_VALUE].
    long firstNanos() {
        return reader.firstNanos();
    }

    /// The latest time of a line, or [Long#MIN_VALUE].
    long lastNanos() {
        return reader.lastNanos();
    }

    /// How many lines parsers failed on: a bug each.
    long failures() {
        return reader.failures();
    }
}
