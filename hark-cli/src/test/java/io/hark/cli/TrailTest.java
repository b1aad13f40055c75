package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The commands that follow a trail through a case.
class TrailTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String IMPLANT = "192.0.2.10";
    private static final String SERVER = "198.51.100.20";

    @TempDir Path temp;
    private Path capture;
    private Path dir;

    @BeforeEach
    void analyze() throws IOException {
        of("sandcat");
    }

    private void of(String sample) throws IOException {
        capture = Files.copy(Run.sample(sample), temp.resolve(sample + ".pcap"));
        dir = temp.resolve("case of " + sample);
        assertThat(Run.piped("analyze", capture, "--out", dir).exit()).isZero();
    }

    private String uid() {
        Run run = Run.piped("search", dir, "kind:conn", "--limit", 1);
        return JSON.readTree(run.out().lines().findFirst().orElseThrow()).at("/uid").asString();
    }

    // ---- search

    @Test
    void search_is_a_table_json_or_csv() {
        Run table = Run.shown(120, "search", dir, "kind:message", "side:operator");
        assertThat(table.out()).startsWith("time").contains("whoami").contains(SERVER + ":8888");

        Run json = Run.piped("search", dir, "kind:message side:operator whoami");
        assertThat(JSON.readTree(json.out()).at("/text").asString()).isEqualTo("whoami");

        Run csv = Run.piped("search", dir, "kind:message", "--csv", "--limit", 2);
        assertThat(csv.out().lines()).hasSize(3);
        assertThat(csv.out()).startsWith("time,kind,uid,from,to,what\r\n");
        assertThat(csv.err()).contains("the first 2");
    }

    @Test
    void search_points_at_what_it_does_not_understand() {
        Run run = Run.piped("search", dir, "kind:http", "quary:x");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo(
                        """
                        hark: there is no field 'quary'; nearest: query
                        hark:   kind:http quary:x
                        hark:             ^
                        """);
    }

    @Test
    void search_that_finds_nothing_says_so() {
        assertThat(Run.shown(80, "search", dir, "kind:dns").out())
                .isEqualTo("no event is like that\n");
    }

    // ---- host

    @Test
    void host_tells_a_hosts_day() {
        Run run = Run.shown(120, "host", dir, IMPLANT);

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith(IMPLANT + "\n  seen from ")
                .contains("CONVERSATIONS")
                .contains("ASKED")
                .contains("TALKED TO")
                .contains("Go-http-client/1.1")
                .contains("FILES")
                .contains("BY HOUR");
        JsonNode json = JSON.readTree(Run.piped("host", dir, IMPLANT).out());
        assertThat(json.at("/talked_to/0/peer").asString()).isEqualTo(SERVER);
        assertThat(json.at("/asked/0/port").asInt()).isEqualTo(8888);
        assertThat(JSON.readTree(Run.piped("host", dir, SERVER).out()).at("/served/0/callers"))
                .isEqualTo(JSON.readTree("1"));
    }

    @Test
    void host_knows_an_address_from_a_name_and_a_stranger() {
        assertThat(Run.piped("host", dir, "c2.test").err()).contains("name:c2.test");
        assertThat(Run.piped("host", dir, "10.9.8.7").err()).contains("nothing in");
    }

    // ---- explain

    @Test
    void explain_shows_the_numbers_beside_what_they_need_to_be() throws IOException {
        of("beacon");

        Run run = Run.shown(100, "explain", dir, "--detector", "beacons", "--host", IMPLANT);

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("fired: low").containsPattern("score +0\\.\\d+ +≥ 0\\.25");
        assertThat(run.out()).contains("gaps_seconds");
    }

    @Test
    void explain_tells_what_did_not_fire_and_for_want_of_what() {
        Run run =
                Run.piped(
                        "explain",
                        dir,
                        "--detector",
                        "beacons",
                        "--host",
                        IMPLANT,
                        "--peer",
                        SERVER);

        JsonNode json = JSON.readTree(run.out());
        assertThat(json.at("/fired").asBoolean()).isFalse();
        assertThat(json.at("/facts/verdict").asString()).startsWith("no beacon: 7 beats of 8");
    }

    @Test
    void explain_names_the_detectors_there_are() {
        assertThat(Run.piped("explain", dir, "--detector", "bacons", "--host", IMPLANT).err())
                .contains("no detector 'bacons'; it has beacons");
    }

    // ---- stream and packets

    @Test
    void stream_shows_both_sides() {
        Run shown = Run.shown(80, "stream", dir, "--uid", uid());
        assertThat(shown.out())
                .startsWith(IMPLANT + " → " + SERVER + ":8888")
                .contains("POST /beacon HTTP/1.1")
                .contains("responder, ");
        assertThat(Run.shown(80, "stream", dir, "--uid", uid(), "--hex").out())
                .contains("00000000  50 4f 53 54");
        assertThat(Run.coloured("stream", dir, "--uid", uid()).out())
                .contains("\033[36m")
                .contains("\033[1;31m");
    }

    @Test
    void stream_gives_a_program_pieces_or_bytes() {
        Run json = Run.piped("stream", dir, "--uid", uid());
        JsonNode first = JSON.readTree(json.out().lines().findFirst().orElseThrow());
        assertThat(first.at("/side").asString()).isEqualTo("originator");
        assertThat(first.at("/text").asString()).startsWith("POST /beacon HTTP/1.1\r\n");

        Run raw = Run.piped("stream", dir, "--uid", uid(), "--raw", "--side", "responder");
        assertThat(raw.out()).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("POST");
        assertThat(Run.shown(80, "stream", dir, "--uid", uid(), "--raw").exit()).isEqualTo(2);
    }

    @Test
    void packets_cuts_a_slice_that_is_analysed_to_the_same() {
        Path slice = temp.resolve("slice.pcapng");

        Run run = Run.piped("packets", dir, "--uid", uid(), "-o", slice);

        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("42 packets").contains(slice.toString());
        String uid = uid();
        assertThat(Run.piped("analyze", slice, "--out", temp.resolve("again")).exit()).isZero();
        dir = temp.resolve("again");
        assertThat(uid()).isEqualTo(uid);
    }

    @Test
    void a_capture_that_moved_is_found_where_one_says() throws IOException {
        Path moved = Files.move(capture, temp.resolve("elsewhere.pcap"));

        Run gone = Run.piped("stream", dir, "--uid", uid());
        assertThat(gone.exit()).isEqualTo(2);
        assertThat(gone.err()).contains("is not there any more").contains("--input");
        assertThat(Run.piped("stream", dir, "--uid", uid(), "--input", moved).exit()).isZero();
    }

    @Test
    void a_capture_that_changed_is_not_believed() throws IOException {
        byte[] octets = Files.readAllBytes(capture);
        octets[octets.length - 1] ^= 1;
        Files.write(capture, octets);

        Run run = Run.piped("packets", dir, "--uid", uid(), "-o", temp.resolve("slice.pcapng"));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("has changed since").contains("SHA-256");
        assertThat(temp.resolve("slice.pcapng")).doesNotExist();
    }

    @Test
    void an_unknown_uid_is_a_slip_of_the_pen() {
        Run run = Run.piped("stream", dir, "--uid", "C0");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("has the uid C0").contains("hark search");
    }

    // ---- indicators, and the commands of a finding

    @Test
    void indicators_are_of_findings() throws IOException {
        assertThat(Files.readString(dir.resolve("indicators.csv")))
                .startsWith("indicator,type,first,last,count,context\r\n" + SERVER + ",ip,")
                .contains("finding decoded-c2 (high): " + SERVER + " operates " + IMPLANT)
                .doesNotContain(IMPLANT + ",ip");
    }

    @Test
    void the_commands_of_a_finding_work() throws IOException {
        of("beacon");
        JsonNode finding = JSON.readTree(Files.readString(dir.resolve("findings.jsonl")));

        assertThat(finding.at("/next").size()).isEqualTo(3);
        for (JsonNode command : finding.at("/next")) {
            Object[] words =
                    Arrays.stream(command.asString().replace("hark ", "").split(" ", -1))
                            .map(word -> word.equals("DIR") ? dir : word)
                            .toArray();
            assertThat(Run.piped(words).exit()).as(command.asString()).isZero();
        }
    }
}
