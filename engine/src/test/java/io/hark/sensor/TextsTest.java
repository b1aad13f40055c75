package io.hark.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Logs as inputs, over the whole run.
class TextsTest {

    @TempDir Path dir;

    private static Path sample(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder.resolve("samples").resolve(name).resolve("capture.pcap");
    }

    private Outcome analyze(Path input, Path out, String... logs) throws Exception {
        Options options = Options.builder().hashes(Set.of()).workers(1).logs(List.of(logs)).build();
        return new Analysis(options, _ -> {}).run(List.of(input), out);
    }

    /// Who, whom and by which connections, as findings tell it.
    private static List<String> told(Outcome outcome) {
        return outcome.summary().findings().stream()
                .map((Finding f) -> f.detector() + ' ' + f.severity() + ' ' + f.title() + f.uids())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "beacon, zeek", "beacon, zeek-tsv", "ftp-passive, zeek-tsv",
        "iodine, zeek", "iodine, zeek-tsv", "shell-tls-rsa, zeek"
    })
    void findings_from_a_capture_s_logs_are_those_of_the_capture(String sample, String dialect)
            throws Exception {
        Outcome wire = analyze(sample(sample), dir.resolve("wire"), dialect);
        Outcome logs = analyze(dir.resolve("wire/logs"), dir.resolve("logs"));

        assertThat(logs.status()).isEqualTo(Outcome.Status.OK);
        List<String> ofEvents = // what decoders and bytes tell is in no log
                told(wire).stream()
                        .filter(line -> !line.matches("(decoded-c2|known-c2|unknown-).*"))
                        .toList();
        assertThat(told(logs)).containsExactlyInAnyOrderElementsOf(ofEvents);
        assertThat(ofEvents).as("findings in " + sample).isNotEmpty();
    }

    @Test
    void connections_are_named_by_answers_in_another_log() throws Exception {
        Files.writeString(
                dir.resolve("conn.log"),
                """
                {"ts":1700000010.5,"uid":"Cb","id.orig_h":"192.0.2.10","id.orig_p":40000,"id.resp_h":"198.51.100.20","id.resp_p":443,"proto":"tcp","conn_state":"SF","duration":2.0,"orig_bytes":10,"resp_bytes":20}
                """);
        try (GZIPOutputStream out =
                new GZIPOutputStream(Files.newOutputStream(dir.resolve("dns.log.gz")))) {
            String row =
                    """
                    {"ts":1700000010.0,"uid":"Ca","id.orig_h":"192.0.2.10","id.orig_p":40001,"id.resp_h":"192.0.2.1","id.resp_p":53,"proto":"udp","trans_id":7,"query":"site.example","qtype":1,"qtype_name":"A","rcode":0,"answers":["198.51.100.20"],"TTLs":[60.0]}
                    """;
            out.write(row.getBytes(StandardCharsets.UTF_8));
        }
        Outcome outcome = analyze(dir, dir.resolve("case"), "zeek");

        assertThat(outcome.kinds()).containsEntry("conn", 1L).containsEntry("dns", 1L);
        assertThat(Files.readString(dir.resolve("case/logs/conn.log")))
                .contains("\"uid\":\"Cb\"", "\"resp_name\":\"site.example\"", "\"duration\":2.0");
    }

    @ParameterizedTest
    @CsvSource({"www.vendor.example, 0", "198.51.100.20, 1"})
    void a_file_is_of_the_request_whose_row_names_it(String host, int findings) throws Exception {
        String ids =
                "\"id.orig_h\":\"192.0.2.10\",\"id.orig_p\":4,\"id.resp_h\":\"198.51.100.20\",\"id.resp_p\":80";
        Files.writeString(
                dir.resolve("http.log"),
                "{\"ts\":1700000010,\"uid\":\"C\",%s,\"trans_depth\":1,\"method\":\"GET\",\"host\":\"%s\",\"uri\":\"/setup.exe\",\"status_code\":200,\"resp_fuids\":[\"F\"]}\n"
                        .formatted(ids, host));
        Files.writeString(
                dir.resolve("files.log"),
                "{\"ts\":1700000010.5,\"fuid\":\"F\",\"uid\":\"C\",%s,\"source\":\"HTTP\",\"depth\":0,\"mime_type\":\"application/x-dosexec\",\"is_orig\":false,\"seen_bytes\":9}\n"
                        .formatted(ids));
        assertThat(told(analyze(dir, dir.resolve("case"))))
                .filteredOn(line -> line.startsWith("program-fetch"))
                .hasSize(findings);
    }

    @Test
    void a_folder_without_such_logs_is_no_input() throws IOException, InterruptedException {
        Files.writeString(dir.resolve("notes.txt"), "nothing that anybody logged\n");
        Options options = Options.builder().build();
        Outcome outcome = new Analysis(options, _ -> {}).run(List.of(dir), null);
        assertThat(outcome.trouble()).contains("is a folder");
    }
}
