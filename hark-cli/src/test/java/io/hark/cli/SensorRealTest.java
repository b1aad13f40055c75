package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Live capture over a cable between two network namespaces: what was sent is what was counted and
/// what is shown as lost. Needs root; `./check real` runs it.
@Tag("real")
class SensorRealTest {

    private static final int PORT = 7;

    @TempDir Path temp;

    private static long counter(JsonNode outcome, String name) {
        return outcome.get("counters").get(name).asLong();
    }

    /// A capture of UDP datagrams of some octets from a few ports to `to`.
    private Path datagrams(int count, int octets, int to) throws IOException {
        int length = 14 + 20 + 8 + octets;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer head = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
        head.putInt(16, 65_535).putInt(20, 1);
        all.write(head.array());
        for (int n = 0; n < count; n++) {
            ByteBuffer record = ByteBuffer.allocate(16 + length).order(ByteOrder.LITTLE_ENDIAN);
            record.putInt(1_700_000_000).putInt(n).putInt(length).putInt(length);
            record.order(ByteOrder.BIG_ENDIAN);
            record.putLong(0xffff_ffff_ffff_0200L).putInt(0x0000_0001).putShort((short) 0x0800);
            record.putInt(0x4500_0000 | length - 14).putInt(0).putInt(0x4011_0000);
            record.putInt(0x0a63_0001).putInt(0x0a63_0002);
            record.putShort((short) (20_000 + n % 50)).putShort((short) to);
            record.putShort((short) (8 + octets));
            all.write(record.array());
        }
        return Files.write(temp.resolve("datagrams-" + to + ".pcap"), all.toByteArray());
    }

    private static void offload(Namespaces net, String state) throws Exception {
        String switches =
                "for o in tx rx sg tso gso gro; do ethtool -K %s $o " + state + " || true; done";
        Namespaces.in(net.first, "sh", "-c", switches.formatted("va"));
        Namespaces.in(net.second, "sh", "-c", switches.formatted("vb"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void what_was_sent_is_counted_or_shown_as_dropped(String offloads) throws Exception {
        try (Namespaces net = Namespaces.make("tcpreplay", "tcpdump", "ethtool")) {
            offload(net, offloads);
            Path frames = datagrams(40_000, 200, PORT);
            Path dumped = temp.resolve("tcpdump.txt");
            try (LiveSensor sensor = new LiveSensor(temp, net.second, "vb")) {
                Process tcpdump =
                        Namespaces.start(
                                net.second,
                                temp.resolve("none"),
                                dumped,
                                List.of("tcpdump", "-Z", "root", "-i", "vb", "-w", "/dev/null"));
                LiveSensor.awaitText(tcpdump, dumped, "listening on");
                long before = net.received();
                Namespaces.in(net.first, "tcpreplay", "--topspeed", "-i", "va", frames.toString());
                long sent = net.received() - before;
                JsonNode outcome = sensor.stop();
                tcpdump.destroy();
                tcpdump.waitFor();

                assertThat(sent).isEqualTo(40_000);
                assertThat(counter(outcome, "kernel_packets")).isEqualTo(sent);
                assertThat(counter(outcome, "packets") + counter(outcome, "kernel_drops"))
                        .isEqualTo(sent);
                assertThat(told(dumped, "received by filter")) // taken or dropped
                        .as("tcpdump beside it")
                        .isEqualTo(sent);
            }
        }
    }

    private static long told(Path tcpdump, String what) throws IOException {
        Matcher number =
                Pattern.compile("([0-9]+) [a-z ]*" + what).matcher(Files.readString(tcpdump));
        assertThat(number.find()).as(Files.readString(tcpdump)).isTrue();
        return Long.parseLong(number.group(1));
    }

    @Test
    void a_ring_that_overflows_counts_its_drops_and_recovers() throws Exception {
        try (Namespaces net = Namespaces.make("tcpreplay")) {
            Path flood = datagrams(60_000, 1_000, PORT);
            Path later = datagrams(100, 10, 9);
            try (LiveSensor sensor = new LiveSensor(temp, net.second, "vb", "--ring", "256KB")) {
                Namespaces.in(
                        net.first,
                        "tcpreplay",
                        "--topspeed",
                        "--loop",
                        "3",
                        "-i",
                        "va",
                        flood.toString());
                Namespaces.in(net.first, "tcpreplay", "--pps", "100", "-i", "va", later.toString());
                JsonNode outcome = sensor.stop();

                assertThat(counter(outcome, "kernel_drops")).isPositive();
                assertThat(counter(outcome, "ring_freezes")).isPositive();
                assertThat(counter(outcome, "packets") + counter(outcome, "kernel_drops"))
                        .isEqualTo(180_100);
                assertThat(
                                sensor.log("conn").stream()
                                        .filter(row -> row.get("id.resp_p").asInt() == 9)
                                        .mapToLong(row -> row.get("orig_pkts").asLong())
                                        .sum())
                        .as("frames sent when the flood was over")
                        .isGreaterThan(50);
            }
        }
    }

    @Test
    void an_interface_that_goes_away_is_told_of_and_the_others_go_on() throws Exception {
        try (Namespaces net = Namespaces.make();
                LiveSensor sensor = new LiveSensor(temp, net.second, "vb,lo")) {
            Namespaces.in(net.second, "ip", "link", "del", "vb");
            LiveSensor.awaitText(sensor.process, sensor.err, "vb: the interface is gone; going on");
            sensor.process.destroy();
            assertThat(sensor.process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(sensor.process.exitValue()).isEqualTo(Main.UNREADABLE);
            JsonNode inputs =
                    JsonMapper.builder()
                            .build()
                            .readTree(sensor.dir.resolve("live/case.json").toFile())
                            .get("inputs");
            assertThat(inputs.get(0).get("status").asString()).isEqualTo("damaged");
            assertThat(inputs.get(1).get("status").asString()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "libpcap"})
    void a_filter_lets_through_what_it_says(String how) throws Exception {
        try (Namespaces net = Namespaces.make("tcpreplay")) {
            Path wanted = datagrams(500, 10, 9);
            Path other = datagrams(500, 10, PORT);
            try (LiveSensor sensor =
                    new LiveSensor(
                            temp, net.second, "vb", "--capture", how, "--filter", "udp port 9")) {
                Namespaces.in(
                        net.first, "tcpreplay", "--pps", "2000", "-i", "va", other.toString());
                Namespaces.in(
                        net.first, "tcpreplay", "--pps", "2000", "-i", "va", wanted.toString());
                JsonNode outcome = sensor.stop();

                assertThat(counter(outcome, "packets")).isEqualTo(500);
                assertThat(counter(outcome, "kernel_drops")).isZero();
            }
        }
    }

    @Test
    void a_tag_that_offload_took_off_is_put_back() throws Exception {
        try (Namespaces net = Namespaces.make("tcpreplay")) {
            Path frames = tagged(datagrams(100, 10, PORT), 42);
            try (LiveSensor sensor =
                    new LiveSensor(temp, net.second, "vb", "--filter", "vlan 42 and udp port 7")) {
                Namespaces.in(
                        net.first, "tcpreplay", "--pps", "2000", "-i", "va", frames.toString());
                JsonNode outcome = sensor.stop();

                assertThat(counter(outcome, "packets")).isEqualTo(100);
                assertThat(sensor.log("conn"))
                        .isNotEmpty()
                        .allMatch(row -> row.get("vlan").asInt() == 42);
            }
        }
    }

    /// The same frames with a VLAN tag: the kernel takes it off before anybody sees the frame.
    private Path tagged(Path frames, int vlan) throws IOException {
        ByteBuffer plain = ByteBuffer.wrap(Files.readAllBytes(frames));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] header = new byte[24];
        plain.get(header);
        all.write(header);
        while (plain.hasRemaining()) {
            ByteBuffer record = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            plain.get(record.array());
            int length = record.getInt(8);
            record.putInt(8, length + 4).putInt(12, length + 4);
            byte[] frame = new byte[length];
            plain.get(frame);
            all.write(record.array());
            all.write(frame, 0, 12);
            all.write(ByteBuffer.allocate(4).putInt(0x8100_0000 | vlan).array());
            all.write(frame, 12, length - 12);
        }
        return Files.write(temp.resolve("tagged.pcap"), all.toByteArray());
    }

    @Test
    void a_checksum_still_to_be_written_is_no_fault() throws Exception {
        try (Namespaces net = Namespaces.make();
                LiveSensor sensor =
                        new LiveSensor(temp, net.second, "lo", "--checksums", "verify")) {
            Namespaces.in(
                    net.second,
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.hark.cli.SensorRealTest$Talk");
            JsonNode outcome = sensor.stop();

            assertThat(counter(outcome, "bad_checksums")).isZero();
            assertThat(sensor.log("conn")).hasSize(1);
            assertThat(sensor.log("conn").getFirst().get("orig_bytes").asLong())
                    .isEqualTo(Talk.OCTETS);
            assertThat(sensor.log("conn").getFirst().get("history").asString())
                    .doesNotContain("C", "c");
        }
    }

    @Test
    void roots_rights_are_given_up_once_the_interface_is_open() throws Exception {
        try (Namespaces net = Namespaces.make("tcpreplay")) {
            Path frames = datagrams(100, 10, PORT);
            try (LiveSensor sensor = new LiveSensor(temp, net.second, "vb", "--user", "nobody")) {
                Namespaces.in(
                        net.first, "tcpreplay", "--pps", "2000", "-i", "va", frames.toString());
                assertThat(sensor.process.isAlive()).as(Files.readString(sensor.err)).isTrue();
                Path threads = Path.of("/proc", String.valueOf(sensor.process.pid()), "task");
                try (var all = Files.list(threads)) {
                    assertThat(all.map(SensorRealTest::user)).isNotEmpty().doesNotContain("0");
                }
                assertThat(counter(sensor.stop(), "packets")).isEqualTo(100);
                assertThat(Files.getOwner(sensor.dir.resolve("live/case.json")).getName())
                        .isEqualTo("nobody");
            }
        }
    }

    /// The real user of a thread.
    private static String user(Path thread) {
        try {
            return Files.readAllLines(thread.resolve("status")).stream()
                    .filter(line -> line.startsWith("Uid:"))
                    .map(line -> line.split("\\s+")[1])
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            return "a thread that ended meanwhile";
        }
    }

    /// One TCP connection over loopback, whose checksums nobody ever writes.
    static final class Talk {
        static final int OCTETS = 1 << 20;

        private Talk() {}

        /// Sends, and waits until all is read.
        public static void main(String[] args) throws Exception {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Thread reader =
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            try (Socket taken = server.accept()) {
                                                taken.getInputStream()
                                                        .transferTo(
                                                                OutputStream.nullOutputStream());
                                            } catch (IOException e) {
                                                throw new java.io.UncheckedIOException(e);
                                            }
                                        });
                try (Socket socket =
                        new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
                    socket.getOutputStream().write(new byte[OCTETS]);
                }
                reader.join();
            }
        }
    }
}
