package io.hark.sensor;

import io.hark.bytes.BigEndian;
import io.hark.wire.Chunk;
import io.hark.wire.Intake;
import io.hark.wire.Layers;
import io.hark.wire.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Traffic that nobody sent: short web visits, questions for names and datagrams of no protocol,
/// made up in memory for as long as it is asked for.
///
/// A process that has just begun runs the code of the packets' way slowly, and a burst in its first
/// second overflows the kernel's ring. So who listens takes some of this first, before any
/// interface is open: the runtime has loaded and compiled what matters by then.
///
/// *Thread*: as [Source].
final class Exercise implements Source {

    private static final int ETHERNET = 1;
    private static final int IP = 14;
    private static final int TCP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SYN = 2;
    private static final int ACK = 16;
    private static final int FIN = 1;
    private static final int CHUNK_OF_VISITS = 200; // some 2,000 frames, as a busy wire's
    private static final long STEP_NANOS = 1_000_000L; // a thousand visits a second

    private static final byte[] REQUEST =
            ascii(
                    "GET /index.html HTTP/1.1\r\nHost: www.example\r\nUser-Agent: exercise\r\nAccept: */*\r\n\r\n");
    private static final byte[] ANSWER =
            ascii(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 700\r\n\r\n"
                            + "an answer of seven hundred octets, ".repeat(20));
    private static final byte[] QUESTION =
            octets(
                    0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, 'w', 'w', 'w', 7, 'e', 'x', 'a',
                    'm', 'p', 'l', 'e', 0, 0, 1, 0, 1);
    private static final byte[] NAMED =
            octets(
                    0x12, 0x34, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, 3, 'w', 'w', 'w', 7, 'e', 'x',
                    'a', 'm', 'p', 'l', 'e', 0, 0, 1, 0, 1, 0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 1, 0, 0,
                    4, 192, 0, 2, 80);
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] UNKNOWN = new byte[120];

    private final Layers layers;
    private final Intake intake;
    private final long untilNanos;
    private boolean over;
    private int visits;
    private long now = 1_000_000_000L;

    /// Traffic for so long.
    Exercise(Layers layers, Duration length) {
        this.layers = layers;
        this.intake = new Intake(layers);
        this.untilNanos = System.nanoTime() + length.toNanos();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] octets(int... values) {
        byte[] octets = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            octets[i] = (byte) values[i];
        }
        return octets;
    }

    @Override
    public void fill(Chunk chunk) {
        intake.begin(chunk);
        for (int i = 0; i < CHUNK_OF_VISITS && !intake.isFull(); i++) {
            visit(visits++);
        }
        over = System.nanoTime() - untilNanos >= 0;
        intake.finish(over);
    }

    private void visit(int n) {
        int client = 0x0a00_0000 | n & 0xffff;
        int server = 0xc000_0200 | n & 63;
        int port = 20_000 + n % 40_000;
        now += STEP_NANOS;
        udp(client, server, port, 53, QUESTION);
        udp(server, client, 53, port, NAMED);
        tcp(client, server, port, 80, 0, 0, SYN, NOTHING);
        tcp(server, client, 80, port, 0, 1, SYN | ACK, NOTHING);
        tcp(client, server, port, 80, 1, 1, ACK, REQUEST);
        tcp(server, client, 80, port, 1, 1 + REQUEST.length, ACK, ANSWER);
        tcp(client, server, port, 80, 1 + REQUEST.length, 1 + ANSWER.length, FIN | ACK, NOTHING);
        tcp(server, client, 80, port, 1 + ANSWER.length, 2 + REQUEST.length, FIN | ACK, NOTHING);
        udp(client, server, port, 4_000 + n % 50, UNKNOWN);
    }

    private void udp(int from, int to, int src, int dst, byte[] body) {
        int at = packet(from, to, UDP, UDP_HEADER + body.length);
        if (at >= 0) {
            byte[] m = intake.memory();
            BigEndian.put16(m, at, src);
            BigEndian.put16(m, at + 2, dst);
            BigEndian.put16(m, at + 4, UDP_HEADER + body.length);
            BigEndian.put16(m, at + 6, 0);
            done(at + UDP_HEADER, IP + 20 + UDP_HEADER, body);
        }
    }

    private void tcp(int from, int to, int src, int dst, int seq, int ack, int flags, byte[] body) {
        int at = packet(from, to, TCP, TCP_HEADER + body.length);
        if (at >= 0) {
            byte[] m = intake.memory();
            BigEndian.put16(m, at, src);
            BigEndian.put16(m, at + 2, dst);
            put32(m, at + 4, seq);
            put32(m, at + 8, ack);
            BigEndian.put16(m, at + 12, 0x5000 | flags);
            BigEndian.put16(m, at + 14, 0xffff);
            put32(m, at + 16, 0);
            done(at + TCP_HEADER, IP + 20 + TCP_HEADER, body);
        }
    }

    /// Writes the headers in front of `length` octets; where those go, or -1 if there is no room.
    private int packet(int from, int to, int protocol, int length) {
        int at = intake.place(IP + 20 + length);
        if (at < 0) {
            return -1;
        }
        byte[] m = intake.memory();
        put32(m, at, 0x0200_0000);
        put32(m, at + 4, 0x0001_0200);
        put32(m, at + 8, 0x0000_0002);
        BigEndian.put16(m, at + 12, 0x0800);
        BigEndian.put16(m, at + IP, 0x4500);
        BigEndian.put16(m, at + IP + 2, 20 + length);
        put32(m, at + IP + 4, (int) intake.frameCount() << 16);
        BigEndian.put16(m, at + IP + 8, 64 << 8 | protocol);
        BigEndian.put16(m, at + IP + 10, 0); // the card writes it
        put32(m, at + IP + 12, from);
        put32(m, at + IP + 16, to);
        return at + IP + 20;
    }

    private void done(int at, int headers, byte[] body) {
        System.arraycopy(body, 0, intake.memory(), at, body.length);
        int length = headers + body.length;
        intake.add(now, length, length, ETHERNET, false);
    }

    private static void put32(byte[] m, int at, int value) {
        BigEndian.put16(m, at, value >>> 16);
        BigEndian.put16(m, at + 2, value);
    }

    @Override
    public String name() {
        return "exercise";
    }

    @Override
    public Status status() {
        return over ? Status.OK : Status.OPEN;
    }

    @Override
    public String trouble() {
        return "";
    }

    @Override
    public Layers layers() {
        return layers;
    }

    @Override
    public long frameCount() {
        return intake.frameCount();
    }

    @Override
    public long octetCount() {
        return intake.octetCount();
    }

    @Override
    public long firstNanos() {
        return intake.firstNanos();
    }

    @Override
    public long lastNanos() {
        return intake.lastNanos();
    }

    @Override
    public void close() {}
}
