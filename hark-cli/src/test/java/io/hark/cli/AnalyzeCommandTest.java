package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnalyzeCommandTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path BEACON = Run.sample("beacon");
    private static final Path DNS = Run.sample("dns-udp");

    @TempDir Path temp;

    @Test
    void behind_a_pipe_an_input_is_one_line_of_json() {
        Run run = Run.piped("analyze", BEACON);

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).hasSize(1);
        JsonNode said = JSON.readTree(run.out());
        assertThat(said.at("/status").asString()).isEqualTo("ok");
        assertThat(said.at("/counters/packets").asLong()).isEqualTo(360);
        assertThat(said.at("/events/conn").asLong()).isEqualTo(60);
        assertThat(said.at("/findings/0/detector").asString()).isNotEmpty();
        assertThat(said.has("case")).isFalse();
    }

    @Test
    void only_conn_writes_connections_alone() {
        Path out = temp.resolve("case");

        Run run = Run.piped("analyze", DNS, "--out", out, "--logs", "zeek", "--only", "conn");

        assertThat(run.exit()).isZero();
        assertThat(out.resolve("logs/conn.log")).isNotEmptyFile();
        assertThat(out.resolve("logs/dns.log")).doesNotExist();
        assertThat(out.resolve("events")).isDirectoryContaining("glob:**/conn");
        assertThat(out.resolve("events/dns")).doesNotExist();
    }

    @Test
    void on_a_terminal_json_must_be_asked_for() {
        assertThat(Run.shown(80, "analyze", DNS).out()).startsWith(DNS.toString());
        assertThat(Run.shown(80, "analyze", DNS, "--json").out()).startsWith("{\"input\":");
    }

    @Test
    void a_case_says_what_went_in_and_what_came_of_it() throws IOException {
        Path out = temp.resolve("case");

        Run run = Run.piped("analyze", DNS, "--out", out, "--logs", "zeek", "--workers", 2);

        assertThat(run.exit()).isZero();
        JsonNode json = JSON.readTree(Files.readString(out.resolve("case.json")));
        assertThat(json.at("/input_status").asString()).isEqualTo("ok");
        assertThat(json.at("/inputs/0/sha256").asString()).hasSize(64);
        assertThat(json.at("/counters/packets").asLong()).isPositive();
        assertThat(json.at("/options/hash/0").asString()).isEqualTo("sha256");
        assertThat(out.resolve("logs/dns.log")).isNotEmptyFile();
        assertThat(out.resolve("events/dns")).isDirectory();
        assertThat(names(out)).containsExactly("case.json", "events", "logs", "report.html");
    }

    @Test
    void a_new_run_leaves_nothing_of_the_old_case_and_no_other_file_goes() throws IOException {
        Path out = temp.resolve("case");
        Run.piped("analyze", DNS, "--out", out, "--logs", "zeek");
        Files.writeString(out.resolve("my-notes.txt"), "keep");

        Run run = Run.piped("analyze", DNS, "--out", out, "--store", "none");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("replacing the case in " + out);
        assertThat(names(out)).containsExactly("case.json", "my-notes.txt", "report.html");
    }

    @Test
    void a_folder_of_other_things_is_left_alone() throws IOException {
        Files.createDirectories(temp.resolve("photos/logs"));

        Run run = Run.piped("analyze", DNS, "--out", temp.resolve("photos"));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("holds files but no case");
        assertThat(names(temp.resolve("photos"))).containsExactly("logs");
    }

    @Test
    void each_input_has_a_case_of_its_own_and_an_unreadable_one_stops_none() throws IOException {
        Path text =
                Files.writeString(
                        temp.resolve("notes.txt"), "this is no capture, however long it may be");
        Path empty = Files.createFile(temp.resolve("empty.pcap"));
        Path missing = temp.resolve("missing.pcap");
        Path out = temp.resolve("out");

        Run run = Run.piped("analyze", "--each", "--out", out, text, missing, empty, BEACON);

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out().lines()).hasSize(4);
        for (String unreadable : List.of("notes.txt", "missing.pcap", "empty.pcap")) {
            JsonNode json =
                    JSON.readTree(Files.readString(out.resolve(unreadable).resolve("case.json")));
            assertThat(json.at("/input_status").asString()).as(unreadable).isEqualTo("unreadable");
            assertThat(json.at("/inputs/0/trouble").asString()).as(unreadable).isNotEmpty();
        }
        JsonNode last = JSON.readTree(Files.readString(out.resolve("capture.pcap/case.json")));
        assertThat(last.at("/input_status").asString()).isEqualTo("ok");
    }

    @Test
    void a_log_beside_a_capture_is_read_into_the_same_case() throws IOException {
        Path log =
                Files.writeString(
                        temp.resolve("fw.log"),
                        "<134>Mar  2 2024 10:20:30: %ASA-6-302014: Teardown TCP connection 1 for outside:198.51.100.20/443"
                                + " to inside:192.0.2.10/50123 duration 0:00:01 bytes 46 TCP FINs\n"
                                + "nobody knows 7\n");
        Path out = temp.resolve("case");

        Run run = Run.piped("analyze", "--logs", "ecs", "--out", out, BEACON, log);

        assertThat(run.exit()).isZero();
        JsonNode json = JSON.readTree(Files.readString(out.resolve("case.json")));
        assertThat(json.at("/input_status").asString()).isEqualTo("ok");
        assertThat(json.at("/counters/packets").asLong()).isPositive();
        assertThat(json.at("/logs/cisco_asa").asLong()).isEqualTo(1);
        assertThat(json.at("/unread_lines/0/shape").asString()).isEqualTo("nobody knows #");
        assertThat(Files.readString(out.resolve("logs/ecs.json")))
                .contains("\"event.code\":\"302014\"")
                .contains("\"source.ip\":\"198.51.100.20\"")
                .contains("\"event.original\":\"nobody knows 7\"");
    }

    @Test
    void a_misspelt_input_does_not_cost_the_case_that_is_there() throws IOException {
        Path out = temp.resolve("case");
        Run.piped("analyze", DNS, "--out", out);
        String before = Files.readString(out.resolve("case.json"));

        Run run = Run.piped("analyze", temp.resolve("mispelt.pcap"), "--out", out);

        assertThat(run.exit()).isEqualTo(3);
        assertThat(Files.readString(out.resolve("case.json"))).isEqualTo(before);
        assertThat(out.resolve("events/dns")).isDirectory();
    }

    @Test
    void a_capture_that_breaks_off_is_analysed_as_far_as_it_goes() throws IOException {
        byte[] whole = Files.readAllBytes(BEACON);
        Path half =
                Files.write(temp.resolve("half.pcap"), Arrays.copyOf(whole, whole.length / 2 - 3));

        Run run = Run.piped("analyze", half);

        assertThat(run.exit()).isZero();
        JsonNode said = JSON.readTree(run.out());
        assertThat(said.at("/status").asString()).isEqualTo("damaged");
        assertThat(said.at("/trouble").asString()).contains("behind frame");
        assertThat(said.at("/counters/packets").asLong()).isBetween(100L, 360L);
        assertThat(Run.shown(80, "analyze", half).out()).contains("damaged: ");
    }

    @Test
    void findings_of_the_severity_asked_for_are_an_exit_status() {
        assertThat(Run.piped("analyze", BEACON, "--fail-on", "low").exit()).isEqualTo(1);
        assertThat(Run.piped("analyze", BEACON, "--fail-on", "critical").exit()).isZero();
        assertThat(Run.piped("analyze", DNS, "--fail-on", "low").exit()).isZero();
    }

    @Test
    void an_unreadable_input_outweighs_a_finding() {
        Run run =
                Run.piped("analyze", "--each", BEACON, temp.resolve("no.pcap"), "--fail-on", "low");

        assertThat(run.exit()).isEqualTo(3);
    }

    @Test
    void a_case_that_cannot_be_written_is_status_4() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");

        Run run = Run.piped("analyze", DNS, "--out", file.resolve("case"));

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err()).startsWith("hark: could not write " + file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--hash crc32",
                "--hash none,md5",
                "--store csv",
                "--workers 0",
                "--workers many",
                "--checksums maybe",
                "--midstream perhaps",
                "--local 10.0.0.0/64",
                "--fail-on dreadful",
                "--keys nowhere.key",
                "--logs zeek",
                "--only con",
                "--out case --logs latin",
                "--no-such-option"
            })
    void a_wrong_option_is_status_2_and_nothing_is_done(String options) {
        Run run = run(options);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("hark: ").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--rules x.rules", "--rules=x", "--show-secrets", "--out c --logs ocsf"})
    void what_is_still_to_come_says_so(String options) {
        Run run = run(options);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("not in this build");
    }

    private static Run run(String options) {
        Object[] words = ("analyze " + DNS + " " + options).split(" ");
        return Run.piped(words);
    }

    @Test
    void a_pipe_with_a_name_is_read_as_it_comes() throws Exception {
        Path pipe = temp.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        Thread writer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try (var out = Files.newOutputStream(pipe)) {
                                        Files.copy(Run.sample("http"), out);
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                });

        Path into = temp.resolve("case");
        Run.piped("analyze", Run.sample("http"), "--out", into); // replaced by what comes
        Run run = Run.piped("analyze", pipe, "--out", into);
        writer.join();

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"status\":\"ok\"").contains("\"http\"");
    }

    @Test
    void several_inputs_are_one_timeline_and_one_case() throws IOException {
        Path out = temp.resolve("case");
        Path missing = temp.resolve("missing.pcap");

        Run run = Run.piped("analyze", DNS, missing, BEACON, "--out", out);

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out().lines()).hasSize(1);
        JsonNode json = JSON.readTree(Files.readString(out.resolve("case.json")));
        assertThat(json.at("/input_status").asString()).isEqualTo("damaged");
        assertThat(json.at("/inputs")).hasSize(3);
        assertThat(json.at("/inputs/0/sha256").asString()).hasSize(64);
        assertThat(json.at("/inputs/1/status").asString()).isEqualTo("unreadable");
        assertThat(json.at("/inputs/2/status").asString()).isEqualTo("ok");
        assertThat(json.at("/inputs/2/packets").asLong()).isEqualTo(360);
        assertThat(json.at("/counters/packets").asLong()).isEqualTo(374);
    }

    @Test
    void an_input_named_twice_is_a_slip_of_the_pen() {
        assertThat(Run.piped("analyze", DNS, DNS).exit()).isEqualTo(2);
        assertThat(Run.piped("analyze").exit()).isEqualTo(2);
        assertThat(Run.piped("analyze", "--watch", temp, DNS).exit()).isEqualTo(2);
        assertThat(Run.piped("analyze", "--watch", temp.resolve("no")).exit()).isEqualTo(2);
    }

    @Test
    void two_inputs_of_one_name_would_share_a_case() {
        Run run = Run.piped("analyze", "--each", "--out", temp.resolve("out"), DNS, BEACON);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("two inputs are called capture.pcap");
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @Test
    void a_report_fits_its_terminal() {
        for (int columns : new int[] {80, 140}) {
            Run run = Run.shown(columns, "analyze", BEACON);
            assertThat(run.out().lines().filter(line -> !line.contains("capture.pcap")))
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
            assertThat(run.out())
                    .contains("FINDINGS", "WHO TALKED TO WHOM", "SERVICES", "NEXT", "news.test");
            assertThat(run.out()).doesNotContain("\033");
        }
    }

    @Test
    void colours_are_for_terminals_that_want_them() {
        assertThat(Run.coloured("analyze", BEACON).out()).contains("\033[1m");
        assertThat(Run.piped("analyze", BEACON).out()).doesNotContain("\033");
    }

    @Test
    void what_a_stranger_wrote_does_not_reach_the_terminal() throws IOException {
        byte[] capture = Files.readAllBytes(Run.sample("shell-clear"));
        byte[] marker = "hark-sample-marker".getBytes(StandardCharsets.US_ASCII);
        byte[] evil = "\033]0;x\007\u202egnp.\033[2J".getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(evil, marker.length);
        Arrays.fill(padded, evil.length, marker.length, (byte) '!');
        assertThat(replace(capture, marker, padded)).isPositive();
        Path file = Files.write(temp.resolve("evil.pcap"), capture);

        Run shown = Run.shown(80, "analyze", file, "--checksums", "ignore");
        Run json = Run.shown(80, "analyze", file, "--checksums", "ignore", "--json");

        assertThat(shown.out()).contains("CONVERSATIONS", "echo \\u{202e}gnp.!");
        assertThat(shown.out() + json.out()).doesNotContain("\033", "\007", "\u202e");
    }

    /// Writes `by` over every `what`; answers how often.
    private static int replace(byte[] in, byte[] what, byte[] by) {
        int times = 0;
        for (int at = 0; at + what.length <= in.length; at++) {
            if (Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
                System.arraycopy(by, 0, in, at, by.length);
                times++;
            }
        }
        return times;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
