package io.hark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import io.hark.wire.Setup;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was lost is said, each place apart.
class LossTest {

    @TempDir Path temp;

    private static Capture sample(String name) {
        return Capture.read(Samples.FOLDER.resolve(name).resolve("capture.pcap"));
    }

    private static Analysis analysis() {
        return new Analysis(
                Options.builder().logs(List.of("zeek")).checksums(Setup.Checksums.IGNORE).build(),
                _ -> {});
    }

    private Outcome analyze(Capture capture) throws Exception {
        Path file = temp.resolve("some.pcap");
        capture.write(file);
        return analysis().run(file, temp.resolve("case"));
    }

    private String log(String name) throws Exception {
        return Files.readString(temp.resolve("case/logs").resolve(name + ".log"));
    }

    private static int payload(Capture capture, Frame frame) {
        Packet packet = Packet.of(frame.octets(), capture.linkType());
        return packet == null || !packet.isTcp()
                ? 0
                : packet.end() - packet.tcpPayload(frame.octets());
    }

    /// Without every `one`th frame that carries a TCP payload; the bytes that went are in `lost`.
    private static Capture without(Capture capture, int one, List<Integer> lost) {
        List<Frame> kept = new ArrayList<>();
        int n = 0;
        for (Frame frame : capture.frames()) {
            int payload = payload(capture, frame);
            if (payload > 0 && ++n % one == 0) {
                lost.add(payload);
            } else {
                kept.add(frame);
            }
        }
        return capture.with(kept);
    }

    @Test
    void bytes_acknowledged_and_never_seen_are_capture_loss() throws Exception {
        List<Integer> lost = new ArrayList<>();
        Capture holes = without(sample("http-download"), 10, lost);
        long bytes = lost.stream().mapToLong(Integer::longValue).sum();
        assertThat(bytes).isPositive();

        Outcome outcome = analyze(holes);

        assertThat(outcome.counters()).containsEntry("missed_bytes", bytes);
        assertThat(outcome.counters().get("ack_gaps")).isBetween(1L, (long) lost.size());
        assertThat(outcome.counters().get("acks"))
                .isGreaterThan(outcome.counters().get("ack_gaps"));
        assertThat(outcome.captureLoss()).isBetween(0.01, 0.5);
        assertThat(log("capture_loss")).contains("\"gaps\":" + outcome.counters().get("ack_gaps"));
    }

    @Test
    void a_whole_capture_has_no_loss_and_its_stats_add_up() throws Exception {
        Capture whole = sample("beacon");

        Outcome outcome = analyze(whole);

        assertThat(outcome.counters())
                .containsEntry("ack_gaps", 0L)
                .containsEntry("kernel_drops", 0L)
                .containsEntry("missed_bytes", 0L);
        assertThat(log("capture_loss")).endsWith("\"percent_lost\":0}\n");
        assertThat(log("stats"))
                .contains("\"pkts_proc\":" + whole.frames().size())
                .doesNotContain("pkts_dropped");
        assertThat(outcome.summary().findings()).allMatch(f -> f.completeness() == 1);
    }

    @Test
    void a_finding_says_how_complete_the_data_under_it_was() throws Exception {
        List<Integer> lost = new ArrayList<>();
        Capture beacon = sample("beacon");
        long all = beacon.frames().stream().mapToLong(f -> payload(beacon, f)).sum();

        Outcome outcome = analyze(without(beacon, 4, lost));

        double missing = (double) outcome.counters().get("missed_bytes") / all;
        assertThat(missing).isPositive();
        assertThat(outcome.summary().findings())
                .isNotEmpty()
                .allSatisfy(
                        f ->
                                assertThat(f.completeness())
                                        .isBetween(1 - missing - 0.05, 1 - missing + 0.05));
        assertThat(Files.readString(temp.resolve("case/findings.jsonl")))
                .doesNotContain("\"completeness\":1,");
    }

    @Test
    void interface_statistics_of_pcapng_tell_kernel_and_interface_apart() throws Exception {
        Path little = statistics("little.pcapng", ByteOrder.LITTLE_ENDIAN, 77, 5, 3);
        Outcome outcome = analysis().run(little, temp.resolve("case"));
        assertThat(outcome.counters())
                .containsEntry("kernel_drops", 5L)
                .containsEntry("ring_drops", 3L)
                .containsEntry("queue_drops", 0L);
        assertThat(log("stats")).contains("\"pkts_dropped\":5,");

        Path big = statistics("big.pcapng", ByteOrder.BIG_ENDIAN, 77, 9, 3);
        Path other = statistics("other.pcapng", ByteOrder.BIG_ENDIAN, 78, 100, 0);
        Outcome ring = analysis().run(List.of(little, big, other), null);
        assertThat(ring.counters())
                .as("a ring counts on, another sensor counts by itself")
                .containsEntry("kernel_drops", 109L)
                .containsEntry("ring_drops", 3L);
    }

    /// A pcapng with one frame and two statistics blocks, of which the last one counts.
    private Path statistics(String name, ByteOrder order, long since, long kernel, long ring)
            throws Exception {
        Frame frame = sample("dns-udp").frames().getFirst();
        ByteBuffer out = ByteBuffer.allocate(4096).order(order);
        out.putInt(0x0a0d0d0a)
                .putInt(28)
                .putInt(0x1a2b3c4d)
                .putShort((short) 1)
                .putShort((short) 0);
        out.putLong(-1).putInt(28);
        out.putInt(1).putInt(20).putShort((short) 1).putShort((short) 0).putInt(0).putInt(20);
        int padded = frame.octets().length + 3 & ~3;
        long micros = frame.nanos() / 1000;
        out.putInt(6).putInt(32 + padded).putInt(0);
        out.putInt((int) (micros >>> 32)).putInt((int) micros);
        out.putInt(frame.octets().length).putInt(frame.octets().length).put(frame.octets());
        out.position(out.position() + padded - frame.octets().length).putInt(32 + padded);
        block(out, since, kernel - 1, ring);
        block(out, since, kernel, ring);
        Path file = temp.resolve(name);
        Files.write(file, java.util.Arrays.copyOf(out.array(), out.position()));
        return file;
    }

    private static void block(ByteBuffer out, long since, long kernel, long ring) {
        int length = 24 + 3 * 12 + 4;
        out.putInt(5).putInt(length).putInt(0).putLong(0);
        out.putShort((short) 2)
                .putShort((short) 8)
                .putInt((int) (since >>> 32))
                .putInt((int) since);
        out.putShort((short) 5).putShort((short) 8).putLong(ring);
        out.putShort((short) 7).putShort((short) 8).putLong(kernel);
        out.putInt(0).putInt(length);
    }
}
