package io.hark.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.hark.LineParser;
import io.hark.Parser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.format.log.Stamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines of every product with what is in them, from `src/test/resources/io/hark/log/*.txt`.
///
/// *Shape* of a file: comments begin with `#`; a line of a log; below it, indented, `column =
/// value` a row, or `column =` for one that has to be absent. The lines are written for here, from
/// the vendors' grammar.
class LogSamplesTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/hark/log");
    private static final Instant LATEST = Instant.parse("2024-06-15T12:00:00Z");
    private static final Stamps STAMPS =
            new Stamps(ZoneOffset.UTC, LATEST.getEpochSecond() * 1_000_000_000L);
    private static final int DAMAGES = 60; // of every line
    private static final String ODD = "\u0000\"'\\[](){}|=:;, %<>-9é\uffff";

    private final List<LineParser> all =
            ServiceLoader.load(Parser.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(LineParser.class::isInstance)
                    .map(LineParser.class::cast)
                    .toList();

    private final Parsers parsers = new Parsers(all);

    private record Sample(Path file, String line, List<String> expected) {}

    private static List<Sample> samples() throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith("    ")) {
                        samples.getLast().expected.add(line.strip());
                    } else if (!line.isBlank() && !line.startsWith("# ")) {
                        samples.add(new Sample(file, line, new ArrayList<>()));
                    }
                }
            }
        }
        return samples;
    }

    @TestFactory
    Stream<DynamicTest> a_line_says_what_its_vendor_means() throws IOException {
        return samples().stream()
                .map(
                        sample ->
                                DynamicTest.dynamicTest(
                                        sample.file.getFileName() + ": " + sample.line,
                                        () -> check(sample)));
    }

    private void check(Sample sample) {
        LogLine line = new LogLine(sample.line, STAMPS);
        LogDraft draft = new LogDraft();
        assertThat(parsers.read(line, draft)).as("a parser whose line it is").isNotNull();
        for (String expected : sample.expected) {
            String[] parts = expected.split(" =", 2);
            assertThat(value(draft, parts[0])).as(parts[0]).isEqualTo(parts[1].strip());
        }
    }

    private static String value(LogDraft draft, String column) {
        boolean isTime =
                column.equals("ts") || column.endsWith(".start") || column.endsWith(".end");
        String text = draft.text(column);
        if (!isTime || text.isEmpty()) {
            return text;
        }
        long nanos = Long.parseLong(text);
        return Instant.ofEpochSecond(
                        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
                .toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov 28 10:21:02 host sudo: alice : ;TTY=pts/0",
                "Nov 28 10:21:02 host sudo: COMMAND=/bin/ls alice : TTY=pts/0",
            })
    void lines_that_once_made_a_parser_throw_are_read(String text) {
        assertThat(parsers.read(new LogLine(text, STAMPS), new LogDraft())).isNotNull();
        assertThat(parsers.failures()).isZero();
    }

    /// Cut, flipped, doubled, mixed with another one: any text may come.
    @Test
    void damaged_lines_are_read_without_an_error() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Sample> samples = samples();
        LogDraft draft = new LogDraft();
        for (Sample sample : samples) {
            for (int i = 0; i < DAMAGES; i++) {
                String other = samples.get(random.nextInt(samples.size())).line;
                String text = damaged(sample.line, other, random);
                assertThatCode(
                                () -> {
                                    LogLine line = new LogLine(text, STAMPS);
                                    parsers.read(line, draft);
                                    draft.complete();
                                    draft.build("x", 1, line.tsSource(), text);
                                })
                        .as("seed %d: %s", seed, text)
                        .doesNotThrowAnyException();
            }
        }
        assertThat(parsers.failures())
                .as("seed %d: parsers that threw, see the log", seed)
                .isZero();
    }

    private static String damaged(String line, String other, Random random) {
        StringBuilder text = new StringBuilder(line);
        switch (random.nextInt(5)) {
            case 0 -> text.setLength(random.nextInt(text.length()));
            case 1 -> text.delete(0, random.nextInt(text.length()));
            case 2 -> text.replace(random.nextInt(text.length()), text.length(), other);
            case 3 ->
                    text.insert(
                            random.nextInt(text.length()),
                            other.substring(random.nextInt(other.length())));
            default -> {
                for (int n = 1 + random.nextInt(8); n > 0 && !text.isEmpty(); n--) {
                    char flipped = ODD.charAt(random.nextInt(ODD.length()));
                    text.setCharAt(random.nextInt(text.length()), flipped);
                }
            }
        }
        return text.toString();
    }

    @Test
    void every_parser_has_a_line_here() throws IOException {
        Set<String> read = new TreeSet<>();
        for (Sample sample : samples()) {
            LineParser parser = parsers.read(new LogLine(sample.line, STAMPS), new LogDraft());
            if (parser != null) {
                read.add(parser.name());
            }
        }
        assertThat(read)
                .containsAll(all.stream().map(LineParser::name).collect(Collectors.toSet()));
    }
}
