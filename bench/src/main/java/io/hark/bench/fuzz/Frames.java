package io.hark.bench.fuzz;

import io.hark.Exporter;
import io.hark.bytes.BigEndian;
import io.hark.sensor.Analysis;
import io.hark.wire.Chunk;
import io.hark.wire.Engine;
import io.hark.wire.Input;
import io.hark.wire.Intake;
import io.hark.wire.Layers;
import io.hark.wire.Reader;
import io.hark.wire.Setup;
import io.hark.wire.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The wire without what reads streams: containers, layers, tunnels, fragments, connections.
///
/// *Thread*: one owner.
final class Frames {

    private static final int MAX_CONNECTIONS = 1_000;
    private static final int HEAD = 3;
    private static final long MILLI = 1_000_000L;

    /// Link layers that an input's first octet chooses among, by tcpdump.org's numbers.
    private static final int[] LINKS = {1, 101, 0, 113, 276, 105, 127, 9, 50, 228, 229};

    private final List<Exporter> exporters = Analysis.all(Exporter.class);
    private final Chunk chunk = Source.chunk();
    private final Setup setup =
            Setup.builder()
                    .checksums(Setup.Checksums.IGNORE)
                    .maxConnections(MAX_CONNECTIONS)
                    .build();

    /// The octet that chooses that link layer, -1 where none does.
    static int link(int type) {
        for (int i = 0; i < LINKS.length; i++) {
            if (LINKS[i] == type) {
                return i;
            }
        }
        return -1;
    }

    /// Frames one after another.
    ///
    /// *Shape*: an octet that chooses the link layer; then for each frame an octet of time since
    /// the one before, in sixteenths of a second, two of length, and the frame.
    void frames(byte[] input) {
        Judge judge = new Judge(exporters);
        Engine engine = new Engine(setup, judge);
        Intake intake = new Intake(new Layers(Setup.Checksums.IGNORE));
        int link = input.length == 0 ? 1 : LINKS[(input[0] & 0xff) % LINKS.length];
        long now = 1_700_000_000_000_000_000L;
        int at = 1;
        intake.begin(chunk);
        while (at + HEAD <= input.length) {
            now += MILLI + (input[at] & 0xff) * (1000 * MILLI / 16);
            int length = Math.min(BigEndian.u16(input, at + 1), input.length - at - HEAD);
            at += HEAD;
            int place = intake.place(length);
            if (place < 0) {
                take(engine, intake);
                place = intake.place(length);
            }
            System.arraycopy(input, at, intake.memory(), place, length);
            intake.add(now, length, length, link, false);
            at += length;
        }
        take(engine, intake);
        finish(engine, judge, intake.frameCount(), input.length);
    }

    private void take(Engine engine, Intake intake) {
        intake.finish(false);
        engine.process(chunk, 0, 1);
        intake.begin(chunk);
    }

    /// A capture file.
    void file(byte[] input) {
        Judge judge = new Judge(exporters);
        Engine engine = new Engine(setup, judge);
        try {
            Path file = Files.createTempFile("hark-fuzz", ".pcap");
            try {
                Files.write(file, input);
                try (Input opened = Input.open(file)) {
                    Reader reader = new Reader(opened, new Layers(Setup.Checksums.AUTO));
                    do {
                        reader.fill(chunk);
                        engine.process(chunk, 0, 1);
                    } while (!chunk.isLast());
                    finish(engine, judge, reader.frameCount(), input.length);
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void finish(Engine engine, Judge judge, long frames, int octets) {
        engine.finish(frames);
        if (!engine.failures().isEmpty()) {
            throw new IllegalStateException("errors of our own: " + engine.failures());
        }
        judge.judge(octets);
    }
}
