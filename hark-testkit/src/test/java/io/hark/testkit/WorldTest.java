package io.hark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import io.hark.wire.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Captures as the world makes them, with one direction missing, doubled, begun late, swapped, with
/// a clock that jumps: what is told of them is sane, what is wrong is counted.
class WorldTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// What clients said, by log: the fields that hold their words.
    private static final Map<String, List<String>> ASKED =
            Map.of(
                    "http", List.of("method", "host", "uri", "user_agent"),
                    "dns", List.of("query", "qtype_name"),
                    "ssl", List.of("server_name"),
                    "smtp", List.of("helo", "mailfrom", "rcptto"));

    @TempDir Path temp;

    private int runs;

    private static Capture sample(String name) {
        return Capture.read(Samples.FOLDER.resolve(name).resolve("capture.pcap"));
    }

    private static RandomGenerator random() {
        return CaptureRewriter.seeded(7);
    }

    /// One run: how it ended and where its logs are.
    private record Run(Outcome outcome, Path logs) {

        long counter(String name) {
            return outcome.counters().getOrDefault(name, 0L);
        }

        /// The rows of a log, of each the fields named.
        List<String> rows(String log, List<String> fields) throws IOException {
            Path file = logs.resolve(log + ".log");
            List<String> rows = new ArrayList<>();
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode row = JSON.readTree(line);
                    rows.add(fields.stream().map(f -> f + "=" + row.path(f)).toList().toString());
                }
            }
            rows.sort(null);
            return rows;
        }

        /// What its clients said.
        List<String> asked() throws IOException {
            List<String> all = new ArrayList<>();
            for (String log : new TreeSet<>(ASKED.keySet())) {
                all.addAll(rows(log, ASKED.get(log)));
            }
            return all;
        }

        List<String> anomalies() throws IOException {
            return rows("weird", List.of("name"));
        }
    }

    /// Analyses a capture and looks whether all of it was read.
    private Run run(Capture capture) throws Exception {
        Path file = temp.resolve("capture" + ++runs + ".pcap");
        Path out = temp.resolve("case" + runs);
        capture.write(file);
        Options options =
                Options.builder()
                        .logs(List.of("zeek"))
                        .hashes(Set.of())
                        .workers(2)
                        .checksums(Setup.Checksums.IGNORE)
                        .build();
        Run run = new Run(new Analysis(options, _ -> {}).run(file, out), out.resolve("logs"));
        assertThat(run.outcome.status()).isEqualTo(Outcome.Status.OK);
        assertThat(run.counter("packets")).isEqualTo(capture.frames().size());
        assertThat(run.counter("own_errors")).isZero();
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "dns-udp", "tls12-ecdhe", "tls13", "smtp", "sandcat"})
    void without_the_answers_all_that_clients_said_is_told_and_nothing_is_odd(String name)
            throws Exception {
        Run whole = run(sample(name));
        Run half = run(Mutation.FIRST_SIDE.apply(sample(name), random()));

        assertThat(half.asked()).isNotEmpty().isEqualTo(whole.asked());
        assertThat(whole.anomalies()).containsAll(half.anomalies());
        assertThat(half.counter("clock_set_back")).isZero();
        if (name.equals("sandcat")) {
            assertThat(half.counter("messages")).as("what the implant said").isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "tls12-ecdhe", "smtp", "sandcat", "icmp-ping"})
    void every_frame_twice_is_counted_and_read_once(String name) throws Exception {
        Capture capture = sample(name);
        Run whole = run(capture);
        Run twice = run(Mutation.DUPLICATES.apply(capture, random()));

        assertThat(twice.counter("duplicates"))
                .isEqualTo(capture.frames().size() - whole.counter("not_ip"));
        assertThat(twice.asked()).isEqualTo(whole.asked());
        assertThat(twice.anomalies()).isEqualTo(whole.anomalies());
        assertThat(twice.counter("missed_bytes")).isEqualTo(whole.counter("missed_bytes"));
        assertThat(twice.counter("messages")).isEqualTo(whole.counter("messages"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "tls12-ecdhe", "smtp", "sandcat", "redis", "ssh"})
    void a_capture_begun_late_tells_of_what_it_has_and_claims_no_loss(String name)
            throws Exception {
        Run whole = run(sample(name));
        Run late = run(Mutation.MID_FILE.apply(sample(name), random()));

        assertThat(late.counter("missed_bytes")).isZero();
        assertThat(late.outcome().kinds().get("conn")).isPositive();
        assertThat(late.outcome().kinds().get("conn"))
                .isLessThanOrEqualTo(whole.outcome().kinds().get("conn"));
        assertThat(late.anomalies()).hasSizeLessThanOrEqualTo(whole.anomalies().size() + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "dns-tcp", "tls12-ecdhe", "tls13", "smtp", "sandcat"})
    void frames_of_streams_swapped_within_two_milliseconds_change_nothing(String name)
            throws Exception {
        Run whole = run(sample(name));
        Run swapped = run(Mutation.SWAPPED.apply(sample(name), random()));

        assertThat(swapped.asked()).isEqualTo(whole.asked());
        assertThat(swapped.counter("missed_bytes")).isEqualTo(whole.counter("missed_bytes"));
        assertThat(swapped.anomalies()).isEqualTo(whole.anomalies());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dns-udp", "ntp", "quic"})
    void swapped_datagrams_lose_no_question(String name) throws Exception {
        Run whole = run(sample(name));
        Run swapped = run(Mutation.SWAPPED.apply(sample(name), random()));

        assertThat(swapped.asked())
                .as("an answer that came first is told alone")
                .containsAll(whole.asked());
        assertThat(swapped.anomalies()).hasSizeLessThanOrEqualTo(whole.anomalies().size() + 1);
    }

    private static Stream<Mutation> jumps() {
        return Stream.of(Mutation.YEAR_BACK, Mutation.YEAR_FORWARD);
    }

    @ParameterizedTest
    @MethodSource("jumps")
    void a_clock_that_jumps_a_year_costs_no_request_and_a_set_back_is_said(Mutation jump)
            throws Exception {
        for (String name : List.of("http", "dns-udp", "sandcat")) {
            Run whole = run(sample(name));
            Run jumped = run(jump.apply(sample(name), random()));

            assertThat(jumped.counter("clock_set_back"))
                    .as("forward, it may as well have been silence")
                    .isEqualTo(jump == Mutation.YEAR_BACK ? 1 : 0);
            assertThat(jumped.asked()).as(name).containsAll(whole.asked());
            assertThat(jumped.outcome().kinds().get("conn"))
                    .as("at most one connection is cut in two")
                    .isBetween(
                            whole.outcome().kinds().get("conn"),
                            whole.outcome().kinds().get("conn") + 1);
        }
    }
}
