package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeepPacketsTest {

    @TempDir Path temp;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http",
                "dns-udp",
                "vxlan-mirror",
                "gre",
                "ipv4-fragments",
                "ipv6-fragments",
                "qinq",
                "icmp-ping",
                "sctp",
                "dhcp",
                "tls13"
            })
    void kept_packets_of_a_connection_are_those_of_the_capture(String sample) throws IOException {
        Path kept = temp.resolve("kept");
        Path plain = temp.resolve("plain");
        Run.piped("analyze", Run.sample(sample), "--out", plain);
        Run.piped("analyze", Run.sample(sample), "--out", kept, "--keep-packets=zstd");
        Run found = Run.piped("query", plain, "SELECT uid FROM conn ORDER BY uid");
        assertThat(found.out()).contains("uid");
        for (String row : found.out().lines().toList()) {
            String uid = row.substring("{\"uid\":\"".length(), row.length() - 2);
            assertThat(slice(kept, uid)).as(uid).isEqualTo(slice(plain, uid)).isNotEmpty();
        }
    }

    private byte[] slice(Path dir, String uid) throws IOException {
        Path out = temp.resolve("slice.pcapng");
        Run run = Run.piped("packets", dir, "--uid", uid, "-o", out);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain(" 0 packets");
        return Files.readAllBytes(out);
    }

    @Test
    void a_slice_has_as_many_packets_as_the_connection() {
        Path dir = temp.resolve("case");
        Run.piped("analyze", Run.sample("http"), "--out", dir, "--keep-packets");
        String all = "SELECT uid, orig_pkts + resp_pkts AS n FROM conn ORDER BY uid";
        for (String row : Run.piped("query", dir, all, "--csv").out().lines().skip(1).toList()) {
            String[] cells = row.split(",", 2);
            Run run =
                    Run.piped(
                            "packets", dir, "--uid", cells[0], "-o", temp.resolve("slice.pcapng"));
            assertThat(run.err()).startsWith("hark: " + cells[1] + " packets of " + cells[0]);
        }
    }

    @Test
    void they_are_there_when_the_capture_is_not() throws IOException {
        Path capture = Files.copy(Run.sample("http"), temp.resolve("gone.pcap"));
        Path dir = temp.resolve("case");
        Run.piped("analyze", capture, "--out", dir, "--keep-packets");
        Files.delete(capture);
        Path out = temp.resolve("slice.pcapng");

        Run run = Run.piped("packets", dir, "--search", "kind:http", "-o", out);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("of 8 connections written to");
        assertThat(Run.piped("analyze", out, "--json").out()).contains("\"status\":\"ok\"");
    }

    @Test
    void a_case_is_not_replaced_by_what_is_in_it() {
        Path dir = temp.resolve("case");
        Run.piped("analyze", Run.sample("http"), "--out", dir, "--keep-packets");
        Path inside = dir.resolve("packets/000000.pcapng");

        Run run = Run.piped("analyze", inside, "--out", dir);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("is a part of the case it would replace");
        assertThat(inside).exists();
    }

    @Test
    void a_search_that_finds_nothing_says_so() {
        Path dir = temp.resolve("case");
        Run.piped("analyze", Run.sample("http"), "--out", dir);
        Run run = Run.piped("packets", dir, "--search", "kind:dns", "-o", temp.resolve("x"));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("no connection has an event like that");
    }

    @Test
    void keeping_needs_a_case() {
        Run run = Run.piped("analyze", Run.sample("http"), "--keep-packets");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--keep-packets needs --out DIR");
    }
}
