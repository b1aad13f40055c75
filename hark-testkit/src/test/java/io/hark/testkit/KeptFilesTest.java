package io.hark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files are kept under the name of what they are, the same ones by any number of workers.
final class KeptFilesTest {

    @TempDir private Path temp;

    private Outcome analyze(Path out, int workers) throws Exception {
        List<Path> captures =
                Sample.in(Samples.FOLDER).stream()
                        .filter(
                                sample ->
                                        List.of("http-download", "smtp", "ftp-passive", "tftp")
                                                .contains(sample.name()))
                        .map(Sample::capture)
                        .toList();
        assertThat(captures).hasSize(4);
        Options options = Options.builder().files(true).workers(workers).build();
        return new Analysis(options, _ -> {}).run(captures, out);
    }

    private static Map<String, String> contents(Path folder) throws Exception {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
                contents.put(
                        String.valueOf(file.getFileName()),
                        HexFormat.of().formatHex(sha256.digest(Files.readAllBytes(file))));
            }
        }
        return contents;
    }

    @Test
    void every_file_is_what_its_name_says() throws Exception {
        Path out = temp.resolve("case");
        Outcome outcome = analyze(out, 1);

        Map<String, String> files = contents(out.resolve("files"));
        assertThat(files.keySet()).contains("index.jsonl", "README.txt");
        files.keySet().removeIf(name -> name.contains("."));
        assertThat(files)
                .hasSizeGreaterThan(3)
                .allSatisfy((name, is) -> assertThat(is).isEqualTo(name));
        assertThat(files) // what samples/http-download served: its record.sh
                .containsKey("c7eeef471c2077ce21ebcc3a4e3ba3f27bc62ec8c6d6884c10a95a0a108541b9");
        assertThat(outcome.counters()).containsEntry("files_kept", (long) files.size());
        assertThat(outcome.counters()).containsEntry("files_left_out", 0L);
    }

    @Test
    void any_number_of_workers_keeps_the_same() throws Exception {
        analyze(temp.resolve("one"), 1);
        analyze(temp.resolve("four"), 4);

        assertThat(contents(temp.resolve("four").resolve("files")))
                .isEqualTo(contents(temp.resolve("one").resolve("files")));
    }
}
