package io.hark.bench.fuzz;

import io.hark.DatagramParser;
import io.hark.Decoder;
import io.hark.Exporter;
import io.hark.Keyring;
import io.hark.LineParser;
import io.hark.Parser;
import io.hark.StreamParser;
import io.hark.inspect.Hashes;
import io.hark.schema.Addr;
import io.hark.sensor.Analysis;
import io.hark.sensor.Conversations;
import io.hark.sensor.Wanted;
import io.hark.wire.Chunk;
import io.hark.wire.Engine;
import io.hark.wire.Expectation;
import io.hark.wire.Setup;
import io.hark.wire.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One connection that goes as a [Script] says, through the engine with all its parsers and up to
/// what decoders converse.
///
/// A stream is given to the parser under test as a negotiated one is, without a probe; a datagram
/// to a port of its own, and has to pass its probe.
///
/// *Thread*: one owner.
final class OneConnection implements Target {

    private static final int ANY_PORT = 4_567;
    private static final int MAX_CONNECTIONS = 1_000;

    private final List<StreamParser> streams = new ArrayList<>();
    private final List<DatagramParser> datagrams = new ArrayList<>();
    private final List<Decoder<?>> decoders;
    private final List<Exporter> exporters = Analysis.all(Exporter.class);
    private final Set<Class<?>> details = Set.copyOf(Wanted.details());
    private final Keyring keyring;
    private final boolean stream;
    private final int port;
    private final @Nullable String parser;
    private final Chunk chunk = Source.chunk();

    private OneConnection(
            boolean stream,
            int port,
            @Nullable String parser,
            List<? extends Decoder<?>> decoders,
            Keyring keyring) {
        this.stream = stream;
        this.port = port;
        this.parser = parser;
        this.decoders = List.copyOf(decoders);
        this.keyring = keyring;
        for (Parser one : Analysis.all(Parser.class)) {
            switch (one) {
                case StreamParser its -> streams.add(its);
                case DatagramParser its -> datagrams.add(its);
                case LineParser _ -> {}
            }
        }
    }

    /// A connection that this parser reads, with secrets that may open what it protects.
    static OneConnection of(Parser parser, Keyring keyring) {
        return switch (parser) {
            case StreamParser its ->
                    new OneConnection(true, ANY_PORT, its.name(), List.of(), keyring);
            case DatagramParser its -> {
                int[] usual = its.hints().ports();
                int port = usual.length > 0 ? usual[0] : ANY_PORT;
                yield new OneConnection(false, port, its.name(), List.of(), keyring);
            }
            case LineParser _ -> throw new IllegalArgumentException("lines come by no connection");
        };
    }

    /// A connection that nobody has claimed yet, and who may taste it.
    static OneConnection tasted(
            boolean stream, int port, List<? extends Decoder<?>> decoders, Keyring keyring) {
        return new OneConnection(stream, port, null, decoders, keyring);
    }

    @Override
    public void run(byte[] input) {
        Judge judge = play(input);
        judge.judge(input.length);
    }

    /// Plays the script; tells what became of it.
    Judge play(byte[] input) {
        Judge judge = new Judge(exporters);
        Engine engine = new Engine(setup(), judge);
        judge.teach(engine);
        if (parser != null) {
            engine.learn(new Expectation(Addr.v4(Wire.SERVER), port, parser, null, Long.MAX_VALUE));
        }
        Wire wire = new Wire(engine, chunk, stream, port);
        Script.play(input, wire);
        wire.finish();
        if (!engine.failures().isEmpty()) {
            throw new IllegalStateException("errors of our own: " + engine.failures());
        }
        converse(judge);
        return judge;
    }

    private void converse(Judge judge) {
        if (decoders.isEmpty() || judge.carried().isEmpty()) {
            return;
        }
        Conversations conversations = new Conversations(decoders, keyring, null, Judge::recode);
        judge.carried().forEach(conversations::add);
        conversations.end();
        if (conversations.counters().failed() > 0) {
            throw new IllegalStateException("a conversation failed");
        }
    }

    private Setup setup() {
        return Setup.builder()
                .streamParsers(streams)
                .datagramParsers(datagrams)
                .inspectors(List.of(new Hashes(Set.of("sha256"))))
                .decoders(decoders)
                .checksums(Setup.Checksums.IGNORE)
                .maxConnections(MAX_CONNECTIONS)
                .details(details)
                .keyring(keyring)
                .build();
    }
}
