package io.hark.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes a capture of many connections that stay open: a handshake and one request each, three in
/// ten with a segment behind a hole. What a sensor's memory is measured by.
///
/// Usage: `java -cp … io.hark.bench.Connections OUT.pcap [NUMBER]`
public final class Connections {

    private static final int RAW_IP = 101;
    private static final int SYN = 2;
    private static final int ACK = 16;
    private static final long SPREAD_MICROS = 50_000_000L; // all begin within 50 s
    private static final int START = 1000;
    private static final byte[] REQUEST =
            "GET /status HTTP/1.1\r\nHost: server.example\r\nUser-Agent: bench\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LATER = "x".repeat(200).getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20).order(ByteOrder.BIG_ENDIAN);
    private final OutputStream out;

    private Connections(OutputStream out) {
        this.out = out;
    }

    /// Writes the capture.
    public static void main(String[] args) throws IOException {
        int number = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
        try (OutputStream out = Files.newOutputStream(Path.of(args[0]))) {
            new Connections(out).write(number);
        }
    }

    private void write(int number) throws IOException {
        buffer.order(ByteOrder.LITTLE_ENDIAN).putInt(0xa1b2c3d4).putShort((short) 2);
        buffer.putShort((short) 4).putLong(0).putInt(65_535).putInt(RAW_IP);
        buffer.order(ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < number; i++) {
            long at = SPREAD_MICROS * i / number;
            int client = 0x0a00_0000 | i / 50_000 + 1;
            int port = 10_000 + i % 50_000;
            packet(at, client, port, true, START, 0, SYN, new byte[0]);
            packet(at + 1, client, port, false, START, START + 1, SYN | ACK, new byte[0]);
            packet(at + 2, client, port, true, START + 1, START + 1, ACK, new byte[0]);
            packet(at + 3, client, port, true, START + 1, START + 1, ACK, REQUEST);
            if (i % 10 < 3) {
                int behind = START + 1 + REQUEST.length + 1000;
                packet(at + 4, client, port, true, behind, START + 1, ACK, LATER);
            }
        }
        flush();
    }

    private void packet(
            long micros,
            int client,
            int port,
            boolean asks,
            int seq,
            int ack,
            int flags,
            byte[] data)
            throws IOException {
        int length = 40 + data.length;
        if (buffer.remaining() < length + 16) {
            flush();
        }
        long seconds = 1_700_000_000L + micros / 1_000_000;
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt((int) seconds).putInt((int) (micros % 1_000_000)).putInt(length);
        buffer.putInt(length).order(ByteOrder.BIG_ENDIAN);
        int server = 0xc0a8_0001;
        buffer.putInt(0x4500_0000 | length).putInt(0).putInt(64 << 24 | 6 << 16);
        buffer.putInt(asks ? client : server).putInt(asks ? server : client);
        buffer.putShort((short) (asks ? port : 80)).putShort((short) (asks ? 80 : port));
        buffer.putInt(seq).putInt(ack).putInt(0x5000_0000 | flags << 16 | 0xffff).putInt(0);
        buffer.put(data);
    }

    private void flush() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
