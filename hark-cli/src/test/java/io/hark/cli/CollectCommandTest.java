package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.collect.Collector;
import io.hark.config.CollectConfig;
import io.hark.config.Listener;
import io.hark.sensor.CasePart;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectCommandTest {

    private static final String HOST = "127.0.0.1";
    private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");

    @TempDir private Path dir = Path.of("");

    private Path lake = Path.of("");
    private Path log = Path.of("");

    @BeforeEach
    void place() {
        lake = dir.resolve("lake");
        log = dir.resolve("auth.log");
    }

    private Collector collector() throws IOException {
        CollectConfig config =
                CollectConfig.of(
                        List.of(
                                named("udp", Listener.at(Listener.Kind.SYSLOG_UDP, HOST, 0)),
                                named("tcp", Listener.at(Listener.Kind.SYSLOG_TCP, HOST, 0)),
                                named("flows", Listener.at(Listener.Kind.FLOWS_UDP, HOST, 0)),
                                Listener.following(List.of(log.toString()))));
        return Collector.open(
                lake, config, Options.builder().store(true).build(), InstantSource.fixed(NOW));
    }

    private static Listener named(String name, Listener like) {
        return new Listener(
                like.kind(),
                name,
                like.address(),
                like.port(),
                like.zone(),
                like.silence(),
                like.limits(),
                like.tls(),
                like.token(),
                like.paths());
    }

    /// Sends, and collects what was sent: a collector that is stopped takes what has come by then.
    private Outcome collect(Sending sending) throws Exception {
        try (Collector collector = collector()) {
            sending.send(collector);
            collector.stop();
            return collector.run(CasePart.NONE);
        }
    }

    private interface Sending {
        void send(Collector to) throws Exception;
    }

    private static void tcp(Collector to, String text) throws IOException {
        try (Socket socket = new Socket(HOST, to.port("tcp"))) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void udp(int port, byte[] octets) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(
                    new DatagramPacket(octets, octets.length, InetAddress.getByName(HOST), port));
        }
    }

    /// A NetFlow 5 message of one record: 10.0.0.1:1024 to 10.0.0.2:443, 7 packets, 700 bytes.
    ///
    /// *Source*: Cisco, NetFlow Export Datagram Format, version 5: head of 24 octets, records of
    /// 48.
    private static byte[] netflow() {
        ByteBuffer message = ByteBuffer.allocate(72);
        message.putShort((short) 5).putShort((short) 1).putInt(60_000);
        message.putInt((int) NOW.getEpochSecond()).putInt(0).putInt(1).putInt(0);
        message.putInt(0x0a000001).putInt(0x0a000002).putInt(0).putInt(0);
        message.putInt(7).putInt(700).putInt(50_000).putInt(55_000);
        message.putShort((short) 1024).putShort((short) 443).putShort((short) 0x0010);
        message.put((byte) 6);
        return message.array();
    }

    private List<String> query(String sql) {
        Run run = Run.piped("query", lake, sql);
        assertThat(run.exit()).as(run.err()).isZero();
        return run.out().lines().toList();
    }

    private static String sshd(int number) {
        return "<38>Nov 28 07:59:00 bastion sshd[700]: Failed password for root from 192.0.2."
                + number
                + " port 40000 ssh2\n";
    }

    @Test
    void what_is_sent_and_written_is_in_the_lake_and_can_be_asked() throws Exception {
        Files.writeString(log, sshd(3).substring(4));
        Outcome outcome =
                collect(
                        to -> {
                            udp(to.port("udp"), sshd(1).getBytes(StandardCharsets.UTF_8));
                            tcp(to, sshd(2));
                            udp(to.port("flows"), netflow());
                        });

        assertThat(outcome.kinds()).containsEntry("log", 3L).containsEntry("flow", 1L);
        assertThat(
                        query(
                                "SELECT input, line, \"source.ip\" AS ip, ts_source FROM log"
                                        + " ORDER BY ip"))
                .containsExactly(
                        "{\"input\":\"udp/127.0.0.1\",\"line\":1,\"ip\":\"192.0.2.1\",\"ts_source\":\"line, year inferred\"}",
                        "{\"input\":\"tcp/127.0.0.1\",\"line\":1,\"ip\":\"192.0.2.2\",\"ts_source\":\"line, year inferred\"}",
                        "{\"input\":\"files/%s\",\"line\":1,\"ip\":\"192.0.2.3\",\"ts_source\":\"line, year inferred\"}"
                                .formatted(log));
        assertThat(query("SELECT exporter, \"id.resp_p\" AS p, packets, bytes FROM flow"))
                .containsExactly(
                        "{\"exporter\":\"127.0.0.1\",\"p\":443,\"packets\":7,\"bytes\":700}");
        assertThat(query("SELECT receiver, state, records FROM source_health ORDER BY receiver"))
                .containsExactly(
                        "{\"receiver\":\"files\",\"state\":\"new\",\"records\":1}",
                        "{\"receiver\":\"flows\",\"state\":\"new\",\"records\":1}",
                        "{\"receiver\":\"tcp\",\"state\":\"new\",\"records\":1}",
                        "{\"receiver\":\"udp\",\"state\":\"new\",\"records\":1}");
        assertThat(Run.piped("search", lake, "source.ip:192.0.2.2").out()).contains("bastion");
        assertThat(lake.resolve("case.json")).exists();
    }

    @Test
    void another_collector_goes_on_where_one_ended() throws Exception {
        Files.writeString(log, sshd(1).substring(4));
        collect(to -> tcp(to, sshd(2)));
        Files.writeString(log, sshd(3).substring(4), StandardOpenOption.APPEND);
        collect(to -> tcp(to, sshd(4)));

        assertThat(query("SELECT line, \"source.ip\" AS ip FROM log ORDER BY ip"))
                .containsExactly(
                        "{\"line\":1,\"ip\":\"192.0.2.1\"}",
                        "{\"line\":1,\"ip\":\"192.0.2.2\"}",
                        "{\"line\":2,\"ip\":\"192.0.2.3\"}",
                        "{\"line\":2,\"ip\":\"192.0.2.4\"}");
    }

    /// A crash is any moment at which a process leaves files behind: of a batch that was stored and
    /// not committed, here.
    @Test
    void a_batch_that_was_never_committed_is_made_again_and_stored_once() throws Exception {
        collect(to -> tcp(to, sshd(1)));
        Path before = dir.resolve("before");
        copy(lake, before);
        collect(to -> tcp(to, sshd(2)));
        // what the second one did, but for its commit and the end of its journal
        Files.copy(
                before.resolve("collect/commit"),
                lake.resolve("collect/commit"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        collect(_ -> {});

        assertThat(query("SELECT \"source.ip\" AS ip FROM log ORDER BY ip"))
                .containsExactly("{\"ip\":\"192.0.2.1\"}", "{\"ip\":\"192.0.2.2\"}");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Files.copy(one, to.resolve(from.relativize(one).toString()));
            }
        }
    }

    @Test
    void one_lake_has_one_collector_and_no_other_command_replaces_it() throws Exception {
        try (Collector first = collector()) {
            Run second = Run.piped("collect", "--out", lake, "--syslog", "udp:127.0.0.1:0");
            assertThat(second.exit()).isEqualTo(2);
            assertThat(second.err()).contains("another hark is writing into");
            first.stop();
        }
        Run analyze = Run.piped("analyze", Run.sample("beacon"), "--out", lake);
        assertThat(analyze.exit()).isEqualTo(2);
        assertThat(analyze.err()).contains("is what 'hark collect' fills");
    }

    @Test
    void the_status_tells_who_sends() throws Exception {
        collect(to -> tcp(to, sshd(1) + "nobody reads this\n"));
        Run status = Run.shown(120, "status", lake);
        assertThat(status.exit()).isEqualTo(3);
        assertThat(status.out())
                .contains("not running: ended in order")
                .containsPattern("tcp +127.0.0.1 +active +.* 2 +.* 1 +0 +0 +0");
        assertThat(Run.piped("status", lake).out()).contains("\"isRunning\":false");
        assertThat(Run.piped("status", dir).exit()).isEqualTo(2);
    }

    @Test
    void what_cannot_be_meant_is_wrong_usage() {
        assertThat(Run.piped("collect", "--out", lake).err()).contains("nothing to take");
        assertThat(Run.piped("collect", "--syslog", "udp:514").err()).contains("where to?");
        assertThat(Run.piped("collect", "--out", lake, "--syslog", "sctp:514").err())
                .contains("--syslog takes udp:514 or tcp:192.0.2.1:514, not sctp:514");
        assertThat(Run.piped("collect", "--out", lake, "--flows", "tcp:2055").err())
                .contains("--flows takes udp:2055, not tcp:2055");
    }
}
