package io.hark.bench;

import io.hark.bytes.BigEndian;
import io.hark.wire.Chunk;
import io.hark.wire.Intake;
import io.hark.wire.Layers;
import io.hark.wire.Setup;
import io.hark.wire.Source;

/// A TCP connection that never ends, a chunk of it at a time, in order.
///
/// *Thread*: one owner.
final class Segments {

    /// Segments in a chunk.
    static final int COUNT = 500;

    private static final int ETHERNET = 1;
    private static final int HEADERS = 14 + 20 + 20;
    private static final int CLIENT = 0x0a00_0001;
    private static final int SERVER = 0xc000_0202;

    private final Chunk chunk = Source.chunk();
    private final Intake intake = new Intake(new Layers(Setup.Checksums.IGNORE));
    private final byte[] request;
    private final byte[] answer;
    private int asked = 1;
    private int answered = 1;
    private long now = 1_700_000_000_000_000_000L;

    /// @param request what the client sends, again and again
    /// @param answer what it gets each time; nothing for a connection that goes one way
    Segments(byte[] request, byte[] answer) {
        this.request = request.clone();
        this.answer = answer.clone();
    }

    /// The next chunk, its frames' layers found.
    Chunk next() {
        intake.begin(chunk);
        for (int i = 0; i < COUNT; i++) {
            boolean asks = answer.length == 0 || i % 2 == 0;
            segment(asks, asks ? request : answer);
        }
        intake.finish(false);
        return chunk;
    }

    private void segment(boolean asks, byte[] body) {
        int length = HEADERS + body.length;
        int at = intake.place(length);
        byte[] m = intake.memory();
        put32(m, at, 0x0200_0000);
        put32(m, at + 4, 0x0001_0200);
        put32(m, at + 8, 0x0000_0002);
        BigEndian.put16(m, at + 12, 0x0800);
        BigEndian.put16(m, at + 14, 0x4500);
        BigEndian.put16(m, at + 16, length - 14);
        put32(m, at + 18, (int) (now / 1000) << 16); // identification, no fragment
        put32(m, at + 22, 0x4006_0000); // TTL, TCP, a checksum that the card writes
        put32(m, at + 26, asks ? CLIENT : SERVER);
        put32(m, at + 30, asks ? SERVER : CLIENT);
        BigEndian.put16(m, at + 34, asks ? 40_000 : 80);
        BigEndian.put16(m, at + 36, asks ? 80 : 40_000);
        put32(m, at + 38, asks ? asked : answered);
        put32(m, at + 42, asks ? answered : asked);
        put32(m, at + 46, 0x5018_ffff);
        put32(m, at + 50, 0);
        System.arraycopy(body, 0, m, at + HEADERS, body.length);
        asked += asks ? body.length : 0;
        answered += asks ? 0 : body.length;
        now += 1_000;
        intake.add(now, length, length, ETHERNET, false);
    }

    private static void put32(byte[] m, int at, int value) {
        BigEndian.put16(m, at, value >>> 16);
        BigEndian.put16(m, at + 2, value);
    }
}
