package io.hark.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hark.Keyring;
import io.hark.event.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Decoders on recorded conversations, over the whole pipeline. The captures are not part of the
/// project: where they are absent, the tests are skipped and say so.
class CapturesTest {

    private static final List<String> LAB =
            List.of(
                    "\"side\":\"operator\",\"type\":\"shell\",\"subtype\":\"console\",\"text\":\"id\"",
                    "\"side\":\"implant\",\"type\":\"shell\",\"subtype\":\"console\",\"text\":\"uid=0(root)"
                            + " gid=0(root) groups=0(root)\"",
                    "\"text\":\"uname -s\"",
                    "\"text\":\"Linux\"",
                    "\"text\":\"echo hark-lab-marker-7f3a\"",
                    "\"text\":\"hark-lab-marker-7f3a\"",
                    "\"text\":\"ls /etc/os-release\"",
                    "\"text\":\"/etc/os-release\"");

    @TempDir Path dir;

    private static Path c2(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        Path file = folder.resolve("../shared/captures/c2").resolve(name).normalize();
        assumeTrue(Files.exists(file), "skipped: " + file + " is absent");
        return file;
    }

    private void analyze(Path capture, List<Path> keys) throws Exception {
        Options options =
                Options.builder().hashes(Set.of()).keyring(Keyring.load(keys)).workers(2).build();
        new Analysis(options, _ -> {}).run(capture, dir);
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(dir.resolve("conversations"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private void assertSaid(List<String> parts) throws IOException {
        List<String> lines = lines();
        int at = 0;
        for (String part : parts) {
            while (at < lines.size() && !lines.get(at).contains(part)) {
                at++;
            }
            assertThat(at).as("'%s' in its place in %s", part, lines).isLessThan(lines.size());
            at++;
        }
    }

    @Test
    void a_shell_in_the_clear_is_read() throws Exception {
        analyze(c2("shell-clear.pcap"), List.of());
        assertSaid(LAB);
        assertThat(lines()).hasSize(9).last().asString().contains("\"text\":\"exit\"");
    }

    @Test
    void a_shell_inside_tls_is_opened_by_the_servers_key() throws Exception {
        analyze(c2("shell-tls12rsa.pcap"), List.of(c2("lab.key")));
        assertSaid(LAB);
        assertThat(lines()).hasSize(8).allMatch(line -> line.contains("\"secret\":\"lab.key\""));
    }

    @Test
    void a_key_given_late_opens_exactly_the_kept_pieces() throws Exception {
        analyze(c2("shell-tls12rsa.pcap"), List.of(c2("chopshop-ssl-server.key")));
        assertThat(dir.resolve("conversations")).doesNotExist();
        List<Message> said = new ArrayList<>();
        var late =
                Conversations.late(
                        dir, Keyring.load(List.of(c2("lab.key"))), Analysis.decoders(), said::add);
        assertThat(late.rangesReopened()).isEqualTo(1);
        assertThat(late.bytesRead()).isPositive();
        assertThat(late.bytesWaiting()).isZero();
        assertThat(said).hasSize(8);
        assertSaid(LAB);
    }

    @Test
    void cmd_inside_tls_1_0_is_read() throws Exception {
        analyze(c2("chopshop-ssl-reverseshell-aes.pcap"), List.of(c2("chopshop-ssl-server.key")));
        assertSaid(
                List.of(
                        "\"side\":\"implant\",\"type\":\"shell\",\"subtype\":\"console\",\"text\":\"Microsoft"
                                + " Windows [Version 6.1.7601]",
                        "\"side\":\"operator\",\"type\":\"shell\",\"subtype\":\"console\",\"text\":\"ipconfig"
                                + " /all\"",
                        "Windows IP Configuration",
                        "\"text\":\"dir\"",
                        "\"text\":\"whoami\"",
                        "\"text\":\"ecn\\\\wxs\""));
    }

    @Test
    void sandcat_is_read() throws Exception {
        analyze(c2("caldera-sandcat.c2only.pcap"), List.of());
        assertSaid(
                List.of(
                        "\"side\":\"implant\",\"type\":\"sysinfo\"",
                        "\"text\":\"> $HOME/.bash_history && unset HISTFILE\"",
                        "\"text\":\"whoami\"",
                        "\"text\":\"root\"",
                        "\"text\":\"cut -d: -f1 /etc/passwd",
                        "\"text\":\"ps aux | grep tcpdump\""));
        assertThat(lines()).allMatch(line -> line.contains("\"conversation\":\"ytbpag\""));
    }

    @Test
    void manx_is_read() throws Exception {
        analyze(c2("caldera-manx-tcp.c2only.pcap"), List.of());
        assertSaid(
                List.of(
                        "\"text\":\"ujmsra\"",
                        "\"text\":\"mkdir -p staged && echo $PWD/staged\"",
                        "\"text\":\"/root/staged\"",
                        "\"text\":\"tar -P -zcf /root/staged.tar.gz",
                        "\"text\":\"curl -F ",
                        "\"text\":\"exit status 3\"",
                        "\"text\":\"whoami\"",
                        "\"text\":\"root\""));
    }

    @Test
    void httptunnel_is_read_with_the_connection_inside() throws Exception {
        analyze(c2("httptunnel.outer.pcap"), List.of());
        assertSaid(
                List.of(
                        "opens a connection to where the server's hts forwards to",
                        "(85 bytes) and 2 down (1459 bytes)"));
    }

    @Test
    void a_chat_without_orders_is_no_conversation() throws Exception {
        analyze(c2("ndpi-irc.pcap"), List.of());
        assertThat(dir.resolve("conversations")).doesNotExist();
    }

    @Test
    void what_no_secret_opens_waits() throws Exception {
        analyze(c2("asyncrat-cd010953.c2only.pcap"), List.of());
        assertThat(Files.readString(dir.resolve("undecoded/index.jsonl")))
                .contains("\"secret\":\"tls-key-log\"");
    }
}
