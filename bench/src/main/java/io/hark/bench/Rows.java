package io.hark.bench;

import io.hark.Exporter;
import io.hark.bytes.Bytes;
import io.hark.bytes.TextBuffer;
import io.hark.event.Dns;
import io.hark.event.Endpoints;
import io.hark.format.dns.DnsMessage;
import io.hark.schema.Addr;
import io.hark.schema.Kind;
import io.hark.sensor.Analysis;
import io.hark.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What a row costs: reading a DNS message, writing its event as JSON and as columns of Parquet; in
/// nanoseconds each.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Rows {

    private static final int STORED = 20_000; // rows of one file

    private final byte[] answer = answer();
    private final Bytes cursor = new Bytes();
    private final Exporter.Plan plan = plan();
    private final TextBuffer text = new TextBuffer(1 << 12);
    private final Path folder = folder();
    private long number;

    private static byte[] answer() {
        int[] octets = {
            0x12, 0x34, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, 3, 'w', 'w', 'w', 7, 'e', 'x', 'a', 'm',
            'p', 'l', 'e', 0, 0, 1, 0, 1, 0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 1, 0, 0, 4, 192, 0, 2, 80
        };
        byte[] message = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            message[i] = (byte) octets[i];
        }
        return message;
    }

    private static Exporter.Plan plan() {
        Exporter zeek =
                Analysis.all(Exporter.class).stream()
                        .filter(one -> one.name().equals("zeek"))
                        .findFirst()
                        .orElseThrow();
        Exporter.Plan plan = zeek.plan(Kind.of(Dns.class));
        if (plan == null) {
            throw new IllegalStateException("no log of dns");
        }
        return plan;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("hark-bench");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Dns dns(long n) {
        long ts = 1_700_000_000_000_000_000L + n * 1_000_000;
        Endpoints id =
                new Endpoints(
                        Addr.v4((int) (0x0a00_0000 | n % 500)),
                        (int) (20_000 + n % 40_000),
                        Addr.v4(0xc000_0235),
                        53);
        return new Dns(
                ts,
                ts + 900_000,
                "C" + Long.toString(n * 0x9e37_79b9_7f4a_7c15L >>> 1, 36),
                id,
                "udp",
                (int) (n & 0xffff),
                900_000L + n % 1000,
                "host" + n % 3000 + ".example",
                1,
                "C_INTERNET",
                1,
                "A",
                0,
                "NOERROR",
                false,
                false,
                true,
                true,
                0,
                List.of("192.0.2." + n % 250),
                new long[] {300_000_000_000L},
                false,
                0,
                "query");
    }

    /// Reading a DNS message of one question and one answer.
    @Benchmark
    public @Nullable DnsMessage dnsMessage() {
        return DnsMessage.read(cursor.wrap(answer, 0, answer.length));
    }

    /// Making a row, to subtract from what writes it.
    @Benchmark
    public Dns row() {
        return dns(number++);
    }

    /// Making a row and writing it in Zeek's JSON.
    @Benchmark
    public int jsonRow() {
        text.clear();
        plan.write(dns(number), number++, text);
        return text.size();
    }

    /// Making a row, its share of a Parquet file: columns encoded, pressed, written.
    @Benchmark
    @OperationsPerInvocation(STORED)
    public long parquetRow() throws IOException {
        try (Store store = new Store(folder)) {
            for (int i = 0; i < STORED; i++) {
                store.accept(dns(number++));
            }
        }
        return number;
    }

    /// Removes what was stored.
    @TearDown(Level.Iteration)
    public void remove() throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!one.equals(folder)) {
                    Files.delete(one);
                }
            }
        }
    }

    /// Removes the folder.
    @TearDown(Level.Trial)
    public void removeFolder() throws IOException {
        Files.deleteIfExists(folder);
    }
}
