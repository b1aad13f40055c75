package io.hark.decode;

import io.hark.Decoder;
import io.hark.Key;
import io.hark.Keyring;
import io.hark.Secret;
import io.hark.bytes.Bytes;
import io.hark.carry.Carried;
import io.hark.carry.Datagram;
import io.hark.carry.HttpExchange;
import io.hark.carry.Inner;
import io.hark.carry.StreamPiece;
import io.hark.event.Endpoints;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Side;
import io.hark.schema.Addr;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import io.hark.schema.Stored;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Plays carried pieces to one decoder without an engine. Its state is written and read back after
/// every piece, so that every test is one of that as well.
public final class Rehearsal<S extends Stored> {

    /// Endpoints of the stream that [#piece] makes pieces of.
    public static final Endpoints ID =
            new Endpoints(Addr.v4(0x0a630001), 54070, Addr.v4(0x0a630002), 4444);

    private static final long START = 1_700_000_000_000_000_000L;
    private static final long STEP = 10_000_000;

    private final Decoder<S> decoder;
    private final Keyring keyring;
    private final Map<Key, byte[]> states = new HashMap<>();
    private final TreeSet<Long> wakes = new TreeSet<>();
    private final Map<Long, Key> wakeKeys = new HashMap<>();
    private long sequence;
    private long now = START;

    /// What was said.
    public final List<Message> said = new ArrayList<>();

    /// What was taken out of a tunnel.
    public final List<Inner> inner = new ArrayList<>();

    /// Kinds of secret that would open a conversation.
    public final List<Secret.Kind> wanted = new ArrayList<>();

    /// Secrets that opened one.
    public final List<String> opened = new ArrayList<>();

    /// Secrets that were made of others.
    public final List<Secret> derived = new ArrayList<>();

    public Rehearsal(Decoder<S> decoder, Keyring keyring) {
        this.decoder = decoder;
        this.keyring = keyring;
    }

    /// The next piece of the stream, ten milliseconds later.
    public Rehearsal<S> say(Side side, byte[] bytes) {
        return play(piece(side, bytes, 0, false));
    }

    /// The next text of the stream.
    public Rehearsal<S> say(Side side, String text) {
        return say(side, text.getBytes(StandardCharsets.UTF_8));
    }

    /// A hole in the stream.
    public Rehearsal<S> gap(Side side, long missing) {
        return play(piece(side, new byte[0], missing, false));
    }

    /// A datagram.
    public Rehearsal<S> datagram(Endpoints id, Side side, String text) {
        now += STEP;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return play(
                new Datagram(now, "C" + id.orig_p(), id, decoder.name(), sequence++, side, bytes));
    }

    /// An exchange of HTTP, on a connection of its own, a second later.
    public Rehearsal<S> exchange(
            String method,
            String uri,
            List<String> asked,
            byte[] request,
            List<String> answered,
            byte[] answer) {
        pause(100 * STEP);
        sequence++;
        return play(
                new HttpExchange(
                        now,
                        "Chttp" + sequence,
                        ID,
                        decoder.name(),
                        0,
                        method,
                        uri,
                        asked,
                        request,
                        200,
                        answered,
                        answer,
                        true));
    }

    /// Time passes.
    public Rehearsal<S> pause(long nanos) {
        now += nanos;
        while (!wakes.isEmpty() && wakes.first() <= now) {
            long at = wakes.removeFirst();
            Key key = wakeKeys.get(at);
            byte[] before = states.get(key);
            if (before != null) {
                keep(key, decoder.wake(read(before), new Turn(key, at)));
            }
        }
        return this;
    }

    private StreamPiece piece(Side side, byte[] bytes, long gap, boolean end) {
        pause(STEP);
        return new StreamPiece(
                now, "Cstream", ID, decoder.name(), sequence++, side, 0, bytes, gap, end);
    }

    /// Plays any piece.
    public Rehearsal<S> play(Carried piece) {
        List<Key> keys = new ArrayList<>();
        decoder.keys(
                piece,
                this::secrets,
                (host, peer, port, name) -> keys.add(new Key(host, peer, port, name)));
        for (Key key : keys) {
            byte[] before = states.get(key);
            keep(
                    key,
                    decoder.on(
                            piece,
                            before == null ? null : read(before),
                            new Turn(key, piece.ts())));
        }
        return this;
    }

    /// The last word about every key.
    public Rehearsal<S> end() {
        states.keySet().stream()
                .sorted()
                .forEach(key -> decoder.end(read(states.get(key)), new Turn(key, now)));
        return this;
    }

    /// How many conversations there are.
    public int conversations() {
        return (int) said.stream().map(Message::conversation).distinct().count();
    }

    /// What was said, as `SIDE text`.
    public List<String> lines() {
        return said.stream().map(m -> m.side() + " " + m.text()).toList();
    }

    private List<Secret> secrets(Secret.Kind kind) {
        List<Secret> all = new ArrayList<>(keyring.secrets(kind));
        all.addAll(derived.stream().filter(secret -> secret.kind() == kind).toList());
        return all;
    }

    private S read(byte[] state) {
        return Codec.read(Kind.of(decoder.stateType()), state);
    }

    private void keep(Key key, S state) {
        if (state == null) {
            states.remove(key);
        } else {
            states.put(key, Codec.write(Kind.of(decoder.stateType()), state));
        }
    }

    /// What a decoder says to streams, shown piece by piece as the wire does: the last verdict.
    public static int taste(Decoder<?> decoder, List<StreamPiece> pieces) {
        ByteArrayOutputStream[] heads = {new ByteArrayOutputStream(), new ByteArrayOutputStream()};
        int verdict = 0;
        int n = 0;
        for (StreamPiece piece : pieces) {
            heads[piece.side().ordinal()].writeBytes(piece.bytes());
            n++;
            verdict =
                    decoder.taste(
                            new Decoder.StreamStart(
                                    ID,
                                    pieces.getFirst().side(),
                                    n,
                                    Bytes.of(heads[0].toByteArray()),
                                    Bytes.of(heads[1].toByteArray()),
                                    n == pieces.size()));
            if (verdict != 0) {
                return verdict;
            }
        }
        return verdict;
    }

    /// A dialogue as pieces: texts that begin with `>` come from the originator, others from the
    /// responder.
    public static List<StreamPiece> dialogue(String... texts) {
        List<StreamPiece> pieces = new ArrayList<>();
        for (String text : texts) {
            Side side = text.startsWith(">") ? Side.ORIGINATOR : Side.RESPONDER;
            byte[] bytes = text.substring(1).getBytes(StandardCharsets.ISO_8859_1);
            pieces.add(
                    new StreamPiece(
                            START, "Cstream", ID, "", pieces.size(), side, 0, bytes, 0, false));
        }
        return pieces;
    }

    private final class Turn implements Decoder.Conversation {
        private final Key key;
        private final long at;

        Turn(Key key, long at) {
            this.key = key;
            this.at = at;
        }

        @Override
        public List<Secret> secrets(Secret.Kind kind) {
            return Rehearsal.this.secrets(kind);
        }

        @Override
        public void derived(Secret secret) {
            derived.add(secret);
        }

        @Override
        public void undecoded(Secret.Kind kind, String why) {
            wanted.add(kind);
        }

        @Override
        public void opened(Secret secret) {
            opened.add(secret.name());
        }

        @Override
        public void inner(Inner inside) {
            inner.add(inside);
        }

        @Override
        public List<Fact> keep(byte[] octets, String suffix) {
            return List.of(Fact.of("bytes", octets.length), Fact.of("file", "kept." + suffix));
        }

        @Override
        public Key key() {
            return key;
        }

        @Override
        public long now() {
            return at;
        }

        @Override
        public void emit(Message message) {
            said.add(message);
        }

        @Override
        public void wakeAt(long nanos) {
            wakes.add(nanos);
            wakeKeys.put(nanos, key);
        }
    }
}
