package io.hark.sensor;

import io.hark.Decoder;
import io.hark.Keyring;
import io.hark.Parser;
import io.hark.Secret;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.carry.Carried;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.schema.Stored;
import io.hark.wire.Chunk;
import io.hark.wire.Engine;
import io.hark.wire.Expectation;
import io.hark.wire.Input;
import io.hark.wire.Layers;
import io.hark.wire.Order;
import io.hark.wire.Pick;
import io.hark.wire.Reader;
import io.hark.wire.Setup;
import io.hark.wire.Sink;
import io.hark.wire.Slice;
import io.hark.wire.Source;
import io.hark.wire.Targets;
import io.hark.wire.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads one connection again from captures: its packets as they are, or what both sides said, in
/// order and with its gaps, as the analysis had it.
///
/// *Thread*: one owner.
public final class Replay {

    /// The parser whose connections secrets open.
    private static final String TLS = "ssl";

    private final List<Path> captures;
    private final Wire wire;

    /// The connection that is wanted.
    ///
    /// @param uid its id
    /// @param id its ends
    /// @param protocol number of the IP protocol
    /// @param tunnel what is around it, as its event says; null for nothing
    /// @param first time of its first packet
    /// @param last time of its last
    public record Wire(
            String uid,
            Endpoints id,
            int protocol,
            @Nullable String tunnel,
            long first,
            long last) {}

    /// A connection and where its packets are.
    public Replay(List<Path> captures, Wire wire) {
        this.captures = List.copyOf(captures);
        this.wire = wire;
    }

    private interface Taking {
        void chunk(Chunk chunk, Pick pick) throws IOException;
    }

    private void read(Taking taking) throws IOException {
        Layers layers = new Layers(Setup.Checksums.AUTO, Targets.DEFAULT);
        Pick pick = new Pick(wire.id, wire.protocol, wire.tunnel);
        try (Source source =
                captures.size() == 1
                        ? new Reader(Input.open(captures.getFirst()), layers)
                        : Timeline.of(captures, layers)) {
            Chunk chunk = Source.chunk();
            do {
                source.fill(chunk);
                chunk.note(source);
                taking.chunk(chunk, pick);
            } while (!chunk.isLast());
        }
    }

    /// Writes the frames that have a packet of the connection, as they were captured.
    ///
    /// @return how many
    public long packets(Slice to) throws IOException {
        read(
                (chunk, pick) -> {
                    for (int i = 0; i < chunk.frames(); i++) {
                        long ts = chunk.ts(i);
                        if (ts >= wire.first && ts <= wire.last && pick.isIn(chunk, i)) {
                            to.write(chunk, i);
                        }
                    }
                });
        return to.frames();
    }

    /// Hands on what both sides said: pieces of the two streams and their gaps, or datagrams.
    ///
    /// @param keyring opens what TLS protects: then what was inside is handed on, and nothing of a
    ///   connection of TLS that none of its secrets opens; if empty, what was on the wire
    public void payload(Keyring keyring, Consumer<Carried> to) throws IOException {
        List<StreamParser> opening =
                keyring.secrets().isEmpty()
                        ? List.of()
                        : Analysis.all(Parser.class).stream()
                                .filter(parser -> parser.name().equals(TLS))
                                .map(StreamParser.class::cast)
                                .toList();
        Engine engine =
                new Engine(
                        Setup.builder()
                                .streamParsers(opening)
                                .decoders(List.of(new Everything()))
                                .keyring(keyring)
                                .maxConnections(
                                        Short.MAX_VALUE) // one at a time, and those of the same
                                // ends before
                                .build(),
                        new Telling(wire.uid, to));
        read(
                (chunk, pick) -> {
                    pick.only(chunk);
                    engine.process(chunk, 0, 1);
                });
        engine.finish(Long.MAX_VALUE);
    }

    private record Telling(String uid, Consumer<Carried> to) implements Sink {
        @Override
        public void emit(Event event, Order order) {}

        @Override
        public void carry(Carried carried, Order order) {
            if (carried.uid().equals(uid)) {
                to.accept(carried);
            }
        }

        @Override
        public void publish(Expectation expectation, Order order) {}
    }

    /// A taste for whatever comes; it never converses.
    private static final class Everything implements Decoder<Everything.Nothing> {

        record Nothing() implements Stored {}

        @Override
        public String name() {
            return "everything";
        }

        @Override
        public String about() {
            return "what one connection said";
        }

        @Override
        public Class<Nothing> stateType() {
            return Nothing.class;
        }

        @Override
        public Info info() {
            return new Info(
                    List.of(),
                    Set.of(Carrier.STREAM, Carrier.DATAGRAM),
                    Set.<Secret.Kind>of(),
                    "all",
                    "all",
                    true);
        }

        @Override
        public int taste(Tasting tasting) {
            return Verdict.YES;
        }

        @Override
        public long maxCarried() {
            return Long.MAX_VALUE;
        }

        @Override
        public void keys(Carried input, Keys sink) {}

        @Override
        public @Nullable Nothing converse(
                Carried piece, @Nullable Nothing state, Conversation turn) {
            throw new IllegalStateException("it only tastes");
        }
    }
}
