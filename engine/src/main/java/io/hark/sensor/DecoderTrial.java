package io.hark.sensor;

import io.hark.Decoder;
import io.hark.Key;
import io.hark.Keyring;
import io.hark.Secret;
import io.hark.carry.Carried;
import io.hark.carry.Inner;
import io.hark.carry.StreamPiece;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import io.hark.schema.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Plays what a decoder tasted in a capture to it again: whole, cut otherwise, with gaps, with
/// flipped bits. Its state is written and read back after every piece, as on a cluster.
///
/// Whole it has to say something, and cut otherwise the same; damaged it may say what it likes. It
/// must not throw, and has to come to an end.
///
/// *Thread*: one owner.
public final class DecoderTrial<S extends Stored> {

    private static final int ROUNDS = 50; // of each kind, each from a seed of its own
    private static final int MAX_SECONDS = 10; // of a round; those of ours take thousandths

    private final Decoder<S> decoder;
    private final Keyring keyring;
    private volatile boolean hasAnswered; // with more than messages: packets, or what is missing

    /// A decoder and what it may try.
    public DecoderTrial(Decoder<S> decoder, Keyring keyring) {
        this.decoder = decoder;
        this.keyring = keyring;
    }

    /// What the decoder tastes as its own in a capture, in the order in which it is carried.
    ///
    /// @throws IOException if the capture cannot be read
    public List<Carried> tasted(Path capture) throws IOException, InterruptedException {
        Recorded<S> recorded = new Recorded<>(decoder);
        run(recorded, capture);
        return List.copyOf(recorded.pieces());
    }

    /// What the analysis of a capture tells with the decoder.
    ///
    /// @throws IOException if the capture cannot be read
    public Outcome analyzed(Path capture) throws IOException, InterruptedException {
        return run(decoder, capture);
    }

    private Outcome run(Decoder<?> used, Path capture) throws IOException, InterruptedException {
        OutsideDecoders.File file = new OutsideDecoders.File(capture, "", List.of(used));
        Options options =
                Options.builder()
                        .keyring(keyring)
                        .outside(new OutsideDecoders(List.of(file)))
                        .build();
        return new Analysis(options, _ -> {}).run(capture, null);
    }

    /// How one kind of playing went.
    ///
    /// @param name what was done: `whole`, `in pieces`, `with gaps`, `with flipped bits`
    /// @param rounds how often
    /// @param messages how many were said in all
    /// @param trouble what went wrong first, with the seed; empty if nothing did
    /// @param isEndless whether a round did not end; its thread goes on until the process ends
    public record Part(String name, int rounds, long messages, String trouble, boolean isEndless) {

        /// Whether nothing went wrong.
        public boolean isGood() {
            return trouble.isEmpty();
        }
    }

    private interface Change {
        List<Carried> of(List<Carried> pieces, Random random);
    }

    /// Plays the pieces in every way, or until a way has no end.
    public List<Part> run(List<Carried> pieces) {
        List<String> whole = new ArrayList<>();
        List<Supplier<Part>> ways =
                List.of(
                        () ->
                                part(
                                        "whole",
                                        1,
                                        pieces,
                                        (same, _) -> same,
                                        lines -> {
                                            whole.addAll(lines);
                                            return lines.isEmpty() && !hasAnswered
                                                    ? nothing(pieces)
                                                    : "";
                                        }),
                        () ->
                                part(
                                        "in pieces",
                                        ROUNDS,
                                        pieces,
                                        DecoderTrial::inPieces,
                                        lines ->
                                                lines.equals(whole)
                                                        ? ""
                                                        : "says otherwise: "
                                                                + difference(whole, lines)),
                        () -> part("with gaps", ROUNDS, pieces, DecoderTrial::withGaps, _ -> ""),
                        () ->
                                part(
                                        "with flipped bits",
                                        ROUNDS,
                                        pieces,
                                        DecoderTrial::flipped,
                                        _ -> ""));
        List<Part> parts = new ArrayList<>();
        for (Supplier<Part> way : ways) {
            parts.add(way.get());
            if (parts.getLast().isEndless()) {
                break;
            }
        }
        return parts;
    }

    private static String nothing(List<Carried> pieces) {
        long octets = 0;
        for (Carried piece : pieces) {
            octets += piece instanceof StreamPiece run ? run.bytes().length : 0;
        }
        return "no message"
                + (octets == 0 ? "" : " of %,d octets".formatted(octets))
                + ": does it mark messages off as the protocol does?";
    }

    private interface Judge {
        String of(List<String> lines);
    }

    private Part part(String name, int rounds, List<Carried> pieces, Change change, Judge judge) {
        long messages = 0;
        String trouble = "";
        boolean isEndless = false;
        for (long seed = 1; seed <= rounds && trouble.isEmpty(); seed++) {
            List<Carried> changed = change.of(pieces, new Random(seed));
            FutureTask<List<String>> round = new FutureTask<>(() -> play(changed));
            Thread player = Thread.ofPlatform().daemon().name("hark-trial").start(round);
            try {
                List<String> lines = round.get(MAX_SECONDS, TimeUnit.SECONDS);
                messages += lines.size();
                trouble = judge.of(lines);
            } catch (ExecutionException fault) { // the decoder's own: told, not thrown
                trouble = Fault.told(fault, decoder.getClass());
            } catch (TimeoutException e) {
                isEndless = true;
                trouble =
                        "no end after "
                                + MAX_SECONDS
                                + " s"
                                + Fault.place(player.getStackTrace(), decoder.getClass());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                trouble = "interrupted";
            }
            trouble = trouble.isEmpty() ? "" : trouble + " (seed " + seed + ")";
        }
        return new Part(name, rounds, messages, trouble, isEndless);
    }

    private static String difference(List<String> whole, List<String> lines) {
        for (int i = 0; i < Math.max(whole.size(), lines.size()); i++) {
            String was = i < whole.size() ? whole.get(i) : "nothing";
            String is = i < lines.size() ? lines.get(i) : "nothing";
            if (!was.equals(is)) {
                return "message %d is '%s', whole it is '%s'".formatted(i + 1, is, was);
            }
        }
        return "";
    }

    // ---- playing

    private List<String> play(List<Carried> pieces) {
        Map<Key, byte[]> states = new TreeMap<>();
        List<String> said = new ArrayList<>();
        Kind<S> kind = Kind.of(decoder.stateType());
        long now = 0;
        for (Carried piece : pieces) {
            List<Key> keys = new ArrayList<>();
            decoder.keys(
                    piece, (host, peer, port, name) -> keys.add(new Key(host, peer, port, name)));
            now = Math.max(now, piece.ts());
            for (Key key : keys) {
                byte[] before = states.get(key);
                S state = before == null ? null : Codec.read(kind, before);
                S after = decoder.on(piece, state, new Turn(key, now, said));
                if (after == null) {
                    states.remove(key);
                } else {
                    states.put(key, Codec.write(kind, after));
                }
            }
        }
        for (Map.Entry<Key, byte[]> left : states.entrySet()) {
            decoder.end(Codec.read(kind, left.getValue()), new Turn(left.getKey(), now, said));
        }
        return said;
    }

    private final class Turn implements Decoder.Conversation {
        private final Key key;
        private final long now;
        private final List<String> said;
        private final Artifacts artifacts = new Artifacts(null);

        Turn(Key key, long now, List<String> said) {
            this.key = key;
            this.now = now;
            this.said = said;
        }

        @Override
        public List<Secret> secrets(Secret.Kind kind) {
            return keyring.secrets(kind);
        }

        @Override
        public void derived(Secret secret) {}

        @Override
        public void undecoded(Secret.Kind kind, String why) {
            hasAnswered = true;
        }

        @Override
        public void opened(Secret secret) {}

        @Override
        public void inner(Inner carried) {
            hasAnswered = true;
        }

        @Override
        public List<Fact> keep(byte[] octets, String suffix) {
            return artifacts.keep(octets, suffix);
        }

        @Override
        public Key key() {
            return key;
        }

        @Override
        public long now() {
            return now;
        }

        @Override
        public void emit(Message message) {
            said.add(message.side() + " " + message.type() + " " + message.text());
        }

        @Override
        public void wakeAt(long nanos) {} // what must be said is said at the end, too
    }

    // ---- changes; only streams can be cut

    private static List<Carried> inPieces(List<Carried> pieces, Random random) {
        List<Carried> out = new ArrayList<>();
        for (Carried piece : pieces) {
            if (!(piece instanceof StreamPiece run) || run.bytes().length < 2) {
                out.add(piece);
                continue;
            }
            int length = run.bytes().length;
            for (int at = 0; at < length; ) {
                int end = Math.min(length, at + 1 + random.nextInt(length));
                out.add(with(run, Arrays.copyOfRange(run.bytes(), at, end), at, 0));
                at = end;
            }
        }
        return out;
    }

    private static List<Carried> withGaps(List<Carried> pieces, Random random) {
        List<Carried> out = new ArrayList<>();
        for (Carried piece : pieces) {
            boolean lost = random.nextInt(5) == 0;
            if (!lost) {
                out.add(piece);
            } else if (piece instanceof StreamPiece run && run.bytes().length > 0) {
                out.add(with(run, new byte[0], 0, run.bytes().length));
            }
        }
        return out;
    }

    private static List<Carried> flipped(List<Carried> pieces, Random random) {
        List<Carried> out = new ArrayList<>();
        for (Carried piece : pieces) {
            if (piece instanceof StreamPiece run && run.bytes().length > 0) {
                byte[] octets = run.bytes().clone();
                octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                out.add(with(run, octets, 0, run.gap()));
            } else {
                out.add(piece);
            }
        }
        return out;
    }

    private static StreamPiece with(StreamPiece run, byte[] bytes, long further, long gap) {
        return new StreamPiece(
                run.ts(),
                run.uid(),
                run.id(),
                run.decoder(),
                run.sequence(),
                run.side(),
                run.offset() + further,
                bytes,
                gap,
                run.end());
    }
}
