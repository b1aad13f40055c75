package io.hark.cli;

import io.hark.Decoder;
import io.hark.Detector;
import io.hark.Exporter;
import io.hark.LineParser;
import io.hark.Parser;
import io.hark.Secret;
import io.hark.bytes.TextBuffer;
import io.hark.bytes.Visible;
import io.hark.sensor.Analysis;
import io.hark.sensor.OutsideDecoders;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark list`: what this build has of each shape.
@Command(
        name = "list",
        header = "Lists what this build reads, decodes, detects and writes.",
        footerHeading = "%nExamples:%n",
        footer = {"  hark list decoders", "  hark list --json | jq 'select(.verified == false)'"})
final class ListCommand implements Callable<Integer> {

    /// What can be listed.
    enum Shape {
        parsers,
        logs,
        decoders,
        detectors,
        exporters
    }

    /// One line of it.
    ///
    /// @param verified whether real captures verify it; null where that is not the question
    private record Row(String name, Shape shape, String about, @Nullable Boolean verified) {}

    private final Terminal terminal;

    @Parameters(
            arity = "0..1",
            paramLabel = "parsers|logs|decoders|detectors|exporters",
            description = "Which; all without it.")
    private @Nullable Shape shape;

    @Option(names = "--json", description = "JSON even on a terminal: one line each.")
    private boolean json;

    ListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Row> rows = new ArrayList<>();
        for (Shape one : shape == null ? Shape.values() : new Shape[] {shape}) {
            rows.addAll(rows(one));
        }
        if (json || !terminal.isOutShown()) {
            rows.forEach(row -> terminal.out().println(line(row)));
        } else {
            terminal.out().print(table(rows));
        }
        terminal.out().flush();
        return Main.DONE;
    }

    private static List<Row> rows(Shape shape) {
        return switch (shape) {
            case parsers ->
                    Analysis.all(Parser.class).stream()
                            .filter(parser -> !(parser instanceof LineParser))
                            .map(parser -> new Row(parser.name(), shape, parser.about(), null))
                            .toList();
            case logs ->
                    Analysis.all(Parser.class).stream()
                            .filter(LineParser.class::isInstance)
                            .map(parser -> new Row(parser.name(), shape, parser.about(), null))
                            .sorted(Comparator.comparing(Row::name))
                            .toList();
            case decoders ->
                    Stream.concat(
                                    Analysis.decoders().stream(),
                                    OutsideDecoders.found(null).decoders().stream())
                            .map(
                                    decoder ->
                                            new Row(
                                                    decoder.name(),
                                                    shape,
                                                    about(decoder),
                                                    decoder.info().verified()))
                            .toList();
            case detectors -> {
                List<Row> rows = new ArrayList<>();
                for (Detector<?> detector : Analysis.all(Detector.class)) {
                    rows.add(new Row(detector.name(), shape, detector.about(), null));
                }
                yield rows;
            }
            case exporters ->
                    Analysis.all(Exporter.class).stream()
                            .map(
                                    exporter ->
                                            new Row(exporter.name(), shape, exporter.about(), null))
                            .toList();
        };
    }

    private static String about(Decoder<?> decoder) {
        Decoder.Info info = decoder.info();
        String keys =
                info.secrets().stream()
                        .sorted()
                        .map(Secret.Kind::word)
                        .collect(Collectors.joining(" or "));
        return decoder.about()
                + "; without a key: "
                + info.withoutKey()
                + (keys.isEmpty() ? "" : "; with " + keys + ": " + info.withKey());
    }

    private static String line(Row row) {
        TextBuffer line = new TextBuffer(200);
        line.put("{\"name\":").json(row.name).put(",\"kind\":").json(kind(row.shape));
        line.put(",\"about\":").json(row.about);
        Boolean verified = row.verified;
        if (verified != null) {
            line.put(",\"verified\":").put(verified ? "true" : "false");
        }
        return Visible.json(line.put('}').toString());
    }

    private static String kind(Shape shape) {
        return shape.name().substring(0, shape.name().length() - 1);
    }

    private String table(List<Row> rows) {
        Page page = new Page(terminal.columns(), terminal.isColoured());
        int names = rows.stream().mapToInt(row -> Page.width(row.name)).max().orElse(0);
        Shape last = null;
        for (Row row : rows) {
            if (row.shape != last) {
                page.heading(row.shape.name().toUpperCase(Locale.ROOT), "");
                last = row.shape;
            }
            Boolean verified = row.verified;
            String doubt = verified == null || verified ? "" : " (no real capture verifies it yet)";
            page.labelled(
                    2,
                    Page.Look.CYAN,
                    row.name + " ".repeat(names - Page.width(row.name) + 2),
                    Page.Look.PLAIN,
                    row.about + doubt);
        }
        return page.toString();
    }
}
