package io.hark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MutationTest {

    private static final Capture HTTP = Capture.read(Samples.FOLDER.resolve("http/capture.pcap"));

    /// Payload octets of every direction, put together by sequence number alone.
    private static Map<String, byte[]> streams(Capture capture) {
        Map<String, Integer> starts = new HashMap<>();
        Map<String, TreeMap<Integer, byte[]>> pieces = new TreeMap<>();
        for (Frame frame : capture.frames()) {
            byte[] octets = frame.octets();
            Packet packet = Packet.of(octets, capture.linkType());
            if (packet == null || !packet.isTcp()) {
                continue;
            }
            String side = packet.sourceText(octets) + Packet.u32(octets, packet.transport());
            int sequence = Packet.u32(octets, packet.transport() + 4);
            starts.putIfAbsent(side, sequence);
            int from = packet.tcpPayload(octets);
            byte[] payload = java.util.Arrays.copyOfRange(octets, from, packet.end());
            if (payload.length > 0) {
                pieces.computeIfAbsent(side, _ -> new TreeMap<>())
                        .put(sequence - starts.get(side), payload);
            }
        }
        Map<String, byte[]> streams = new TreeMap<>();
        pieces.forEach(
                (side, its) -> {
                    ByteArrayOutputStream stream = new ByteArrayOutputStream();
                    its.values().forEach(stream::writeBytes);
                    streams.put(side, stream.toByteArray());
                });
        return streams;
    }

    @ParameterizedTest
    @EnumSource
    void the_same_seed_makes_the_same_capture(Mutation mutation) {
        byte[] once = mutation.apply(HTTP, CaptureRewriter.seeded(7)).toPcap();
        byte[] again = mutation.apply(HTTP, CaptureRewriter.seeded(7)).toPcap();
        assertThat(once).isEqualTo(again).isNotEqualTo(HTTP.toPcap());
    }

    @ParameterizedTest
    @EnumSource(names = {"PIECES", "OCTETS", "SHREDS", "DUPLICATES"})
    void streams_stay_what_they_were(Mutation mutation) {
        Map<String, byte[]> mutated = streams(mutation.apply(HTTP, CaptureRewriter.seeded(7)));
        Map<String, byte[]> whole = streams(HTTP);
        assertThat(mutated.keySet()).isEqualTo(whole.keySet());
        whole.forEach((side, stream) -> assertThat(mutated.get(side)).as(side).isEqualTo(stream));
    }

    @Test
    void pieces_have_right_checksums() {
        for (Frame frame : Mutation.PIECES.apply(HTTP, CaptureRewriter.seeded(7)).frames()) {
            Packet packet = Packet.of(frame.octets(), HTTP.linkType());
            byte[] fixed = frame.octets().clone();
            assertThat(packet).isNotNull();
            packet.fixChecksums(fixed);
            assertThat(fixed).isEqualTo(frame.octets());
        }
    }

    @Test
    void a_capture_is_read_as_it_was_written(@TempDir Path folder) {
        Path file = folder.resolve("copy.pcap");
        HTTP.write(file);
        assertThat(Capture.read(file).toPcap()).isEqualTo(HTTP.toPcap());
    }

    @Test
    void pcapng_with_nanoseconds_is_read() {
        Capture capture = Capture.read(Samples.FOLDER.resolve("pcapng-ns/capture.pcapng"));
        assertThat(capture.frames()).hasSize(12);
        assertThat(capture.frames())
                .anySatisfy(frame -> assertThat(frame.nanos() % 1000).isNotZero());
    }

    @Test
    void one_side_and_the_other_are_the_whole() {
        int first = Mutation.FIRST_SIDE.apply(HTTP, CaptureRewriter.seeded(7)).frames().size();
        int other = Mutation.OTHER_SIDE.apply(HTTP, CaptureRewriter.seeded(7)).frames().size();
        assertThat(first + other).isEqualTo(HTTP.frames().size());
        assertThat(first).isPositive().isLessThan(HTTP.frames().size());
    }

    @Test
    void spreading_gives_every_request_a_connection_and_the_servers_turns() {
        Capture sandcat = Capture.read(Samples.FOLDER.resolve("sandcat/capture.pcap"));
        List<byte[]> servers =
                List.of(
                        new byte[] {10, 9, 0, 1},
                        new byte[] {10, 9, 0, 2},
                        new byte[] {10, 9, 0, 3});
        Capture spread = CaptureRewriter.spread(sandcat, servers);
        assertThat(spread.frames()).hasSize(sandcat.frames().size() + 3 * 7);
        assertThat(spread.pairs()).hasSize(4); // the first three frames keep their server
        assertThat(streams(spread)).hasSize(2 * 7);
    }

    @Test
    void a_mirror_has_one_pair_of_hosts() {
        Capture mirror = CaptureRewriter.inVxlan(HTTP);
        assertThat(mirror.pairs()).hasSize(1);
        assertThat(mirror.frames()).hasSameSizeAs(HTTP.frames());
    }
}
