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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    @TempDir Path keys;

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
                Options.builder()
                        .hashes(Set.of())
                        .logs(List.of("zeek"))
                        .keyring(Keyring.load(keys))
                        .workers(2)
                        .build();
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

    @ParameterizedTest
    @CsvSource({"iodine-null-raw0, 18", "iodine-txt-b32, 13"})
    void iodine_carries_its_packets_byte_for_byte(String name, int packets) throws Exception {
        analyze(c2(name + ".outer.pcap"), List.of());
        assertThat(inner())
                .hasSize(packets)
                .containsExactlyInAnyOrderElementsOf(Frames.of(c2(name + ".inner.pcap")).packets());
    }

    @Test
    void raw_packets_of_another_iodine_come_out() throws Exception {
        analyze(c2("ndpi-dns-tunnel-iodine.pcap"), List.of());
        assertThat(inner()).isNotEmpty().allMatch(packet -> packet.matches("[46].*"));
    }

    @Test
    void packets_in_echoes_come_out_byte_for_byte() throws Exception {
        Path capture = c2("ndpi-icmp-tunnel.pcap");
        analyze(capture, List.of());
        List<String> first;
        try (Stream<Path> files = Files.list(dir.resolve("conversations"))) {
            Path of =
                    files.filter(f -> f.toString().endsWith(".pcapng")).sorted().findFirst().get();
            first = Frames.of(of).packets();
        }
        assertThat(first).hasSize(863).isEqualTo(Frames.of(capture).inEchoes(65279));
    }

    @ParameterizedTest
    @CsvSource({
        "dns2tcp-txt, inner-cli, connects to what the server calls http",
        "dns2tcp-txt, inner-srv, offers ssh",
        "ptunnel, inner-srv, asks the proxy to connect to 127.0.0.1 port 8000"
    })
    void what_a_tunnel_carries_is_what_went_in(String name, String ends, String said)
            throws Exception {
        analyze(c2(name + ".outer.pcap"), List.of());
        assertSaid(List.of(said));
        assertThat(Frames.streams(inner()))
                .isEqualTo(Frames.streams(Frames.of(c2(name + "." + ends + ".pcap")).packets()));
    }

    @Test
    void dnscat2_says_sealed_what_it_says_in_the_clear() throws Exception {
        analyze(c2("dnscat2-clear.pcap"), List.of());
        List<String> clear = shellTexts();
        assertThat(clear).hasSize(4).contains("hark-lab client line 1", "hark-lab server line 2");

        Matcher secret =
                Pattern.compile("\"shared_secret\": \"([0-9a-f]{64})\"")
                        .matcher(Files.readString(c2("dnscat2-enc-psk.truth.jsonl")));
        assertThat(secret.find()).isTrue();
        Path yaml = keys.resolve("keys.yaml");
        Files.writeString(
                yaml,
                """
                - {name: session, kind: bytes, value: "hex:%s"}
                - {name: psk, kind: password, value: harkpass}
                """
                        .formatted(secret.group(1)));
        analyze(c2("dnscat2-enc-psk.pcap"), List.of(yaml));
        assertThat(shellTexts()).isEqualTo(clear);
        assertSaid(List.of("proves to know the pre-shared secret psk", "console (vm)"));
    }

    private List<String> shellTexts() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String line : lines()) {
            if (line.contains("\"type\":\"shell\"")) {
                texts.add(line.replaceAll(".*\"text\":\"([^\"]*)\".*", "$1"));
            }
        }
        return texts;
    }

    @Test
    void njrat_is_read_over_a_gap() throws Exception {
        analyze(c2("njrat.pcap"), List.of());
        assertSaid(
                List.of(
                        "Win 7",
                        "window in front",
                        "take a screenshot",
                        "JPEG",
                        "8153 bytes are missing here"));
    }

    @Test
    void strrats_signs_of_life_are_all_read() throws Exception {
        analyze(c2("strrat-4423258f.pcap"), List.of());
        assertThat(lines()).hasSize(36).allMatch(line -> line.contains("\"side\":\"implant\""));
    }

    @Test
    void empires_stages_are_opened_by_the_staging_key() throws Exception {
        Path capture = c2("otrf-empire.c2only.pcap");
        Matcher staging =
                Pattern.compile("The staging key of otrf-empire[^:]*:\\s+`*([^`\\s]{32})`*\\s")
                        .matcher(Files.readString(c2("README.md")));
        assertThat(staging.find()).isTrue();
        Path yaml = keys.resolve("keys.yaml");
        Files.writeString(
                yaml, "- {name: staging, kind: bytes, value: 'text:" + staging.group(1) + "'}\n");
        analyze(capture, List.of(yaml));
        assertSaid(List.of("function Start-Negotiate"));
        assertThat(lines()).anyMatch(line -> line.contains("<RSAKeyValue><Modulus>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chopshop-ssl-tls_10.pcap", "chopshop-ssl-tls_11-cbc.pcap"})
    void a_request_inside_old_tls_is_read(String name) throws Exception {
        analyze(c2(name), List.of(c2("chopshop-ssl-server.key")));
        assertThat(Files.readString(dir.resolve("logs/http.log")))
                .contains("\"method\":\"GET\"", "\"uri\":\"/\"");
    }

    @Test
    void asyncrat_is_known_by_its_certificate() throws Exception {
        analyze(c2("asyncrat-cd010953.c2only.pcap"), List.of());
        assertThat(Files.readString(dir.resolve("findings.jsonl"))).contains("speaks AsyncRAT to");
    }

    private List<String> inner() throws IOException {
        List<String> packets = new ArrayList<>();
        try (Stream<Path> files = Files.list(dir.resolve("conversations"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".pcapng")).sorted().toList()) {
                packets.addAll(Frames.of(file).packets());
            }
        }
        return packets;
    }
}
