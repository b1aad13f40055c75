package io.hark.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.UserError;
import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import io.hark.wire.Input;
import io.hark.wire.Layers;
import io.hark.wire.Reader;
import io.hark.wire.Setup;
import io.hark.wire.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder that is listened into, and what happens to it between runs and without room.
class ListeningAgainTest {

    private static final Path CAPTURE = Path.of("..", "samples", "sandcat", "capture.pcap");

    @TempDir Path folder;

    private final List<String> told = new ArrayList<>();

    private Outcome listen(Path out) throws IOException, InterruptedException {
        Options options =
                Options.builder()
                        .logs(List.of("zeek"))
                        .store(true)
                        .workers(1)
                        .packets(new Options.PacketKeeping(false, 1L << 30))
                        .build();
        Layers layers = new Layers(Setup.Checksums.AUTO);
        try (Source source = new Reader(Input.open(CAPTURE), layers)) {
            return new Analysis(options, _ -> {})
                    .listen(source, out, Duration.ofHours(1), told::add);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Path day(Path out, String kind) throws IOException {
        Path of = out.resolve("events").resolve(kind);
        return of.resolve(names(of).getFirst());
    }

    @Test
    void the_next_run_adds_events_and_packets_and_puts_the_rest_away()
            throws IOException, InterruptedException {
        Path out = folder.resolve("case");
        listen(out);
        byte[] first = Files.readAllBytes(day(out, "conn").resolve("part-0001.parquet"));
        byte[] packets = Files.readAllBytes(out.resolve("packets/000000.pcapng"));
        String findings = Files.readString(out.resolve("findings.jsonl"));
        Path torn = Files.writeString(day(out, "conn").resolve("part-0002.parquet.tmp"), "PAR1");

        listen(out);

        assertThat(names(day(out, "conn")))
                .containsExactly("part-0001.parquet", "run-2-0001.parquet");
        assertThat(torn).doesNotExist();
        assertThat(day(out, "conn").resolve("part-0001.parquet")).hasBinaryContent(first);
        assertThat(out.resolve("packets/000000.pcapng")).hasBinaryContent(packets);
        assertThat(out.resolve("packets/000001.pcapng")).exists();
        assertThat(out.resolve("earlier/01/findings.jsonl")).hasContent(findings);
        assertThat(out.resolve("earlier/01/case.json")).exists();
        assertThat(out.resolve("earlier/01/logs/conn.log")).exists();
        assertThat(names(out)).contains("case.json", "findings.jsonl", "logs");
    }

    @Test
    void the_next_run_goes_on_with_what_was_learned() throws IOException, InterruptedException {
        Path out = folder.resolve("case");
        listen(out);
        byte[] learned = Files.readAllBytes(out.resolve("learned"));
        assertThat(learned).isNotEmpty();
        Files.write(out.resolve("learned"), new byte[] {1, 2, 3});
        listen(out); // it is damaged: learning anew
        assertThat(out.resolve("learned")).hasBinaryContent(learned);
    }

    @Test
    void what_was_killed_is_gone_on_with() throws IOException, InterruptedException {
        Path out = folder.resolve("case");
        listen(out);
        Files.move(out.resolve("case.json"), out.resolve("case.json.begun"));
        listen(out);
        assertThat(out.resolve("earlier/01/case.json.begun")).exists();
        assertThat(names(out)).contains("case.json").doesNotContain("case.json.begun");
        assertThat(names(day(out, "conn"))).hasSize(2);
    }

    @Test
    void a_case_that_is_written_is_left_alone() throws Exception {
        Path out = folder.resolve("case");
        listen(out);
        try (var lock =
                java.nio.channels.FileChannel.open(
                        out.resolve("case.lock"), java.nio.file.StandardOpenOption.WRITE)) {
            assertThat(lock.tryLock()).isNotNull();
            assertThatThrownBy(() -> listen(out))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("another hark is writing");
            assertThatThrownBy(
                            () ->
                                    new Analysis(Options.builder().build(), _ -> {})
                                            .run(CAPTURE, out))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("another hark is writing");
        }
        assertThat(out.resolve("case.json")).exists();
    }

    @Test
    void a_disk_that_takes_nothing_costs_what_it_does_not_take_and_not_the_run()
            throws IOException, InterruptedException {
        Path out = folder.resolve("case");
        Path inTheWay = out.resolve("events/conn");
        Files.createDirectories(inTheWay.getParent());
        Files.writeString(inTheWay, "no folder");
        Files.writeString(out.resolve("case.json.begun"), "");

        Outcome outcome = listen(out);

        assertThat(told).hasSize(1).first().asString().contains("capturing goes on");
        assertThat(outcome.counters()).containsEntry("packets", 42L);
        assertThat(outcome.counters()).containsEntry("events_unwritten", 1L);
        assertThat(names(day(out, "http"))).isNotEmpty();
        assertThat(out.resolve("case.json")).content().contains("\"events_unwritten\" : 1");
    }
}
