package io.hark.sensor;

import io.hark.lines.LogTally;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/// What `case.json` says of a run: its inputs and how they were read, counters, events a kind,
/// loss, what was asked for (docs/reference/case.md).
///
/// Written piece by piece: binding objects would load a calendar for every short run (measured: a
/// fifteenth of one).
///
/// *Thread*: one owner.
final class CaseSeal {

    private static final int MAX_UNREAD = 100; // shapes of lines that are told
    private static final int NANO_DIGITS = 9;

    private static final ObjectWriteContext INDENTED =
            new ObjectWriteContext.Base() {
                @Override
                public boolean hasPrettyPrinter() {
                    return true;
                }

                @Override
                public PrettyPrinter getPrettyPrinter() {
                    return new DefaultPrettyPrinter();
                }
            };

    private final JsonGenerator out;

    private CaseSeal(JsonGenerator out) {
        this.out = out;
    }

    /// The text of the file.
    static String text(Outcome outcome, Options options) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(INDENTED, text)) {
            new CaseSeal(out).write(outcome, options);
        }
        return text + "\n";
    }

    /// The share of the payload that is missing in a finished case, as its file says; 0 if it does
    /// not.
    static double captureLoss(Path file) throws IOException {
        return Files.exists(file)
                ? new JsonMapper().readTree(Files.readString(file)).path("capture_loss").asDouble(0)
                : 0;
    }

    private void write(Outcome outcome, Options options) {
        out.writeStartObject();
        out.writeStringProperty("hark", Version.TEXT);
        out.writeStringProperty("input_status", word(outcome.status()));
        out.writeArrayPropertyStart("inputs");
        outcome.inputs().forEach(this::input);
        out.writeEndArray();
        out.writeObjectPropertyStart("counters");
        if (!outcome.counters().containsKey("packets")) {
            out.writeNumberProperty("packets", 0);
        }
        outcome.counters().forEach(out::writeNumberProperty);
        out.writeNumberProperty("seconds", outcome.seconds());
        out.writeEndObject();
        numbers("events", outcome.kinds());
        logs(outcome.summary().logs());
        if (outcome.lastNanos() != 0) {
            seconds("first", outcome.firstNanos());
            seconds("last", outcome.lastNanos());
        }
        out.writeNumberProperty("capture_loss", outcome.captureLoss());
        out.writeBooleanProperty("deterministic", outcome.deterministic());
        asked(options);
        out.writeEndObject();
    }

    private void input(Outcome.Seen seen) {
        Path capture = seen.path();
        out.writeStartObject();
        out.writeStringProperty("path", capture.toString());
        if (!capture.isAbsolute()
                && Files.exists(capture)) { // where commands find it from elsewhere
            out.writeStringProperty("absolute", capture.toAbsolutePath().normalize().toString());
        }
        if (seen.size() != null) {
            out.writeNumberProperty("size", seen.size());
        }
        if (seen.sha256() != null) {
            out.writeStringProperty("sha256", seen.sha256());
        }
        out.writeStringProperty("status", word(seen.status()));
        out.writeNumberProperty("packets", seen.packets());
        if (!seen.trouble().isEmpty()) {
            out.writeStringProperty("trouble", seen.trouble());
        }
        out.writeEndObject();
    }

    /// Lines by the log they stand in, and those nobody reads by shape; nothing without logs.
    private void logs(LogTally logs) {
        List<LogTally.Dataset> read = logs.datasets();
        if (!read.isEmpty()) {
            out.writeObjectPropertyStart("logs");
            read.forEach(one -> out.writeNumberProperty(one.name, one.lines));
            out.writeEndObject();
        }
        List<LogTally.Unread> unread = logs.unread(MAX_UNREAD);
        if (!unread.isEmpty()) {
            out.writeArrayPropertyStart("unread_lines");
            for (LogTally.Unread one : unread) {
                out.writeStartObject();
                out.writeStringProperty("shape", one.shape());
                out.writeNumberProperty("lines", one.lines());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
    }

    private void asked(Options options) {
        out.writeObjectPropertyStart("options");
        out.writeNumberProperty("workers", options.workers());
        out.writeStringProperty("checksums", options.checksums().name().toLowerCase(Locale.ROOT));
        out.writeBooleanProperty("midstream", options.midstream());
        some("local", options.local().prefixes().stream().map(Object::toString).toList());
        texts("only", options.wanted().names());
        texts("logs", options.logs());
        texts("hash", options.hashes().stream().sorted().toList());
        out.writeStringProperty("store", options.store() ? "parquet" : "none");
        some("keys", options.keyring().secrets().stream().map(secret -> secret.name()).toList());
        if (!options.outside().files().isEmpty()) {
            out.writeArrayPropertyStart("decoders");
            for (OutsideDecoders.File file : options.outside().files()) {
                out.writeStartObject();
                out.writeStringProperty("path", file.path().toString());
                out.writeStringProperty("sha256", file.sha256());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private void numbers(String name, Map<String, Long> numbers) {
        out.writeObjectPropertyStart(name);
        numbers.forEach(out::writeNumberProperty);
        out.writeEndObject();
    }

    private void texts(String name, List<String> texts) {
        out.writeArrayPropertyStart(name);
        texts.forEach(out::writeString);
        out.writeEndArray();
    }

    private void some(String name, List<String> texts) {
        if (!texts.isEmpty()) {
            texts(name, texts);
        }
    }

    private void seconds(String name, long nanos) {
        out.writeNumberProperty(name, BigDecimal.valueOf(nanos, NANO_DIGITS));
    }

    private static String word(Outcome.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
