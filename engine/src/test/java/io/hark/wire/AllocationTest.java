package io.hark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.hark.carry.Carried;
import io.hark.event.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Below the wall nothing is allocated per frame: objects are made per connection and per message.
class AllocationTest {

    private static final int SEGMENTS = 60_000;
    private static final int PAYLOAD = 200;

    @TempDir Path folder;

    @Test
    void a_long_stream_allocates_nothing_per_frame() throws IOException {
        Path capture = folder.resolve("long.pcap");
        Files.write(capture, oneLongStream());
        allocatesNothing(capture);
    }

    /// Frames that belong together, many times over, a tenth of a millisecond apart.
    private void allocatesNothing(int linkType, byte[]... frames) throws IOException {
        Capture capture = new Capture(linkType);
        for (int i = 0; i < SEGMENTS; i++) {
            capture.frameMicros(100L * i, frames[i % frames.length]);
        }
        Path file = folder.resolve("many.pcap");
        Files.write(file, capture.octets());
        allocatesNothing(file);
    }

    @Test
    void datagrams_allocate_nothing_per_frame() throws IOException {
        byte[] payload = new byte[PAYLOAD];
        allocatesNothing(
                Capture.RAW,
                Capture.ip(1, 2, 17, Capture.udp(40_000, 9, payload)),
                Capture.ip(2, 1, 17, Capture.udp(9, 40_000, payload)));
    }

    @Test
    void echoes_allocate_nothing_per_frame() throws IOException {
        byte[][] frames = new byte[200][];
        for (int i = 0; i < frames.length; i++) {
            byte[] head = {(byte) (i % 2 == 0 ? 8 : 0), 0, 0, 0, 0x12, 0x34};
            byte[] echo = Capture.join(head, Capture.u16(i / 2), new byte[PAYLOAD]);
            frames[i] = i % 2 == 0 ? Capture.ip(1, 2, 1, echo) : Capture.ip(2, 1, 1, echo);
        }
        allocatesNothing(Capture.RAW, frames);
    }

    @Test
    void neighbours_allocate_nothing_per_frame() throws IOException {
        byte[] head = Capture.hex("0001 0800 0604");
        byte[] here = Capture.hex("020000000002 0a000001");
        byte[] there = Capture.hex("020000000001 0a000002");
        byte[] asked = Capture.hex("000000000000 0a000002 00000000000000000000");
        byte[] pad = new byte[PAYLOAD]; // so that the frames fill some chunks
        allocatesNothing(
                Capture.ETHERNET,
                Capture.ethernet(0x0806, Capture.join(head, Capture.u16(1), here, asked, pad)),
                Capture.ethernet(0x0806, Capture.join(head, Capture.u16(2), there, here, pad)));
    }

    private static void allocatesNothing(Path capture) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Setup setup = Setup.builder().checksums(Setup.Checksums.IGNORE).build();
        long frames = 0;
        long allocated = 0;
        try (Input input = Input.open(capture)) {
            Reader reader = new Reader(input, new Layers(Setup.Checksums.IGNORE));
            Engine engine = new Engine(setup, new Deaf());
            Chunk chunk = Source.chunk();
            do {
                reader.fill(chunk);
                long before = threads.getCurrentThreadAllocatedBytes();
                engine.process(chunk, 0, 1);
                long made = threads.getCurrentThreadAllocatedBytes() - before;
                if (chunk.number > 2) { // the first ones load classes and make the connection
                    frames += chunk.frames();
                    allocated += made;
                }
            } while (!chunk.isLast());
        }
        assertThat(frames).isGreaterThan(SEGMENTS / 2);
        // A chunk's timers may make a list; a frame may make nothing, so it is far under a byte
        // each.
        assertThat(allocated).as("bytes allocated over %d frames", frames).isLessThan(frames / 2);
    }

    private static byte[] oneLongStream() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
        header.putInt(65_535).putInt(101);
        out.writeBytes(header.array());
        segment(out, 0, false, 0, 2, 0);
        segment(out, 1, true, 0, 0x12, 0);
        segment(out, 2, false, 1, 0x10, 0);
        for (int i = 0; i < SEGMENTS; i++) {
            segment(out, 3 + i, true, 1 + i * PAYLOAD, 0x18, PAYLOAD);
        }
        return out.toByteArray();
    }

    private static void segment(
            ByteArrayOutputStream out, int millis, boolean answer, int seq, int flags, int n) {
        int length = 40 + n;
        ByteBuffer record = ByteBuffer.allocate(16 + length).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt(1_700_000_000 + millis / 1000).putInt(millis % 1000 * 1000);
        record.putInt(length).putInt(length).order(ByteOrder.BIG_ENDIAN);
        record.put((byte) 0x45).put((byte) 0).putShort((short) length).putInt(0);
        record.put((byte) 64).put((byte) 6).putShort((short) 0);
        int client = 0x0a000001;
        int server = 0x0a000002;
        record.putInt(answer ? server : client).putInt(answer ? client : server);
        record.putShort((short) (answer ? 9999 : 40_000))
                .putShort((short) (answer ? 40_000 : 9999));
        record.putInt(seq).putInt(1).put((byte) 0x50).put((byte) flags).putShort((short) 8192);
        record.putInt(0);
        out.writeBytes(record.array());
    }

    private static final class Deaf implements Sink {
        @Override
        public void emit(Event event, Order order) {}

        @Override
        public void carry(Carried carried, Order order) {}

        @Override
        public void publish(Expectation expectation, Order order) {}
    }
}
