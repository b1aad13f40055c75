package io.hark.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Detector;
import io.hark.event.Finding;
import io.hark.incident.Tactic;
import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds `docs/detections.md` against what is there: every technique that Engage maps to what we
/// do, a detector that exists, a sample or a test on which it fires, and a twin on which it does
/// not.
class DetectionsTest {

    private static final Path ROOT = Path.of("..");
    private static final Path TESTS = Path.of("src/test/java/io/hark");
    private static final Pattern TECHNIQUE = Pattern.compile("\"(T\\d{4}(?:\\.\\d{3})?)\"");
    private static final String SAMPLE = "sample ";
    private static final String NONE = "none";

    private record Row(String technique, String detector, String fires, String twin, String how) {}

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/detections.md"))) {
            if (line.startsWith("| T")) {
                String[] cells = line.replace("`", "").split("\\|");
                rows.add(
                        new Row(
                                cells[1].strip(),
                                cells[3].strip(),
                                cells[4].strip(),
                                cells[5].strip(),
                                cells[6].strip()));
            }
        }
        return rows;
    }

    @Test
    void every_technique_of_engage_has_a_row() throws IOException {
        Path mapping = Path.of("src/main/resources/io/hark/event/engage.tsv");
        List<String> mapped =
                Files.readAllLines(mapping).stream()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split("\t"))
                        .filter(row -> row[1].equals("EAC0002") || row[1].equals("EAC0004"))
                        .map(row -> row[0])
                        .distinct()
                        .sorted()
                        .toList();
        assertThat(rows().stream().map(Row::technique)).containsExactlyElementsOf(mapped);
    }

    @Test
    void every_row_names_a_detector_and_a_test_that_are_there() throws IOException {
        List<String> detectors =
                Analysis.all(Detector.class).stream().map(one -> one.name()).toList();
        Map<String, String> tests = tests();
        for (Row row : rows()) {
            if (row.detector.equals(NONE)) {
                assertThat(row.how).as(row.technique).contains("not on this wire");
                continue;
            }
            assertThat(detectors).contains(row.detector);
            assertThat(row.how).isIn("independent", "self-recorded", "synthetic");
            for (String shown : List.of(row.fires, row.twin)) {
                if (!shown.startsWith(SAMPLE)) {
                    String[] parts = shown.split("#");
                    assertThat(tests.get(parts[0]))
                            .as(shown)
                            .isNotNull()
                            .contains("void " + parts[1] + "(");
                }
            }
        }
    }

    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                tests.put(name, Files.readString(file));
            }
        }
        return tests;
    }

    @Test
    void samples_fire_and_their_twins_do_not() throws Exception {
        for (Row row : rows()) {
            if (row.fires.startsWith(SAMPLE)) {
                assertThat(found(row.fires)).as(row.technique).anyMatch(f -> isOf(row, f));
            }
            if (row.twin.startsWith(SAMPLE)) {
                assertThat(found(row.twin))
                        .as(row.technique)
                        .noneMatch(f -> f.detector().equals(row.detector));
            }
        }
    }

    /// All samples are of one client and one server (`samples/record/netns.sh`).
    @Test
    void what_fires_on_a_sample_names_its_hosts_and_lies_within_its_time() throws Exception {
        for (Row row : rows()) {
            if (!row.fires.startsWith(SAMPLE)) {
                continue;
            }
            Outcome outcome = run(row.fires);
            assertThat(outcome.summary().findings().stream().filter(f -> isOf(row, f)))
                    .as(row.technique)
                    .isNotEmpty()
                    .allSatisfy(
                            f -> {
                                assertThat(List.of(f.orig_h().toString(), f.resp_h().toString()))
                                        .containsExactlyInAnyOrder("192.0.2.10", "198.51.100.20");
                                assertThat(f.first()).isGreaterThanOrEqualTo(outcome.firstNanos());
                                assertThat(f.last()).isBetween(f.first(), outcome.lastNanos());
                            });
        }
    }

    private static boolean isOf(Row row, Finding finding) {
        return finding.detector().equals(row.detector)
                && finding.techniques().stream().anyMatch(t -> t.startsWith(row.technique));
    }

    private static List<Finding> found(String sample) throws Exception {
        return run(sample).summary().findings();
    }

    private static Outcome run(String sample) throws Exception {
        Path capture =
                ROOT.resolve("samples")
                        .resolve(sample.substring(SAMPLE.length()))
                        .resolve("capture.pcap");
        assertThat(capture).exists();
        return new Analysis(Options.builder().build(), _ -> {}).run(capture, null);
    }

    @Test
    void every_technique_that_a_detector_names_has_a_tactic() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/hark/detect"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                TECHNIQUE
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(
                                found ->
                                        assertThat(Tactic.of(found.group(1)))
                                                .as(file + " " + found.group(1))
                                                .isNotEqualTo(Tactic.UNKNOWN));
            }
        }
    }
}
