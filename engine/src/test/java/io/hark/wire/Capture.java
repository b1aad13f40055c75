package io.hark.wire;

import io.hark.DatagramParser;
import io.hark.Decoder;
import io.hark.StreamParser;
import io.hark.carry.Carried;
import io.hark.event.Anomaly;
import io.hark.event.Conn;
import io.hark.event.Event;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/// A capture built packet by packet, and the connections that engines see in it.
final class Capture {

    static final int ETHERNET = 1;
    static final int RAW = 101;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private List<StreamParser> parsers = List.of();
    private List<DatagramParser> datagramParsers = List.of();
    private List<Decoder<?>> decoders = List.of();
    private long copied; // of the last run

    Capture(int linkType) {
        ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
        out.writeBytes(header.putInt(65_535).putInt(linkType).array());
    }

    /// Has its streams read by these.
    Capture readBy(StreamParser... readers) {
        parsers = List.of(readers);
        return this;
    }

    /// Has its datagrams read by that parser, and tasted by that decoder.
    Capture tastedBy(DatagramParser parser, Decoder<?> decoder) {
        datagramParsers = List.of(parser);
        decoders = List.of(decoder);
        return this;
    }

    /// Adds a frame that came `millis` after the first.
    Capture frame(int millis, byte[] frame) {
        return frameMicros(millis * 1000L, frame);
    }

    /// Adds a frame that came `micros` after the first.
    Capture frameMicros(long micros, byte[] frame) {
        ByteBuffer record = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt((int) (1_700_000_000 + micros / 1_000_000));
        record.putInt((int) (micros % 1_000_000));
        out.writeBytes(record.putInt(frame.length).putInt(frame.length).array());
        out.writeBytes(frame);
        return this;
    }

    /// The file.
    byte[] octets() {
        return out.toByteArray();
    }

    /// The connections in the order they are told of, with that many workers.
    List<Conn> conns(Setup.Checksums checksums, int workers) {
        List<Told> told = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            run(checksums, worker, workers, new Listener(told));
        }
        told.sort(
                Comparator.comparingLong(Told::ordinal)
                        .thenComparingLong(Told::deadline)
                        .thenComparingLong(Told::tie));
        return told.stream().map(Told::conn).toList();
    }

    /// The connections, whatever their checksums.
    List<Conn> conns() {
        return conns(Setup.Checksums.IGNORE, 1);
    }

    /// How many frames were copies of frames before them.
    long copied() {
        conns();
        return copied;
    }

    /// The names of the anomalies told of, with their details.
    List<String> anomalies() {
        List<String> names = new ArrayList<>();
        run(
                Setup.Checksums.IGNORE,
                0,
                1,
                new Sink() {
                    @Override
                    public void emit(Event event, Order order) {
                        if (event instanceof Anomaly a) {
                            names.add(a.addl() == null ? a.name() : a.name() + ": " + a.addl());
                        }
                    }

                    @Override
                    public void carry(Carried carried, Order order) {}

                    @Override
                    public void publish(Expectation expectation, Order order) {}
                });
        return names;
    }

    void run(Setup.Checksums checksums, int worker, int workers, Sink sink) {
        Setup setup =
                Setup.builder()
                        .streamParsers(parsers)
                        .datagramParsers(datagramParsers)
                        .decoders(decoders)
                        .checksums(checksums)
                        .build();
        try {
            Path file = Files.createTempFile("capture", ".pcap");
            Files.copy(
                    new ByteArrayInputStream(out.toByteArray()),
                    file,
                    StandardCopyOption.REPLACE_EXISTING);
            try (Input input = Input.open(file)) {
                Layers layers = new Layers(checksums);
                Reader reader = new Reader(input, layers);
                Engine engine = new Engine(setup, sink);
                Chunk chunk = Source.chunk();
                do {
                    reader.fill(chunk);
                    engine.process(chunk, worker, workers);
                } while (!chunk.isLast());
                engine.finish(Long.MAX_VALUE);
                copied = layers.copied();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Told(Conn conn, long ordinal, long deadline, long tie) {}

    private record Listener(List<Told> told) implements Sink {
        @Override
        public void emit(Event event, Order order) {
            if (event instanceof Conn conn) {
                told.add(new Told(conn, order.ordinal(), order.deadline(), order.tie()));
            }
        }

        @Override
        public void carry(Carried carried, Order order) {}

        @Override
        public void publish(Expectation expectation, Order order) {}
    }

    // ---- packets

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static byte[] ethernet(int type, byte[] body) {
        return join(hex("020000000001 020000000002"), u16(type), body);
    }

    static byte[] u16(int value) {
        return new byte[] {(byte) (value >>> 8), (byte) value};
    }

    /// An IPv4 packet from 10.0.0.`src` to 10.0.0.`dst`.
    static byte[] ip(int src, int dst, int protocol, byte[] body) {
        return ipv4(0x0a00_0000 | src, 0x0a00_0000 | dst, protocol, body);
    }

    static byte[] ipv4(int src, int dst, int protocol, byte[] body) {
        ByteBuffer b = ByteBuffer.allocate(20 + body.length);
        b.put((byte) 0x45).put((byte) 0).putShort((short) (20 + body.length)).putInt(0);
        b.put((byte) 64).put((byte) protocol).putShort((short) 0).putInt(src).putInt(dst);
        b.putShort(10, (short) ~Checksum.of(b.array(), 0, 20, 0));
        return b.put(body).array();
    }

    static byte[] udp(int src, int dst, byte[] body) {
        ByteBuffer b = ByteBuffer.allocate(8 + body.length);
        b.putShort((short) src).putShort((short) dst).putShort((short) (8 + body.length));
        return b.putShort((short) 0).put(body).array();
    }

    /// A segment; `flags` by the letters that tcpdump shows, as `S.` of a SYN that acknowledges.
    static byte[] tcp(int src, int dst, String flags, long seq, long ack, String text) {
        int bits = 0;
        for (char flag : flags.toCharArray()) {
            bits |= 1 << "FSRP.U".indexOf(flag);
        }
        byte[] body = text.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer b = ByteBuffer.allocate(20 + body.length);
        b.putShort((short) src).putShort((short) dst).putInt((int) seq).putInt((int) ack);
        b.put((byte) 0x50).put((byte) bits).putShort((short) 8192).putInt(0);
        return b.put(body).array();
    }
}
