package io.hark.sensor;

import io.hark.Decoder;
import io.hark.Keyring;
import io.hark.Parser;
import io.hark.Secret;
import io.hark.StreamParser;
import io.hark.UserError;
import io.hark.Verdict;
import io.hark.carry.Carried;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.packets.KeptPackets;
import io.hark.packets.Sought;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads connections again from captures: their packets as they are, or what both sides of one
/// said, in order and with its gaps, as the analysis had it.
///
/// *Thread*: one owner.
public final class Replay {

    /// The parser whose connections secrets open.
    private static final String TLS = "ssl";

    private final List<Path> captures;
    private final Frames frames;
    private final List<Wire> wires;

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

    /// A connection and the captures its packets are in.
    public Replay(List<Path> captures, Wire wire) {
        this(captures, layers -> source(captures, layers), List.of(wire));
    }

    private Replay(List<Path> captures, Frames frames, List<Wire> wires) {
        this.captures = List.copyOf(captures);
        this.frames = frames;
        this.wires = List.copyOf(wires);
    }

    /// Connections of a case: their packets are those that the case kept, else in the captures it
    /// was made of.
    ///
    /// @param elsewhere where the captures lie now, if they were moved
    /// @throws UserError if they are gone or have changed, and the case kept nothing
    public static Replay of(Path dir, List<Path> elsewhere, List<Wire> wires) throws IOException {
        KeptPackets kept = KeptPackets.in(dir.resolve(Evidence.PACKETS));
        if (kept.isEmpty()) {
            List<Path> captures = Evidence.of(dir, elsewhere);
            return new Replay(captures, layers -> source(captures, layers), wires);
        }
        List<Sought> sought = new ArrayList<>();
        for (Wire wire : wires) {
            sought.add(new Sought(pick(wire).shard(), wire.first, wire.last));
        }
        return new Replay(List.of(), layers -> new Reader(kept.open(sought), layers), wires);
    }

    private static Source source(List<Path> captures, Layers layers) throws IOException {
        return captures.size() == 1
                ? new Reader(Input.open(captures.getFirst()), layers)
                : Timeline.of(captures, layers);
    }

    private static Pick pick(Wire wire) {
        return new Pick(wire.id, wire.protocol, wire.tunnel);
    }

    /// The captures that are read; none where the case kept the packets.
    public List<Path> captures() {
        return captures;
    }

    private interface Frames {
        Source open(Layers layers) throws IOException;
    }

    private interface Taking {
        void chunk(Chunk chunk) throws IOException;
    }

    private void read(Taking taking) throws IOException {
        try (Source source = frames.open(new Layers(Setup.Checksums.AUTO, Targets.DEFAULT))) {
            Chunk chunk = Source.chunk();
            do {
                source.fill(chunk);
                chunk.note(source);
                taking.chunk(chunk);
            } while (!chunk.isLast());
        }
    }

    private record Picked(Wire wire, Pick pick) {
        boolean isIn(Chunk chunk, int frame) {
            long ts = chunk.ts(frame);
            return ts >= wire.first && ts <= wire.last && pick.isIn(chunk, frame);
        }
    }

    /// Writes the frames that have a packet of the connections, as they were captured.
    ///
    /// @return how many
    public long packets(Slice to) throws IOException {
        Map<Integer, List<Picked>> byShard = new HashMap<>();
        for (Wire wire : wires) {
            Picked picked = new Picked(wire, pick(wire));
            byShard.computeIfAbsent(picked.pick.shard(), _ -> new ArrayList<>()).add(picked);
        }
        List<Picked> candidates = new ArrayList<>(); // for the frame at hand
        read(
                chunk -> {
                    for (int i = 0; i < chunk.frames(); i++) {
                        candidates.clear();
                        chunk.eachShard(
                                i,
                                shard -> candidates.addAll(byShard.getOrDefault(shard, List.of())));
                        int frame = i;
                        if (candidates.stream().anyMatch(one -> one.isIn(chunk, frame))) {
                            to.write(chunk, i);
                        }
                    }
                });
        return to.frames();
    }

    /// Hands on what both sides of the first connection said: pieces of the two streams and their
    /// gaps, or datagrams.
    ///
    /// @param keyring opens what TLS protects: then what was inside is handed on, and nothing of a
    ///   connection of TLS that none of its secrets opens; if empty, what was on the wire
    public void payload(Keyring keyring, Consumer<Carried> to) throws IOException {
        Wire wire = wires.getFirst();
        Pick pick = pick(wire);
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
                chunk -> {
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
