package io.hark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/// All dialects over all samples: the same rows in both of Zeek's forms, EVE with no field that
/// Suricata would not write, ECS with the fields that every event needs; and the same bytes,
/// however many workers.
final class LogsTest {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private static final EveShape EVE = new EveShape();
    private static final String FLOWS = "flow.log";

    @TempDir private Path scratch;

    @TestFactory
    Stream<DynamicTest> samples() {
        return Sample.in(Samples.FOLDER).stream()
                .map(
                        sample ->
                                DynamicTest.dynamicTest(
                                        sample.name(), () -> check(sample.capture())));
    }

    private void check(Path capture) throws Exception {
        Path one = logs(capture, "zeek-tsv", 1);
        Path three = logs(capture, "zeek-tsv", 3);
        Path zeek = logs(capture, "zeek", 2);
        for (String name : names(one)) {
            assertThat(Files.readAllBytes(one.resolve(name)))
                    .as(name)
                    .isEqualTo(Files.readAllBytes(three.resolve(name)));
        }
        List<String> logs = names(zeek);
        for (String name : logs) {
            List<Map<String, String>> objects = objects(zeek.resolve(name));
            if (name.equals(FLOWS)) { // whose elements have no column of their own
                objects.forEach(row -> row.keySet().retainAll(columns(one.resolve(name))));
            }
            assertThat(tabs(one.resolve(name))).as(name).isEqualTo(objects);
        }
        for (Map<?, ?> event : lines(one.resolve("eve.json"))) {
            assertThat(EVE.faults(event)).as(event.toString()).isEmpty();
        }
        List<Map<?, ?>> ecs = lines(one.resolve("ecs.json"));
        assertThat(ecs).isNotEmpty();
        for (Map<?, ?> event : ecs) {
            assertThat(event.keySet().stream().map(String::valueOf).toList())
                    .contains("@timestamp", "ecs.version", "event.kind", "event.category")
                    .contains("event.type", "event.dataset", "event.module", "event.action");
        }
        logs.addAll(List.of("eve.json", "ecs.json"));
        assertThat(names(one)).containsExactlyInAnyOrderElementsOf(logs);
    }

    private Path logs(Path capture, String zeek, int workers) throws Exception {
        Path out = Files.createTempDirectory(scratch, zeek).resolve("case");
        Options options =
                Options.builder()
                        .logs(zeek.equals("zeek") ? List.of(zeek) : List.of(zeek, "eve", "ecs"))
                        .hashes(Set.of("md5", "sha1", "sha256"))
                        .workers(workers)
                        .build();
        new Analysis(options, _ -> {}).run(capture, out);
        return out.resolve("logs");
    }

    private static List<String> names(Path logs) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            return new ArrayList<>(
                    files.map(file -> String.valueOf(file.getFileName())).sorted().toList());
        }
    }

    private static List<Map<?, ?>> lines(Path file) throws IOException {
        List<Map<?, ?>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add(JSON.readValue(line, Map.class));
        }
        return rows;
    }

    // ---- both of Zeek's forms as columns of plain text

    private static List<Map<String, String>> objects(Path file) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Map<?, ?> object : lines(file)) {
            Map<String, String> row = new LinkedHashMap<>();
            object.forEach((name, value) -> row.put(String.valueOf(name), plain(value)));
            rows.add(row);
        }
        return rows;
    }

    private static String plain(Object value) {
        return switch (value) {
            case Double number -> seconds(number.toString());
            case Boolean flag -> flag ? "T" : "F";
            case List<?> list -> list.stream().map(LogsTest::plain).toList().toString();
            default -> String.valueOf(value);
        };
    }

    /// Numbers may be written with zeros at the end.
    private static String seconds(String text) {
        return new java.math.BigDecimal(text).stripTrailingZeros().toPlainString();
    }

    private static List<String> columns(Path tabs) {
        try (Stream<String> lines = Files.lines(tabs)) {
            return lines.filter(line -> line.startsWith("#fields\t"))
                    .flatMap(line -> Stream.of(line.split("\t")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Map<String, String>> tabs(Path file) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        String[] fields = {};
        String[] types = {};
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.split("\t", -1);
            switch (cells[0]) {
                case "#fields" -> fields = cells;
                case "#types" -> types = cells;
                case "#separator \\x09",
                        "#set_separator",
                        "#empty_field",
                        "#unset_field",
                        "#path",
                        "#open",
                        "#close" -> {}
                default -> rows.add(row(fields, types, cells));
            }
        }
        return rows;
    }

    private static Map<String, String> row(String[] fields, String[] types, String[] cells) {
        assertThat(cells.length).isEqualTo(fields.length - 1);
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
            String type = types[i + 1];
            if (!cells[i].equals("-")) {
                row.put(fields[i + 1], value(type, cells[i]));
            }
        }
        return row;
    }

    private static String value(String type, String cell) {
        if (type.startsWith("set[") || type.startsWith("vector[")) {
            String element = type.substring(type.indexOf('[') + 1, type.length() - 1);
            return cell.equals("(empty)")
                    ? "[]"
                    : Stream.of(cell.split(",", -1))
                            .map(one -> value(element, one))
                            .toList()
                            .toString();
        }
        return switch (type) {
            case "time", "interval", "double" -> seconds(cell);
            case "string", "enum" -> cell.equals("(empty)") ? "" : unescaped(cell);
            default -> cell;
        };
    }

    private static String unescaped(String cell) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == '\\') {
                assertThat(cell.charAt(i + 1)).isEqualTo('x');
                text.append((char) Integer.parseInt(cell.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
