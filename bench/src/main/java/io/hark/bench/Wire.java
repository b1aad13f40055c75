package io.hark.bench;

import io.hark.StreamParser;
import io.hark.carry.Carried;
import io.hark.event.Event;
import io.hark.parse.http.HttpParser;
import io.hark.wire.Chunk;
import io.hark.wire.Engine;
import io.hark.wire.Expectation;
import io.hark.wire.Order;
import io.hark.wire.Setup;
import io.hark.wire.Sink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The way of a packet, step by step, in nanoseconds a frame: each step holds the ones before it,
/// so that its own cost is the difference.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Segments.COUNT)
public class Wire {

    private static final byte[] REQUEST =
            ("GET /a/path?with=a&query=b HTTP/1.1\r\nHost: server.example\r\nUser-Agent: bench\r\n"
                            + "Accept: */*\r\nAccept-Encoding: gzip\r\nCookie: id=0123456789abcdef\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANSWER =
            ("HTTP/1.1 200 OK\r\nServer: bench\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n"
                            + "hello")
                    .getBytes(StandardCharsets.US_ASCII);

    private final Segments stream = new Segments(new byte[1400], new byte[0]);
    private final Segments pages = new Segments(REQUEST, ANSWER);
    private final Counting said = new Counting();
    private final Engine blind = engine(List.of(), Setup.Checksums.IGNORE);
    private final Engine summing = engine(List.of(), Setup.Checksums.AUTO);
    private final Engine reading = engine(List.of(new HttpParser()), Setup.Checksums.IGNORE);

    private Engine engine(List<StreamParser> parsers, Setup.Checksums checksums) {
        Setup setup =
                Setup.builder()
                        .streamParsers(parsers)
                        .checksums(checksums)
                        .maxConnections(1_000)
                        .build();
        return new Engine(setup, said);
    }

    /// Counts what is said, so that nothing of it can be left out.
    private static final class Counting implements Sink {
        private long count;

        @Override
        public void emit(Event event, Order order) {
            count += event.ts();
        }

        @Override
        public void carry(Carried carried, Order order) {
            count++;
        }

        @Override
        public void publish(Expectation expectation, Order order) {
            count++;
        }
    }

    /// Copying a segment of 1,400 octets in and finding its layers.
    @Benchmark
    public Chunk layers() {
        return stream.next();
    }

    /// That, and its connection and place in the stream, which nobody reads.
    @Benchmark
    public long segmentInOrder() {
        blind.process(stream.next(), 0, 1);
        return said.count;
    }

    /// That, and its checksum.
    @Benchmark
    public long checksum() {
        summing.process(stream.next(), 0, 1);
        return said.count;
    }

    /// Copying in a short segment and finding its layers, to compare [#httpHead] with.
    @Benchmark
    public Chunk shortLayers() {
        return pages.next();
    }

    /// That, and an HTTP head, a request or an answer in turn, up to its event.
    @Benchmark
    public long httpHead() {
        reading.process(pages.next(), 0, 1);
        return said.count;
    }
}
