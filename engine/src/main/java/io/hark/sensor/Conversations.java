package io.hark.sensor;

import io.hark.Decoder;
import io.hark.Key;
import io.hark.Keyed;
import io.hark.Keyring;
import io.hark.UserError;
import io.hark.carry.Carried;
import io.hark.carry.Datagram;
import io.hark.carry.DnsTransaction;
import io.hark.carry.EchoPayload;
import io.hark.carry.FilePiece;
import io.hark.carry.HttpExchange;
import io.hark.carry.Mail;
import io.hark.carry.StreamPiece;
import io.hark.carry.WebSocketMessage;
import io.hark.event.Finding;
import io.hark.event.Message;
import io.hark.schema.Stored;
import io.hark.wire.InnerPackets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The conversing half of all decoders: brings carried pieces to the decoder that tasted them,
/// gives it its secrets, writes down what is said, and keeps the pieces that no secret opened.
///
/// Pieces are read in the merge's order: what was shown while a decoder was still tasting is older
/// than what carried it up, and must not be late for it. Event time is the latest time seen.
///
/// A piece is known by its connection, its decoder and its sequence; what is seen twice is dropped.
/// Pieces of a decoder that uses secrets are held until it says that one opened them, or that none
/// did: then they go to disk, see [Undecoded].
///
/// This file is long because what a decoder asks and says within its turn (secrets, files, inner
/// packets, pieces to keep) acts on one state, which must be whole when the turn is over.
///
/// *Thread*: one owner, the merge's.
public final class Conversations {

    /// The most connections whose sequence numbers are remembered; of the one longest silent they
    /// are forgotten first.
    static final int MAX_CONNECTIONS = 1 << 16;

    /// How much of conversations waits and is known at once; a shell's state has 200 KB at most.
    static final KeyedRunner.Limits LIMITS =
            new KeyedRunner.Limits(Duration.ofSeconds(10), 1 << 14, 1 << 13);

    private static final List<Class<? extends Carried>> CARRIED =
            List.of(
                    StreamPiece.class,
                    Datagram.class,
                    HttpExchange.class,
                    DnsTransaction.class,
                    EchoPayload.class,
                    WebSocketMessage.class,
                    Mail.class,
                    FilePiece.class);

    private final List<? extends Decoder<?>> decoders;
    private final RunKeys keys;
    private final Consumer<? super Message> said;
    private final @Nullable Transcripts transcripts;
    private final Undecoded undecoded;
    private final Artifacts artifacts;
    private final Map<String, Route<?>> routes = new LinkedHashMap<>();
    private final Map<String, SeenPieces> seen =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, SeenPieces> eldest) {
                    return size() > MAX_CONNECTIONS;
                }
            };
    private long duplicates;
    private long strays;
    private long messages;
    private @Nullable List<Message> unopened;
    private long failed;
    private final InnerTraffic inner = new InnerTraffic();
    private @Nullable IOException unwritten; // what went wrong last; told by flush or end

    /// What happened so far.
    ///
    /// @param messages messages said
    /// @param duplicates pieces seen twice and dropped
    /// @param strays pieces of decoders that this build does not have
    /// @param undecoded conversations that no secret opened
    /// @param keptBytes octets of their pieces on disk
    /// @param shedBytes octets of pieces that were not kept for want of budget
    /// @param failed conversations that a decoder's own error ended
    public record Counters(
            long messages,
            long duplicates,
            long strays,
            long undecoded,
            long keptBytes,
            long shedBytes,
            long failed) {}

    /// What a late key opened.
    ///
    /// @param rangesReopened kept conversations that were opened; those that need no further secret
    ///   are kept no longer
    /// @param bytesRead octets of kept pieces that were read for it
    /// @param bytesWaiting octets of kept pieces that still wait for a secret
    /// @param messages messages said
    /// @param findings what is found by them, as the case has it now
    /// @param innerPackets packets of tunnels that were opened: written beside their conversations,
    ///   to be read as a capture
    public record Late(
            int rangesReopened,
            long bytesRead,
            long bytesWaiting,
            long messages,
            long innerPackets,
            List<Finding> findings) {

        /// Keeps its own copy.
        public Late {
            findings = List.copyOf(findings);
        }
    }

    /// Conversations of one case.
    ///
    /// @param decoders who may converse
    /// @param keyring what they may try
    /// @param dir the case, or null to write nothing
    /// @param said takes every message, credentials masked
    public Conversations(
            List<? extends Decoder<?>> decoders,
            Keyring keyring,
            @Nullable Path dir,
            Consumer<? super Message> said) {
        this(decoders, keyring, dir, new Names(), said);
    }

    /// Conversations whose files bear names.
    Conversations(
            List<? extends Decoder<?>> decoders,
            Keyring keyring,
            @Nullable Path dir,
            Names names,
            Consumer<? super Message> said) {
        this(
                decoders,
                new RunKeys(keyring),
                dir == null ? null : new Transcripts(dir.resolve("conversations"), names),
                new Undecoded(dir == null ? null : dir.resolve("undecoded")),
                new Artifacts(dir),
                said);
    }

    /// Conversations of pieces that were kept: see [#opens].
    Conversations(
            List<? extends Decoder<?>> decoders,
            RunKeys keys,
            @Nullable Transcripts transcripts,
            Undecoded undecoded,
            Artifacts artifacts,
            Consumer<? super Message> said) {
        this.decoders = decoders;
        this.keys = keys;
        this.said = said;
        this.transcripts = transcripts;
        this.undecoded = undecoded;
        this.artifacts = artifacts;
        begin();
    }

    private void begin() {
        decoders.forEach(decoder -> routes.put(decoder.name(), new Route<>(decoder)));
    }

    /// Takes a carried piece, in merge order.
    public void add(Carried piece) {
        Route<?> route = routes.get(piece.decoder());
        if (route == null) {
            strays++;
        } else if (seen.computeIfAbsent(piece.decoder() + " " + piece.uid(), _ -> new SeenPieces())
                .isNew(piece.sequence())) {
            route.add(piece);
        } else {
            duplicates++;
        }
    }

    /// Event time has passed without a piece: before `nanos` none is expected any more.
    void passed(long nanos) {
        routes.values().forEach(route -> route.passed(nanos));
    }

    /// The traffic so far is over: its conversations have their last word. Answers what was in the
    /// tunnels among them, in order, which is read next; its conversations are others.
    List<InnerPackets.Packet> inside() throws IOException {
        endRoutes();
        begin();
        seen.clear();
        return inner.take(transcripts);
    }

    private void endRoutes() {
        for (Route<?> route : routes.values()) {
            route.end();
            failed += route.failed();
        }
        routes.clear();
    }

    /// Packets that tunnels carried.
    long innerPackets() {
        return inner.taken();
    }

    /// What tunnels carried and was not kept for want of room.
    long innerShed() {
        return inner.shed();
    }

    /// The input is over: every conversation has its last word, and all files are complete.
    public void end() {
        endRoutes();
        try {
            if (transcripts != null) {
                transcripts.close();
            }
            artifacts.close();
            undecoded.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (unwritten != null) {
            throw new UncheckedIOException(unwritten);
        }
    }

    /// What happened so far.
    public Counters counters() {
        return new Counters(
                messages,
                duplicates,
                strays,
                undecoded.conversations(),
                undecoded.keptBytes(),
                undecoded.shedBytes(),
                failed + routes.values().stream().mapToLong(Route::failed).sum());
    }

    /// The name of the file that holds a conversation, null if none does.
    ///
    /// @param first any of its messages
    @Nullable String transcript(Message first) {
        return transcripts == null ? null : transcripts.file(first);
    }

    /// What was recognised but could not be read, the longest silent first.
    List<Summary.Closed> closed() {
        return undecoded.closed();
    }

    /// Tries secrets on what a case has kept undecoded: reads exactly the kept pieces, writes what
    /// opens to the case's conversations, messages and findings, and lets go of its pieces.
    ///
    /// @param dir the case
    /// @param keyring the secrets to try
    /// @param decoders who may converse
    /// @param said takes every message, credentials masked
    /// @throws UserError if `dir` is no case with kept pieces
    /// @throws IOException if the case cannot be read or written
    public static Late late(
            Path dir,
            Keyring keyring,
            List<? extends Decoder<?>> decoders,
            Consumer<? super Message> said)
            throws IOException {
        return Retry.run(dir, keyring, decoders, said);
    }

    /// Reads one kept conversation; whether a secret opens anything of it. Only then it is said:
    /// what can be told without a key was told when it was kept.
    boolean opens(KeptPieces kept) throws IOException {
        unopened = new ArrayList<>();
        undecoded.whenOpened(this::isOpen);
        kept.pieces().forEach(this::add);
        endRoutes();
        if (unwritten != null) {
            throw unwritten;
        }
        if (unopened == null) {
            inner.take(transcripts); // written beside the conversation; the case is sealed
        }
        return unopened == null;
    }

    /// Something of a kept conversation was opened: says what waited for that.
    private void isOpen() {
        List<Message> waited = unopened;
        if (waited != null) {
            unopened = null;
            waited.forEach(this::say);
        }
    }

    private void say(Message message) {
        if (message.secret() != null) {
            isOpen();
        }
        if (unopened != null) {
            unopened.add(message);
            return;
        }
        messages++;
        Message masked = Mask.of(message);
        if (transcripts != null) {
            try {
                transcripts.write(masked);
            } catch (IOException e) { // here it would pass for a fault of the decoder
                unwritten = e;
            }
        }
        said.accept(masked);
    }

    /// Writes what waits of transcripts, so that others see it.
    ///
    /// @throws IOException if something could not be written, now or since this was asked last
    void flush() throws IOException {
        IOException failure = unwritten;
        unwritten = null;
        if (failure != null) {
            throw failure;
        }
        if (transcripts != null) {
            transcripts.flush();
        }
    }

    /// One decoder and what it has to do with.
    private final class Route<S extends Stored> {
        private final Decoder<S> decoder;
        private final KeyedRunner<Carried, S, Message> runner;
        private final boolean usesSecrets;
        private long clock = Long.MIN_VALUE;

        Route(Decoder<S> decoder) {
            this.decoder = decoder;
            usesSecrets = !decoder.info().secrets().isEmpty();
            runner =
                    new KeyedRunner<>(
                            new Unlocked<>(decoder, keys),
                            CARRIED,
                            _ -> clock,
                            this::talking,
                            LIMITS,
                            Conversations.this::say);
        }

        private Talking talking(Keyed.Turn<Message> turn) {
            return new Talking(
                    turn,
                    decoder.name(),
                    () -> runner.current(),
                    keys,
                    undecoded,
                    inner,
                    artifacts);
        }

        void add(Carried piece) {
            clock = Math.max(clock, piece.ts());
            if (usesSecrets) {
                decoder.keys(
                        piece,
                        kind -> keys.secrets(kind, piece.id(), ""),
                        (host, peer, port, name) -> hold(new Key(host, peer, port, name), piece));
            }
            runner.add(piece);
        }

        private void hold(Key key, Carried piece) {
            try {
                undecoded.hold(decoder.name(), key, piece);
            } catch (IOException e) { // the decoder still reads it
                unwritten = e;
            }
        }

        void passed(long nanos) {
            clock = Math.max(clock, nanos);
            runner.advance(nanos);
        }

        void end() {
            runner.end();
        }

        long failed() {
            return runner.counters().failed();
        }
    }
}
