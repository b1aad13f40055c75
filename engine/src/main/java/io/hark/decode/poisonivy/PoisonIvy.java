package io.hark.decode.poisonivy;

import io.hark.Contact;
import io.hark.Secret;
import io.hark.StreamDecoder;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.bytes.Legible;
import io.hark.bytes.codec.BlockCipher;
import io.hark.carry.StreamPiece;
import io.hark.carry.frame.Exactly;
import io.hark.carry.frame.Frame;
import io.hark.carry.frame.FrameReader;
import io.hark.carry.frame.FrameState;
import io.hark.carry.frame.Framing;
import io.hark.carry.frame.LengthPrefix;
import io.hark.carry.frame.LengthPrefix.Width;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import io.hark.schema.Stored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Poison Ivy 2.3.
///
/// *Shape*: a [Greeting], then [chunks][Chunk] both ways under the password. What the operator's
/// end sends is code that does something; what it is told stands among the code, and is shown as it
/// is found. *Source*: the description in ChopShop's `poisonivy_23x`. No real capture verifies it.
public final class PoisonIvy implements StreamDecoder<PoisonIvy.State> {

    private static final int MAX_TRIED = 4096; // passwords on one challenge
    private static final String BUILT_IN = "admin"; // what it comes with
    private static final Framing CODE = LengthPrefix.of(Width.U32_LE);
    private static final Framing NUMBER = new Exactly(4);
    private static final Framing CHALLENGE = new Exactly(Greeting.CHALLENGE);

    /// What comes next of the operator's end.
    public enum Stage {
        /// The challenge under the password.
        ANSWER,
        /// Code of its first half.
        CODE,
        /// The version.
        VERSION,
        /// Code of its second half.
        STUB,
        /// Chunks.
        CHUNKS
    }

    /// What is known of one connection.
    ///
    /// @param frames octets that make no frame yet
    /// @param stage what comes next of the operator's end
    /// @param challenge of the implant's end; empty until it is whole
    /// @param password that opens it
    /// @param secret name of it; empty where none does
    /// @param closed octets that stay closed
    /// @param contact when it was heard
    public record State(
            FrameState frames,
            Stage stage,
            byte[] challenge,
            byte[] password,
            String secret,
            long closed,
            Contact contact)
            implements Stored {

        static State of(StreamPiece piece) {
            byte[] none = new byte[0];
            return new State(
                    FrameState.START, Stage.ANSWER, none, none, "", 0, Contact.of(null, piece));
        }

        boolean isOpen() {
            return !secret.isEmpty();
        }

        State at(Stage next) {
            return new State(frames, next, challenge, password, secret, closed, contact);
        }

        State challengedBy(byte[] octets) {
            return new State(frames, stage, octets, password, secret, closed, contact);
        }

        State openedBy(byte[] key, String name) {
            return new State(frames, stage, challenge, key, name, closed, contact);
        }

        State after(FrameState now, long more, StreamPiece piece) {
            Contact again = Contact.of(contact, piece);
            return new State(now, stage, challenge, password, secret, closed + more, again);
        }
    }

    @Override
    public String name() {
        return "poison-ivy";
    }

    @Override
    public String about() {
        return "Poison Ivy 2.3: what it is sent to do, and what it sends back";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("Poison Ivy"),
                STREAM,
                Set.of(Secret.Kind.PASSWORD),
                "that it is there, and its version; everything where the password is the one it comes with",
                "errands, answers and files, with the password",
                false);
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public int taste(StreamStart start) {
        if (start.first() != Side.ORIGINATOR) {
            return Verdict.NO;
        }
        int right = Greeting.looksRight(start.responder());
        boolean alone = start.responder().length() == 0;
        if (right < 0 || alone && start.originator().length() > Greeting.CHALLENGE) {
            return Verdict.NO;
        } else if (right > 0 && start.originator().length() >= Greeting.CHALLENGE) {
            return Verdict.YES;
        }
        return start.over() ? Verdict.NO : Verdict.MORE;
    }

    @Override
    public State read(StreamPiece piece, @Nullable State state, Conversation turn) {
        State now = state == null ? State.of(piece) : state;
        boolean fromImplant = piece.side() == Side.ORIGINATOR;
        Speaker side = fromImplant ? Speaker.IMPLANT : Speaker.OPERATOR;
        Voice voice = Voice.of(this, turn, piece, "tcp");
        FrameReader reader = FrameReader.of(now.frames, piece, Chunk.HEAD + Chunk.MAX_OCTETS);
        long closed = 0;
        while (true) {
            boolean chunks = fromImplant ? now.challenge.length > 0 : now.stage == Stage.CHUNKS;
            if (chunks && !now.isOpen()) {
                closed = reader.rest().length;
                break;
            }
            Frame frame = reader.next(chunks ? under(now) : greeting(now, fromImplant));
            if (frame == null) {
                break;
            } else if (chunks) {
                say(
                        frame,
                        fromImplant,
                        now,
                        voice.within(List.of("tcp", "camellia-ecb", "lznt1")),
                        turn);
            } else if (fromImplant) {
                now = now.challengedBy(frame.body());
            } else {
                now = greeted(frame, now, voice, turn);
            }
        }
        voice.unread(piece, side, reader);
        return now.after(reader.state(), closed, piece);
    }

    private static Framing under(State state) {
        return Chunk.under(Greeting.cipher(state.password));
    }

    /// How what comes before chunks is marked off.
    private static Framing greeting(State state, boolean fromImplant) {
        if (fromImplant) {
            return CHALLENGE;
        }
        return switch (state.stage) {
            case ANSWER -> CHALLENGE;
            case CODE, STUB -> CODE;
            case VERSION, CHUNKS -> NUMBER;
        };
    }

    /// What the operator's end says before chunks begin.
    private State greeted(Frame frame, State state, Voice voice, Conversation turn) {
        return switch (state.stage) {
            case ANSWER -> answered(frame.body(), state, turn).at(Stage.CODE);
            case CODE -> state.at(Stage.VERSION);
            case VERSION -> {
                double version = frame.bytes().leU32() / 100.0;
                voice.openedBy(state.isOpen() ? state.secret : null)
                        .say(
                                frame.ts(),
                                Speaker.OPERATOR,
                                Topic.KEY_EXCHANGE,
                                "Poison Ivy %.2f, %s".formatted(version, opens(state)),
                                Fact.of("version", "%.2f".formatted(version)));
                yield state.at(Stage.STUB);
            }
            case STUB, CHUNKS -> state.at(Stage.CHUNKS);
        };
    }

    private static String opens(State state) {
        return state.isOpen() ? "its password is known" : "no password at hand opens it";
    }

    private State answered(byte[] answer, State state, Conversation turn) {
        byte[] builtIn = BUILT_IN.getBytes(StandardCharsets.US_ASCII);
        if (Greeting.opens(Greeting.cipher(builtIn), state.challenge, answer)) {
            return state.openedBy(builtIn, "the password it comes with");
        }
        List<Secret> passwords = turn.secrets(Secret.Kind.PASSWORD);
        for (Secret secret : passwords.subList(0, Math.min(passwords.size(), MAX_TRIED))) {
            byte[] password = secret.value("password");
            if (Greeting.opens(Greeting.cipher(password), state.challenge, answer)) {
                turn.opened(secret);
                return state.openedBy(password, secret.name());
            }
        }
        turn.undecoded(
                Secret.Kind.PASSWORD, "the password of the server opens it: it is in the implant");
        return state;
    }

    private static void say(
            Frame frame, boolean fromImplant, State state, Voice voice, Conversation turn) {
        BlockCipher cipher = Greeting.cipher(state.password);
        Chunk chunk = Chunk.of(frame.head(), cipher);
        if (chunk == null) {
            return; // cannot be: it marked the frame off
        }
        Voice opened = voice.openedBy(state.secret);
        Speaker side = fromImplant ? Speaker.IMPLANT : Speaker.OPERATOR;
        Errand errand = Errand.of(chunk.number());
        String about = errand == null ? "errand 0x%02x".formatted(chunk.number()) : errand.says();
        Topic topic = errand == null ? Topic.UNKNOWN : errand.topic();
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("errand", chunk.errand()));
        facts.add(Fact.of("bytes", chunk.plain()));
        facts.add(Fact.of("of", chunk.all()));
        byte[] plain = chunk.open(frame, cipher);
        if (plain == null) {
            opened.say(
                    frame.ts(),
                    side,
                    Topic.BINARY,
                    about + ": not read, octets are missing or do not decompress",
                    facts);
        } else if (errand != null && errand.isFile(fromImplant)) {
            facts.addAll(turn.keep(plain, "part"));
            opened.say(frame.ts(), side, topic, about, facts);
        } else if (topic == Topic.CREDENTIALS) {
            opened.say(frame.ts(), side, topic, about + ", not shown", facts);
        } else {
            opened.say(frame.ts(), side, topic, (about + " " + Legible.of(plain)).strip(), facts);
        }
    }

    @Override
    public void end(State state, Turn<Message> turn) {
        if (state.closed > 0) {
            state.contact
                    .voice(this, turn, "tcp")
                    .say(
                            state.contact.last(),
                            Speaker.UNKNOWN,
                            Topic.BINARY,
                            state.closed + " bytes stay closed",
                            Fact.of("closed_bytes", state.closed));
        }
    }
}
