package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @TempDir Path temp;

    @Test
    void help_and_version_go_to_the_output() {
        assertThat(Run.piped("--version").out()).startsWith("hark ");
        Run help = Run.piped("--help");
        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("analyze", "query", "decode", "list", "Examples:");
    }

    @Test
    void without_a_command_the_usage_is_told_and_nothing_done() {
        Run run = Run.piped();

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Usage: hark");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve case", "rules check x", "decode x.pcap --with y"})
    void a_command_still_to_come_says_so(String words) {
        Run run = Run.piped((Object[]) words.split(" "));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("not in this build");
    }

    @Test
    void a_misspelt_command_is_a_usage_error() {
        Run run = Run.piped("analyse", "x.pcap");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("there is no command 'analyse'");
    }

    @Test
    void every_shape_can_be_listed() {
        for (String shape :
                new String[] {"parsers", "logs", "decoders", "detectors", "exporters"}) {
            Run run = Run.piped("list", shape);
            assertThat(run.exit()).isZero();
            String kind = shape.substring(0, shape.length() - 1);
            assertThat(run.out().lines())
                    .isNotEmpty()
                    .allMatch(
                            line ->
                                    line.startsWith("{\"name\":\"")
                                            && line.contains("\"kind\":\"" + kind + "\""));
        }
        assertThat(Run.shown(80, "list").out())
                .contains("PARSERS", "DECODERS", "DETECTORS", "EXPORTERS");
        assertThat(Run.piped("list", "relays").exit()).isEqualTo(2);
    }

    @Test
    void a_case_answers_sql() {
        Path out = temp.resolve("case");
        Run.piped("analyze", Run.sample("beacon"), "--out", out);

        Run json = Run.piped("query", out, "SELECT count(*) AS n FROM conn");
        Run table =
                Run.shown(80, "query", out, "SELECT proto, count(*) AS n FROM conn GROUP BY proto");
        Run tables = Run.shown(80, "query", out);

        assertThat(json.out()).isEqualTo("{\"n\":60}\n");
        assertThat(table.out()).contains("proto").contains("tcp").contains("60");
        assertThat(tables.out()).contains("conn");
        assertThat(Run.piped("query", out, "SELECT nothing FROM conn").exit()).isEqualTo(2);
        assertThat(Run.piped("query", temp.resolve("nowhere")).exit()).isEqualTo(2);
    }

    @Test
    void a_key_given_late_opens_what_was_kept() throws IOException {
        Path sample = Run.sample("shell-tls-rsa");
        Path key = sample.resolveSibling("server.key");
        Path out = temp.resolve("case");

        Run closed = Run.shown(80, "analyze", sample, "--out", out);
        Run late = Run.piped("decode", "--late", out, "--keys", key);
        Run again = Run.shown(80, "decode", "--late", out, "--keys", key);
        Run early = Run.shown(80, "analyze", sample, "--keys", key);

        assertThat(closed.out()).contains("0 decoded, 1 waiting for a key", "--late");
        assertThat(late.exit()).isZero();
        assertThat(late.out()).contains("\"side\":\"operator\"").contains("{\"ranges_reopened\":1");
        assertThat(late.out()).contains("\"findings\":1");
        assertThat(Files.readString(out.resolve("findings.jsonl")))
                .contains("198.51.100.20 operates 192.0.2.10 by shell: 5 orders read");
        assertThat(Run.piped("query", out, "SELECT text FROM message").out()).contains("uname -s");
        try (var files = Files.list(out.resolve("conversations"))) {
            assertThat(files).anyMatch(file -> file.toString().endsWith(".txt"));
        }
        assertThat(again.out()).contains("Nothing waits for a key any more");
        assertThat(early.out()).contains("1 decoded").contains("opened with server.key");
    }

    @Test
    void decode_says_what_it_needs() {
        assertThat(Run.piped("decode", "--late", temp).err()).contains("--keys");
        assertThat(Run.piped("decode", "x.pcap").err()).contains("not in this build");
        assertThat(Run.piped("decode", "--late", temp, "--keys", temp.resolve("no.key")).exit())
                .isEqualTo(2);
    }
}
