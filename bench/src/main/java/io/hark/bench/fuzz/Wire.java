package io.hark.bench.fuzz;

import io.hark.bytes.BigEndian;
import io.hark.wire.Chunk;
import io.hark.wire.Engine;
import io.hark.wire.Intake;
import io.hark.wire.Layers;
import io.hark.wire.Setup;

/// Packets made of a [Script], through the layers into an engine.
///
/// *Thread*: one owner.
final class Wire implements Script.Stage {

    static final int CLIENT = 0x0a00_0001;
    static final int SERVER = 0x0a00_0002;
    static final int CLIENT_PORT = 40_000;

    private static final int RAW_IP = 101;
    private static final int IP = 20;
    private static final int TCP = 20;
    private static final int UDP = 8;
    private static final int FIN = 0x11;
    private static final int SYN = 0x02;
    private static final int SYN_ACK = 0x12;
    private static final int ACK = 0x10;
    private static final int MOST = 32_000; // octets of one packet's payload

    private final Chunk chunk;
    private final Intake intake = new Intake(new Layers(Setup.Checksums.IGNORE));
    private final Engine engine;
    private final boolean stream;
    private final int port;
    private final int[] next = {1, 1};
    private long now = 1_700_000_000_000_000_000L;

    /// One connection to that port, whose handshake is done.
    ///
    /// @param chunk may have been used before
    Wire(Engine engine, Chunk chunk, boolean stream, int port) {
        this.engine = engine;
        this.chunk = chunk;
        this.stream = stream;
        this.port = port;
        intake.begin(chunk);
        if (stream) {
            next[0] = 0;
            next[1] = 0;
            segment(false, SYN, new byte[0], 0, 0);
            segment(true, SYN_ACK, new byte[0], 0, 0);
            next[0] = 1;
            next[1] = 1;
            segment(false, ACK, new byte[0], 0, 0);
        }
    }

    /// The capture is over: all timers fire, all connections end.
    void finish() {
        flush();
        engine.finish(intake.frameCount());
    }

    private void flush() {
        intake.finish(false);
        engine.process(chunk, 0, 1);
        intake.begin(chunk);
    }

    @Override
    public void data(boolean responder, byte[] input, int at, int length) {
        for (int done = 0; done < length; done += MOST) {
            int n = Math.min(MOST, length - done);
            if (stream) {
                segment(responder, ACK, input, at + done, n);
                next[responder ? 1 : 0] += n;
            } else {
                datagram(responder, input, at + done, n);
            }
        }
    }

    @Override
    public void gap(boolean responder, int length) {
        next[responder ? 1 : 0] += length;
        if (stream) { // who gets an answer to it has it
            segment(!responder, ACK, new byte[0], 0, 0);
        }
    }

    @Override
    public void end(boolean responder) {
        if (stream) {
            segment(responder, FIN, new byte[0], 0, 0);
            next[responder ? 1 : 0]++;
        }
    }

    @Override
    public void pause(long nanos) {
        now += nanos;
    }

    private void segment(boolean responder, int flags, byte[] from, int at, int length) {
        int place = header(responder, 6, TCP + length);
        byte[] m = intake.memory();
        int side = responder ? 1 : 0;
        put32(m, place + 4, next[side]);
        put32(m, place + 8, next[1 - side]);
        put32(m, place + 12, 0x5000_ffff | flags << 16);
        put32(m, place + 16, 0);
        add(place, TCP, from, at, length);
    }

    private void datagram(boolean responder, byte[] from, int at, int length) {
        int place = header(responder, 17, UDP + length);
        byte[] m = intake.memory();
        BigEndian.put16(m, place + 4, UDP + length);
        BigEndian.put16(m, place + 6, 0);
        add(place, UDP, from, at, length);
    }

    private int header(boolean responder, int protocol, int length) {
        int place = intake.place(IP + length);
        if (place < 0) {
            flush();
            place = intake.place(IP + length);
        }
        byte[] m = intake.memory();
        put32(m, place, 0x4500_0000 | IP + length);
        put32(m, place + 4, 0);
        put32(m, place + 8, 64 << 24 | protocol << 16);
        put32(m, place + 12, responder ? SERVER : CLIENT);
        put32(m, place + 16, responder ? CLIENT : SERVER);
        BigEndian.put16(m, place + IP, responder ? port : CLIENT_PORT);
        BigEndian.put16(m, place + IP + 2, responder ? CLIENT_PORT : port);
        return place + IP;
    }

    private void add(int place, int header, byte[] from, int at, int length) {
        System.arraycopy(from, at, intake.memory(), place + header, length);
        int octets = IP + header + length;
        intake.add(now, octets, octets, RAW_IP, false);
    }

    private static void put32(byte[] m, int at, int value) {
        BigEndian.put16(m, at, value >>> 16);
        BigEndian.put16(m, at + 2, value);
    }
}
