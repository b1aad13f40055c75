package io.hark.decode.tunnel;

import io.hark.Decoder;
import io.hark.Keyring;
import io.hark.carry.Carried;
import io.hark.carry.Datagram;
import io.hark.carry.DnsTransaction;
import io.hark.carry.EchoPayload;
import io.hark.carry.Inner;
import io.hark.decode.Rehearsal;
import io.hark.engagement.Networks;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.parse.dns.DnsDatagrams;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import io.hark.wire.Chunk;
import io.hark.wire.Engine;
import io.hark.wire.Expectation;
import io.hark.wire.Input;
import io.hark.wire.Layers;
import io.hark.wire.Order;
import io.hark.wire.Reader;
import io.hark.wire.Setup;
import io.hark.wire.Sink;
import io.hark.wire.Source;
import io.hark.wire.Targets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a decoder is handed of a sample, and the same as other taps and resolvers would show it.
final class TunnelWays {

    private TunnelWays() {}

    /// All pieces of a sample that the decoder tastes as its own.
    static List<Carried> pieces(Decoder<?> decoder, String sample) throws IOException {
        List<Carried> pieces = new ArrayList<>();
        Setup setup =
                new Setup(
                        List.of(),
                        List.of(new DnsDatagrams()),
                        List.of(),
                        List.of(decoder),
                        Networks.PRIVATE,
                        Setup.Checksums.IGNORE,
                        true,
                        Targets.DEFAULT,
                        1000,
                        Set.of(),
                        1,
                        io.hark.Keyring.EMPTY);
        Sink sink =
                new Sink() {
                    @Override
                    public void emit(Event event, Order order) {}

                    @Override
                    public void carry(Carried carried, Order order) {
                        pieces.add(carried);
                    }

                    @Override
                    public void publish(Expectation expectation, Order order) {}
                };
        Path file = Path.of("..", "samples", sample, "capture.pcap");
        try (Input input = Input.open(file)) {
            Reader reader = new Reader(input, new Layers(Setup.Checksums.IGNORE, Targets.DEFAULT));
            Engine engine = new Engine(setup, sink);
            Chunk chunk = Source.chunk();
            do {
                reader.fill(chunk);
                engine.process(chunk, 0, 1);
            } while (!chunk.isLast());
            engine.finish(Long.MAX_VALUE);
        }
        return pieces;
    }

    /// Each piece and, `behind` pieces later, the same as a tap behind an address translation saw
    /// it.
    static List<Carried> twoTaps(List<Carried> pieces, int behind) {
        List<Carried> both = new ArrayList<>();
        for (int i = 0; i < pieces.size() + behind; i++) {
            if (i < pieces.size()) {
                both.add(pieces.get(i));
            }
            if (i >= behind) {
                both.add(elsewhere(pieces.get(i - behind), 7));
            }
        }
        return both;
    }

    /// The pieces in turn through three servers.
    static List<Carried> threeServers(List<Carried> pieces) {
        List<Carried> turns = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            turns.add(elsewhere(pieces.get(i), i % 3));
        }
        return turns;
    }

    private static Carried elsewhere(Carried piece, int host) {
        Endpoints id =
                new Endpoints(
                        Addr.v4(0x0a00_0001),
                        piece.id().orig_p(),
                        Addr.v4(0x0a00_0100 + host),
                        piece.id().resp_p());
        String uid = piece.uid() + host;
        return switch (piece) {
            case DnsTransaction m ->
                    new DnsTransaction(
                            m.ts(),
                            uid,
                            id,
                            m.decoder(),
                            m.sequence(),
                            m.answered(),
                            m.dnsId(),
                            m.name(),
                            m.qtype(),
                            m.rcode(),
                            m.answers());
            case EchoPayload m ->
                    new EchoPayload(
                            m.ts(),
                            uid,
                            id,
                            m.decoder(),
                            m.sequence(),
                            m.side(),
                            m.request(),
                            m.echoId(),
                            m.echoSequence(),
                            m.bytes());
            case Datagram m ->
                    new Datagram(
                            m.ts(), uid, m.id(), m.decoder(), m.sequence(), m.side(), m.bytes());
            default -> throw new IllegalArgumentException("no tunnel is carried so: " + piece);
        };
    }

    /// What the decoder says to the pieces.
    static <S extends Stored> Rehearsal<S> play(Decoder<S> decoder, List<Carried> pieces) {
        return play(decoder, Keyring.EMPTY, pieces);
    }

    /// The same with secrets.
    static <S extends Stored> Rehearsal<S> play(
            Decoder<S> decoder, Keyring keyring, List<Carried> pieces) {
        Rehearsal<S> rehearsal = new Rehearsal<>(decoder, keyring);
        pieces.forEach(rehearsal::play);
        return rehearsal.end();
    }

    /// Inner traffic as text, so that two of them can be compared.
    static List<String> inner(Rehearsal<?> rehearsal) {
        return rehearsal.inner.stream().map(TunnelWays::text).toList();
    }

    private static String text(Inner inner) {
        return switch (inner) {
            case io.hark.carry.InnerPacket packet ->
                    java.util.HexFormat.of().formatHex(packet.bytes());
            case io.hark.carry.InnerBytes said ->
                    said.side()
                            + " "
                            + said.end()
                            + " "
                            + java.util.HexFormat.of().formatHex(said.bytes());
        };
    }
}
