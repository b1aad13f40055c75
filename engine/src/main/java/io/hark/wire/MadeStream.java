package io.hark.wire;

import io.hark.bytes.BigEndian;
import io.hark.carry.InnerBytes;
import io.hark.event.Endpoints;
import io.hark.event.Side;
import io.hark.schema.Addr;
import java.util.function.Consumer;

/// Makes up the packets of a TCP connection of which a tunnel carried only the bytes: a handshake
/// before the first, segments, an end of each side. Sequence numbers begin at 0, and each segment
/// acknowledges all that the other side has said, because the tunnel saw to that.
///
/// *Source*: RFC 9293 §3.1, RFC 791 §3.1, RFC 8200 §3. *Thread*: one owner.
public final class MadeStream {

    private static final int MAX_SEGMENT = 1400; // octets of payload, so that packets look ordinary
    private static final int HEADER = 20;
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int PUSH = 8;
    private static final int ACK = 16;
    private static final int WINDOW = 0xffff;
    private static final int TTL = 64;

    private final Endpoints ends;
    private final long[] next = new long[2]; // sequence numbers
    private final boolean[] ended = new boolean[2];
    private boolean open;

    /// A connection that is not open yet.
    public MadeStream(Endpoints ends) {
        this.ends = ends;
    }

    /// The packets of what was said next, as IP packets.
    public void add(InnerBytes said, Consumer<byte[]> packets) {
        if (!open) {
            open = true;
            packet(Side.ORIGINATOR, SYN, said.bytes(), 0, 0, packets);
            packet(Side.RESPONDER, SYN | ACK, said.bytes(), 0, 0, packets);
            packet(Side.ORIGINATOR, ACK, said.bytes(), 0, 0, packets);
        }
        int side = said.side().ordinal();
        if (ended[side]) {
            return; // nobody speaks behind his end
        }
        next[side] += said.gap();
        for (int at = 0; at < said.bytes().length; at += MAX_SEGMENT) {
            int length = Math.min(MAX_SEGMENT, said.bytes().length - at);
            packet(said.side(), PUSH | ACK, said.bytes(), at, length, packets);
        }
        if (said.end()) {
            ended[side] = true;
            packet(said.side(), FIN | ACK, said.bytes(), 0, 0, packets);
        }
    }

    private void packet(
            Side side, int flags, byte[] bytes, int from, int length, Consumer<byte[]> packets) {
        Addr source = ends.host(side);
        Addr destination = ends.host(side.other());
        boolean v6 = !source.isV4() || !destination.isV4();
        int ip = v6 ? 40 : 20;
        byte[] m = new byte[ip + HEADER + length];
        if (v6) {
            m[0] = 0x60;
            BigEndian.put16(m, 4, HEADER + length);
            m[6] = Layers.TCP;
            m[7] = TTL;
            wide(source, m, 8);
            wide(destination, m, 24);
        } else {
            m[0] = 0x45;
            BigEndian.put16(m, 2, m.length);
            m[8] = TTL;
            m[9] = Layers.TCP;
            put32(m, 12, source.v4Bits());
            put32(m, 16, destination.v4Bits());
            BigEndian.put16(m, 10, ~Checksum.of(m, 0, ip, 0));
        }
        boolean fromOriginator = side == Side.ORIGINATOR;
        BigEndian.put16(m, ip, fromOriginator ? ends.orig_p() : ends.resp_p());
        BigEndian.put16(m, ip + 2, fromOriginator ? ends.resp_p() : ends.orig_p());
        put32(m, ip + 4, (int) next[side.ordinal()]);
        put32(m, ip + 8, (flags & ACK) == 0 ? 0 : (int) next[side.other().ordinal()]);
        BigEndian.put16(m, ip + 12, 0x5000 | flags);
        BigEndian.put16(m, ip + 14, WINDOW);
        System.arraycopy(bytes, from, m, ip + HEADER, length);
        long seed = Checksum.pseudoHeader(m, 0, v6, Layers.TCP, HEADER + length);
        BigEndian.put16(m, ip + 16, ~Checksum.of(m, ip, HEADER + length, seed));
        next[side.ordinal()] += length + ((flags & (SYN | FIN)) == 0 ? 0 : 1);
        packets.accept(m);
    }

    private static void wide(Addr addr, byte[] m, int at) {
        put32(m, at, (int) (addr.hi() >>> 32));
        put32(m, at + 4, (int) addr.hi());
        put32(m, at + 8, (int) (addr.lo() >>> 32));
        put32(m, at + 12, (int) addr.lo());
    }

    private static void put32(byte[] m, int at, int value) {
        BigEndian.put16(m, at, value >>> 16);
        BigEndian.put16(m, at + 2, value);
    }
}
