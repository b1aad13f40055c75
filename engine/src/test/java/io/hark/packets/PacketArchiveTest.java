package io.hark.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.wire.Chunk;
import io.hark.wire.Input;
import io.hark.wire.Layers;
import io.hark.wire.Reader;
import io.hark.wire.Setup;
import io.hark.wire.Slice;
import io.hark.wire.Source;
import io.hark.wire.Targets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketArchiveTest {

    private static final long PLENTY = 1L << 40;

    /// An hour: a section for every two seconds in which something came.
    private static final Path BEACON = Path.of("../samples/beacon/capture.pcap");

    @TempDir Path temp;

    private interface Each {
        void chunk(Chunk chunk) throws IOException;
    }

    private static Source.Status read(Input input, Each each) throws IOException {
        try (Source source =
                new Reader(input, new Layers(Setup.Checksums.IGNORE, Targets.DEFAULT))) {
            Chunk chunk = Source.chunk();
            do {
                source.fill(chunk);
                each.chunk(chunk);
            } while (!chunk.isLast());
            return source.status();
        }
    }

    private void keep(Path capture, boolean isPacked) throws IOException {
        try (PacketArchive archive = new PacketArchive(temp, isPacked, PLENTY)) {
            read(Input.open(capture), archive::add);
        }
    }

    /// Frames with a packet of that shard, as a capture; 0 for all.
    private static byte[] frames(Input input, int shard) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Slice slice = new Slice(out)) {
            read(
                    input,
                    chunk -> {
                        for (int i = 0; i < chunk.frames(); i++) {
                            Set<Integer> its = new TreeSet<>();
                            chunk.eachShard(i, its::add);
                            if (shard == 0 || its.contains(shard)) {
                                slice.write(chunk, i);
                            }
                        }
                    });
        }
        return out.toByteArray();
    }

    private static Set<Integer> shards(Path capture) throws IOException {
        Set<Integer> shards = new TreeSet<>();
        read(
                Input.open(capture),
                chunk -> {
                    for (int i = 0; i < chunk.frames(); i++) {
                        chunk.eachShard(i, shards::add);
                    }
                });
        return shards;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void every_connection_is_found_whole_in_its_sections_alone(boolean isPacked)
            throws IOException {
        keep(BEACON, isPacked);
        KeptPackets kept = KeptPackets.in(temp);
        Set<Integer> shards = shards(BEACON);
        assertThat(shards).hasSizeGreaterThan(3);
        for (int shard : shards) {
            List<Sought> sought = List.of(new Sought(shard, 0, Long.MAX_VALUE));
            assertThat(frames(kept.open(sought), shard))
                    .isEqualTo(frames(Input.open(BEACON), shard));
        }
    }

    @Test
    void a_time_narrows_what_is_read() throws IOException {
        keep(BEACON, false);
        List<Long> times = new ArrayList<>();
        read(
                Input.open(BEACON),
                chunk -> {
                    for (int i = 0; i < chunk.frames(); i++) {
                        times.add(chunk.ts(i));
                    }
                });
        List<Sought> sought = new ArrayList<>();
        for (int shard : shards(BEACON)) {
            sought.add(new Sought(shard, times.getFirst(), times.getFirst()));
        }
        List<Long> read = new ArrayList<>();
        read(
                KeptPackets.in(temp).open(sought),
                chunk -> {
                    for (int i = 0; i < chunk.frames(); i++) {
                        read.add(chunk.ts(i));
                    }
                });
        assertThat(read).contains(times.getFirst()).hasSizeLessThan(times.size() / 4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_files_are_captures_that_hold_everything(boolean isPacked) throws IOException {
        keep(BEACON, isPacked);
        Path file = temp.resolve(isPacked ? "000000.pcapng.zst" : "000000.pcapng");
        assertThat(frames(Input.open(file), 0)).isEqualTo(frames(Input.open(BEACON), 0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_crash_at_any_octet_loses_at_most_the_section_at_hand(boolean isPacked)
            throws IOException {
        keep(BEACON, isPacked);
        Path file = temp.resolve(isPacked ? "000000.pcapng.zst" : "000000.pcapng");
        Path index = KeptPackets.indexOf(file);
        byte[] whole = frames(Input.open(file), 0);
        List<Sought> all = new ArrayList<>();
        shards(BEACON).forEach(shard -> all.add(new Sought(shard, 0, Long.MAX_VALUE)));
        for (long cut = 1; cut < Files.size(index); cut += 37) {
            truncate(index, Files.size(index) - cut);
            byte[] found = frames(KeptPackets.in(temp).open(all), 0);
            assertThat(found).as("index cut by %d", cut).isEqualTo(whole);
        }
        long size = Files.size(file);
        truncate(file, size - 5);
        byte[] found = frames(KeptPackets.in(temp).open(all), 0);
        assertThat(found.length).isBetween(whole.length / 2, whole.length - 1);
    }

    private static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    @Test
    void the_oldest_files_go_when_there_is_no_room() throws IOException {
        try (PacketArchive archive = new PacketArchive(temp, false, 30_000, 10_000)) {
            for (int i = 0; i < 4; i++) {
                read(Input.open(BEACON), archive::add);
            }
            assertThat(archive.filesDeleted()).isPositive();
        }
        long size = 0;
        try (var files = Files.list(temp)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".pcapng")).toList()) {
                size += Files.size(file);
                assertThat(KeptPackets.indexOf(file)).exists();
            }
        }
        assertThat(size).isBetween(10_000L, 30_000L);
        assertThat(temp.resolve("000000.pcapng")).doesNotExist();
        assertThat(temp.resolve("000000.index")).doesNotExist();
    }

    @Test
    void little_room_is_not_overrun() throws IOException {
        long room = 5_000_000;
        try (PacketArchive archive = new PacketArchive(temp, false, room)) {
            for (int i = 0; i < 200; i++) {
                read(Input.open(BEACON), archive::add);
            }
            assertThat(archive.filesDeleted()).isPositive();
        }
        try (var files = Files.list(temp)) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum())
                    .isBetween(room / 4, room);
        }
    }

    @Test
    void of_a_frame_that_no_block_holds_the_beginning_is_kept() throws IOException {
        int longest = 16 << 20; // of a record that is read
        ByteBuffer file = ByteBuffer.allocate(40 + longest);
        file.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
        file.putInt(longest).putInt(1).putInt(1).putInt(0).putInt(longest).putInt(longest);
        Path capture = Files.write(temp.resolve("long.pcap"), file.array());
        Path folder = temp.resolve("packets");
        try (PacketArchive archive = new PacketArchive(folder, true, PLENTY)) {
            read(Input.open(capture), archive::add);
        }
        List<Integer> frames = new ArrayList<>();
        Path kept = folder.resolve("000000.pcapng.zst");
        assertThat(read(Input.open(kept), chunk -> frames.add(chunk.frames())))
                .isEqualTo(Source.Status.OK);
        assertThat(frames.stream().mapToInt(n -> n).sum()).isEqualTo(1);
    }

    @Test
    void a_folder_without_packets_has_none() throws IOException {
        assertThat(KeptPackets.in(temp.resolve("none")).isEmpty()).isTrue();
        Files.writeString(temp.resolve("README.txt"), "");
        assertThat(KeptPackets.in(temp).isEmpty()).isTrue();
    }
}
