package io.hark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written as pcapng is what the draft says, and what our own reader reads.
class PcapngWriterTest {

    private static final long NANOS = 1_700_000_000_123_456_789L;

    @TempDir Path folder;

    private static String hex(ByteArrayOutputStream out, int from) {
        return HexFormat.of().formatHex(out.toByteArray(), from, out.size());
    }

    @Test
    void blocks_are_as_the_draft_draws_them() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(out, "hark")) {
            writer.flush();
            assertThat(hex(out, 0))
                    .isEqualTo(
                            "0a0d0d0a 28000000 4d3c2b1a 01000000 ffffffffffffffff".replace(" ", "")
                                    + "04000400 6861726b 00000000 28000000".replace(" ", ""));
            int end = out.size();
            writer.add(new PcapngWriter.Interface("eth0", 1, 96, 1_000_000_000L, "udp"));
            writer.flush();
            assertThat(hex(out, end))
                    .isEqualTo(
                            ("01000000 3c000000 01000000 60000000 02000400 65746830"
                                            + "08000800 00ca9a3b00000000 09000100 09000000"
                                            + "0b000400 00756470 00000000 3c000000")
                                    .replace(" ", ""));
            end = out.size();
            writer.packet(0, NANOS, new byte[] {9, 1, 2, 3, 4, 5}, 1, 5, 60);
            writer.flush();
            assertThat(hex(out, end))
                    .isEqualTo(
                            ("06000000 28000000 00000000 "
                                            + time(32)
                                            + time(0)
                                            + "05000000 3c000000 01020304 05000000 28000000")
                                    .replace(" ", ""));
            end = out.size();
            writer.secrets(PcapngWriter.TLS_KEY_LOG, "CLIENT".getBytes(StandardCharsets.US_ASCII));
            writer.flush();
            assertThat(hex(out, end))
                    .isEqualTo(
                            "0a000000 1c000000 4b534c54 06000000 434c49454e540000 1c000000"
                                    .replace(" ", ""));
            assertThat(writer.size()).isEqualTo(out.size());
        }
    }

    /// Half of the time, little-endian.
    private static String time(int shift) {
        return HexFormat.of().toHexDigits(Integer.reverseBytes((int) (NANOS >>> shift)));
    }

    @Test
    void losses_that_were_written_are_read() throws IOException {
        Path file = folder.resolve("losses.pcapng");
        try (PcapngWriter writer = new PcapngWriter(Files.newOutputStream(file), "hark")) {
            int first = writer.add(new PcapngWriter.Interface("a", 1, 0, null, null));
            int second = writer.add(new PcapngWriter.Interface("b", 1, 0, null, null));
            writer.packet(first, NANOS, new byte[60], 0, 60, 60);
            writer.statistics(first, NANOS, NANOS - 5, 10, new Drops(3, 2, 0));
            writer.statistics(second, NANOS, NANOS - 5, 7, new Drops(1, 0, 0));
            writer.statistics(first, NANOS + 1, NANOS - 5, 20, new Drops(4, 2, 0)); // the later one
        }
        try (Input input = Input.open(file)) {
            Reader reader = read(input, Source.chunk());
            assertThat(reader.drops()).isEqualTo(new Drops(5, 2, 0));
            assertThat(reader.status()).isEqualTo(Source.Status.OK);
        }
    }

    @Test
    void where_nobody_tells_of_losses_none_are_told() throws IOException {
        Path file = folder.resolve("untold.pcapng");
        try (PcapngWriter writer = new PcapngWriter(Files.newOutputStream(file), "hark")) {
            writer.add(PcapngWriter.Interface.of(1));
            writer.packet(0, NANOS, new byte[60], 0, 60, 60);
        }
        try (Input input = Input.open(file)) {
            assertThat(read(input, Source.chunk()).drops().isTold()).isFalse();
        }
    }

    @Test
    void frames_that_were_written_are_read_as_they_were() throws IOException {
        Path file = folder.resolve("frames.pcapng");
        SplittableRandom random = new SplittableRandom(7);
        byte[] memory = new byte[70_000];
        random.nextBytes(memory);
        int[] lengths = {0, 1, 2, 3, 4, 60, 1_514, 65_536 + 17}; // beyond the buffer, too
        try (PcapngWriter writer = new PcapngWriter(Files.newOutputStream(file), "hark")) {
            int raw = writer.add(PcapngWriter.Interface.of(101));
            int ethernet = writer.add(PcapngWriter.Interface.of(1));
            for (int i = 0; i < lengths.length; i++) {
                String comment = i % 2 == 0 ? null : "number " + i;
                writer.packet(
                        i % 3 == 0 ? raw : ethernet, NANOS + i, memory, i, lengths[i], 0, comment);
            }
        }
        try (Input input = Input.open(file)) {
            Chunk chunk = Source.chunk();
            Reader reader = read(input, chunk);
            assertThat(reader.trouble()).isEmpty();
            assertThat(chunk.frames()).isEqualTo(lengths.length);
            for (int i = 0; i < lengths.length; i++) {
                assertThat(chunk.ts[i]).isEqualTo(NANOS + i);
                assertThat(chunk.linkType[i]).isEqualTo(i % 3 == 0 ? 101 : 1);
                assertThat(chunk.length[i]).isEqualTo(lengths[i]);
                assertThat(
                                HexFormat.of()
                                        .formatHex(
                                                chunk.memory,
                                                chunk.at[i],
                                                chunk.at[i] + chunk.captured[i]))
                        .isEqualTo(HexFormat.of().formatHex(memory, i, i + lengths[i]));
            }
        }
    }

    @Test
    void a_frame_of_an_interface_that_is_not_there_is_refused() throws IOException {
        try (PcapngWriter writer = new PcapngWriter(new ByteArrayOutputStream(), "hark")) {
            assertThatThrownBy(() -> writer.packet(0, NANOS, new byte[1], 0, 1, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Reader read(Input input, Chunk chunk) throws IOException {
        Reader reader = new Reader(input, new Layers(Setup.Checksums.IGNORE));
        reader.fill(chunk);
        return reader;
    }
}
