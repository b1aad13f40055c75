package io.hark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import io.hark.wire.Arrivals;
import io.hark.wire.Setup;
import io.hark.wire.WatchedFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A capture that comes in parts, by whatever way, is analysed as the whole is.
class TimelineTest {

    private static final int PARTS = 5;

    @TempDir Path temp;

    private final Capture whole = Capture.read(sample("http-download"));

    private static Path sample(String name) {
        return Samples.FOLDER.resolve(name).resolve("capture.pcap");
    }

    private static Analysis analysis() {
        return new Analysis(
                Options.builder()
                        .logs(List.of("zeek"))
                        .workers(2)
                        .checksums(Setup.Checksums.IGNORE)
                        .build(),
                _ -> {});
    }

    private static Map<String, String> logs(Path out) throws IOException {
        Map<String, String> logs = new TreeMap<>();
        try (var files = Files.list(out.resolve("logs"))) {
            for (Path file : files.toList()) {
                logs.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return logs;
    }

    private Map<String, String> logsOfTheWhole() throws Exception {
        Path file = temp.resolve("whole.pcap");
        whole.write(file);
        analysis().run(file, temp.resolve("whole"));
        return logs(temp.resolve("whole"));
    }

    /// Part `n` of a ring.
    private Capture slice(int n) {
        int size = whole.frames().size();
        return whole.with(whole.frames().subList(size * n / PARTS, size * (n + 1) / PARTS));
    }

    private Path write(String name, Capture capture) throws IOException {
        Path file = temp.resolve(name);
        try (OutputStream out = packing(name, Files.newOutputStream(file))) {
            out.write(capture.toPcap());
        }
        return file;
    }

    private static OutputStream packing(String name, OutputStream file) throws IOException {
        return name.endsWith(".gz")
                ? new GZIPOutputStream(file)
                : name.endsWith(".zst") ? new ZstdOutputStream(file) : file;
    }

    @Test
    void a_rotated_ring_is_one_timeline_whatever_the_order_of_its_names() throws Exception {
        List<Path> ring =
                List.of(
                        write("d.pcap", slice(3)),
                        write("b.pcap.gz", slice(1)),
                        write("e.pcap.zst", slice(4)),
                        write("a.pcap", slice(0)),
                        write("c.pcap", slice(2)));

        Outcome outcome = analysis().run(ring, temp.resolve("case"));

        assertThat(outcome.status()).isEqualTo(Outcome.Status.OK);
        assertThat(outcome.counters()).containsEntry("packets", (long) whole.frames().size());
        assertThat(outcome.inputs()).extracting(Outcome.Seen::path).isEqualTo(ring);
        assertThat(logs(temp.resolve("case"))).isEqualTo(logsOfTheWhole());
    }

    @Test
    void captures_of_several_sensors_overlap() throws Exception {
        List<List<Frame>> sensors =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < whole.frames().size(); i++) {
            sensors.get(i * 7 % 3).add(whole.frames().get(i));
        }
        List<Path> captures = new ArrayList<>();
        for (int i = 0; i < sensors.size(); i++) {
            captures.add(write(i + ".pcap", whole.with(sensors.get(i))));
        }

        analysis().run(captures, temp.resolve("case"));

        assertThat(logs(temp.resolve("case"))).isEqualTo(logsOfTheWhole());
    }

    @Test
    void a_broken_capture_stops_no_other() throws Exception {
        byte[] second = slice(1).toPcap();
        Path broken = temp.resolve("broken.pcap");
        Files.write(broken, java.util.Arrays.copyOf(second, second.length - 3));
        Path text = Files.writeString(temp.resolve("notes.txt"), "no capture, but long enough");
        List<Path> all =
                List.of(write("a.pcap", slice(0)), broken, text, write("c.pcap", slice(2)));

        Outcome outcome = analysis().run(all, temp.resolve("case"));

        assertThat(outcome.status()).isEqualTo(Outcome.Status.DAMAGED);
        assertThat(outcome.isAnyUnread()).isTrue();
        assertThat(outcome.inputs())
                .extracting(Outcome.Seen::status)
                .containsExactly(
                        Outcome.Status.OK,
                        Outcome.Status.DAMAGED,
                        Outcome.Status.UNREADABLE,
                        Outcome.Status.OK);
        assertThat(outcome.inputs())
                .extracting(Outcome.Seen::packets)
                .containsExactly(
                        (long) slice(0).frames().size(),
                        slice(1).frames().size() - 1L,
                        0L,
                        (long) slice(2).frames().size());
    }

    @Test
    void a_clock_that_is_wrong_for_one_frame_moves_no_other() throws Exception {
        List<Frame> odd = new ArrayList<>(slice(0).frames());
        odd.set(3, odd.get(3).at(odd.get(3).nanos() + 400L * 24 * 3600 * 1_000_000_000));
        Path first = write("a.pcap", whole.with(odd));

        Outcome outcome =
                analysis().run(List.of(first, write("b.pcap", slice(1))), temp.resolve("case"));

        assertThat(outcome.counters())
                .containsEntry(
                        "packets", (long) slice(0).frames().size() + slice(1).frames().size());
    }

    @Test
    void pcap_over_ip_is_read_until_the_other_side_closes() throws Exception {
        byte[] octets = whole.toPcap();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread sender = Thread.ofVirtual().start(() -> send(server, octets));
            Path place = Path.of("127.0.0.1:" + server.getLocalPort());

            Outcome outcome = analysis().run(place, temp.resolve("case"));

            sender.join();
            assertThat(outcome.status()).isEqualTo(Outcome.Status.OK);
            assertThat(outcome.name()).isEqualTo(place.toString());
        }
        assertThat(logs(temp.resolve("case"))).isEqualTo(logsOfTheWhole());
    }

    /// Sends in pieces that end within records.
    private static void send(ServerSocket server, byte[] octets) {
        try (var socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
            for (int at = 0; at < octets.length; at += 1009) {
                out.write(octets, at, Math.min(1009, octets.length - at));
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void pcap_over_ip_and_a_file_are_one_timeline() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread sender = Thread.ofVirtual().start(() -> send(server, slice(0).toPcap()));
            Path place = Path.of("localhost:" + server.getLocalPort());
            List<Path> rest = new ArrayList<>();
            for (int i = 1; i < PARTS; i++) {
                rest.add(write(i + ".pcap", slice(i)));
            }
            rest.add(place);

            analysis().run(rest, temp.resolve("case"));

            sender.join();
        }
        assertThat(logs(temp.resolve("case"))).isEqualTo(logsOfTheWhole());
    }

    @Test
    void nobody_there_is_an_unreadable_input() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }

        Outcome outcome = analysis().run(Path.of("127.0.0.1:" + port), null);

        assertThat(outcome.status()).isEqualTo(Outcome.Status.UNREADABLE);
        assertThat(outcome.trouble()).contains("cannot read pcap over IP");
    }

    @Test
    void captures_that_arrive_are_one_timeline() throws Exception {
        Deque<Path> coming = new ArrayDeque<>();
        for (int i = 0; i < PARTS; i++) {
            coming.add(write(i + ".pcap", slice(i)));
        }
        Arrivals oneByOne =
                new Arrivals() {
                    @Override
                    public List<Path> ready() {
                        Path next = coming.poll();
                        return next == null ? List.of() : List.of(next);
                    }

                    @Override
                    public void stop() {}

                    @Override
                    public boolean isOver() {
                        return coming.isEmpty();
                    }
                };

        Outcome outcome = analysis().run("spool", oneByOne, temp.resolve("case"));

        assertThat(outcome.inputs()).hasSize(PARTS);
        assertThat(logs(temp.resolve("case"))).isEqualTo(logsOfTheWhole());
    }

    @Test
    void a_capture_that_grows_after_it_was_read_is_called_damaged() throws Exception {
        Path early = write("early.pcap", slice(0));
        Arrivals one =
                new Arrivals() {
                    private int asked;

                    @Override
                    public List<Path> ready() throws IOException {
                        if (asked++ == 0) {
                            return List.of(early);
                        }
                        Files.write(early, new byte[16], StandardOpenOption.APPEND);
                        return List.of();
                    }

                    @Override
                    public void stop() {}

                    @Override
                    public boolean isOver() {
                        return asked > 1;
                    }
                };

        Outcome outcome = analysis().run("spool", one, null);

        assertThat(outcome.status()).isEqualTo(Outcome.Status.DAMAGED);
        assertThat(outcome.trouble()).contains("it grew after it was read");
    }

    @Test
    void a_watched_capture_is_ready_when_it_is_complete() throws IOException {
        AtomicLong now = new AtomicLong(1_790_000_000_000L);
        WatchedFolder folder = new WatchedFolder(temp, now::get);
        Files.writeString(temp.resolve("notes.txt"), "no capture at all");
        Path first = modified(write("1.pcap", slice(0)), now.get());

        assertThat(folder.ready()).isEmpty();
        now.addAndGet(1000);
        modified(write("1.pcap", slice(1)), now.get());
        assertThat(folder.ready()).as("it grows").isEmpty();
        now.addAndGet(1000);
        assertThat(folder.ready()).as("it may grow again").isEmpty();
        now.addAndGet(1000);
        Path second = modified(write("2.pcap", slice(2)), now.get());
        assertThat(folder.ready()).as("the ring went on").containsExactly(first);
        now.addAndGet(29_000);
        assertThat(folder.ready()).isEmpty();
        now.addAndGet(2000);
        assertThat(folder.ready()).as("quiet for 30 s").containsExactly(second);
        Path third = modified(write("3.pcap", slice(3)), now.get());
        folder.stop();
        assertThat(folder.ready()).as("at the end").containsExactly(third);
        assertThat(folder.isOver()).isTrue();
    }

    private static Path modified(Path file, long millis) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
    }
}
