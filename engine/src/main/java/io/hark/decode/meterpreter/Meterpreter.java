package io.hark.decode.meterpreter;

import io.hark.StreamDecoder;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.bytes.BigEndian;
import io.hark.bytes.Bytes;
import io.hark.bytes.codec.Xor;
import io.hark.carry.StreamPiece;
import io.hark.carry.frame.Frame;
import io.hark.carry.frame.FrameReader;
import io.hark.carry.frame.FrameState;
import io.hark.carry.frame.Framing;
import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import io.hark.schema.Stored;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Meterpreter's packets over TCP, from the first on: stageless, or where the stage went another
/// way.
///
/// *Shape*, numbers big endian:
///
///     key (4) | session (16) | encrypted (4) | length (4) | type (4) | TLVs
///
/// all behind the key XORed with it; the length counts itself, the type and the TLVs. What is
/// encrypted, AES-256 after the negotiation, is told by its size only.
///
/// *Source*: rapid7/metasploit-payloads, `meterpreter.py`. No real capture verifies it.
public final class Meterpreter implements StreamDecoder<Meterpreter.State> {

    private static final int KEY = 4;
    private static final int BEFORE_LENGTH = 24; // key, session, encrypted
    private static final int HEAD = 32;
    private static final int MAX_FRAME = 1 << 20; // an extension, or what one command printed
    private static final Set<Integer> TYPES = Set.of(0, 1, 2, 10, 11);
    private static final List<String> LAYERS = List.of("tcp", "xor");

    /// What is known of one connection.
    ///
    /// @param frames octets that make no frame yet
    /// @param closed packets so far that are encrypted
    public record State(FrameState frames, long closed) implements Stored {}

    @Override
    public String name() {
        return "meterpreter";
    }

    @Override
    public String about() {
        return "Meterpreter over TCP: packets before encryption, sizes after it";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("Meterpreter"),
                STREAM,
                Set.of(),
                "what is said before a key is agreed; sizes of the rest",
                "",
                false);
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public int taste(StreamStart start) {
        Bytes first = start.first() == Side.ORIGINATOR ? start.originator() : start.responder();
        return switch (cut(first)) {
            case Framing.Cut.Whole _ -> Verdict.YES;
            case Framing.Cut.Need _ -> start.over() ? Verdict.NO : Verdict.MORE;
            case Framing.Cut.Until _, Framing.Cut.Malformed _ -> Verdict.NO;
        };
    }

    /// One packet: of 160 bits that are XORed, some 90 have to fit.
    private static Framing.Cut cut(Bytes bytes) {
        for (int i = 0; i < Math.min(KEY, bytes.length()); i++) {
            if (bytes.peek(i) == 0) {
                return new Framing.Cut.Malformed("a key has no zeros");
            }
        }
        if (bytes.length() < HEAD) {
            return new Framing.Cut.Need(HEAD);
        }
        long key = bytes.peekU32(0);
        long encrypted = bytes.peekU32(BEFORE_LENGTH - 4) ^ key;
        long length = bytes.peekU32(BEFORE_LENGTH) ^ key;
        long type = bytes.peekU32(BEFORE_LENGTH + 4) ^ key;
        boolean fits =
                encrypted <= 1
                        && type <= Byte.MAX_VALUE
                        && TYPES.contains((int) type)
                        && length >= 8
                        && length <= MAX_FRAME;
        return fits
                ? new Framing.Cut.Whole(HEAD, length - 8, 0)
                : new Framing.Cut.Malformed("no packet begins here");
    }

    @Override
    public State read(StreamPiece piece, @Nullable State state, Conversation turn) {
        State now = state == null ? new State(FrameState.START, 0) : state;
        Voice voice = Voice.of(this, turn, piece).within(LAYERS);
        FrameReader reader = FrameReader.of(now.frames, piece, MAX_FRAME);
        long closed = now.closed;
        for (Frame frame : reader.all(Meterpreter::cut)) {
            closed += say(frame, closed, voice) ? 1 : 0;
        }
        voice.unread(piece, Speaker.UNKNOWN, reader);
        return new State(reader.state(), closed);
    }

    /// Says one packet; answers whether it was encrypted.
    private static boolean say(Frame frame, long closed, Voice ofEither) {
        Xor key = new Xor(Arrays.copyOf(frame.head(), KEY));
        byte[] head = key.decode(frame.head());
        boolean encrypted = BigEndian.u32(head, BEFORE_LENGTH - 4) != 0;
        int type = (int) BigEndian.u32(head, BEFORE_LENGTH + 4);
        boolean request = type == 0 || type == 10;
        Speaker side = type == 2 ? Speaker.UNKNOWN : request ? Speaker.OPERATOR : Speaker.IMPLANT;
        Voice voice =
                ofEither.operatorAt(
                        side == Speaker.UNKNOWN
                                ? null
                                : request ? frame.side() : frame.side().other());
        if (encrypted) {
            String text = "%d encrypted bytes".formatted(frame.body().length);
            if (closed == 0) {
                text += "; from here on only the session's AES key opens more";
            }
            voice.say(frame.ts(), side, Topic.BINARY, text, Fact.of("bytes", frame.body().length));
            return true;
        }
        byte[] body = key.decode(frame.body()); // the head is 8 whole keys long
        Tlvs tlvs = Tlvs.read(body);
        String from = frame.side() == Side.ORIGINATOR ? "originator" : "responder";
        voice.say(
                frame.ts(),
                side,
                tlvs.negotiatesKey() ? Topic.KEY_EXCHANGE : Topic.CONTROL,
                (request ? "request " : "answer ") + tlvs.text(),
                tlvs.facts(from));
        return false;
    }
}
