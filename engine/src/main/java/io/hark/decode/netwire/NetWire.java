package io.hark.decode.netwire;

import io.hark.StreamDecoder;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.bytes.Bytes;
import io.hark.carry.StreamPiece;
import io.hark.carry.frame.Frame;
import io.hark.carry.frame.FrameReader;
import io.hark.carry.frame.FrameState;
import io.hark.carry.frame.Framing;
import io.hark.carry.frame.LengthPrefix;
import io.hark.carry.frame.LengthPrefix.Width;
import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import io.hark.schema.Stored;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// NetWire: what is asked for and how much comes back, not what it says.
///
/// *Shape*: frames of a length in 32 bits, little endian, that counts an [Opcode] in the clear and
/// what is under AES. Each end first brings 32 octets of seed and 16 of vector, from which and a
/// password it makes its key. How it makes it is described, but there is neither a capture nor a
/// vector by which such a key could be checked: what is under AES is not opened here.
///
/// *Source*: the description in ChopShop's `netwire`. No real capture verifies it.
public final class NetWire implements StreamDecoder<NetWire.State> {

    private static final int HEAD = 5; // length and opcode
    private static final int HALF_OF_KEY = 1 + 32 + 16; // what a first frame's length is at least
    private static final int LONGEST_FIRST = 128;
    private static final int MAX_FRAME = 1 << 20; // part of a file or picture
    private static final Framing FRAMES = LengthPrefix.of(Width.U32_LE);

    /// What is known of one connection: octets that make no frame yet.
    public record State(FrameState frames) implements Stored {}

    @Override
    public String name() {
        return "netwire";
    }

    @Override
    public String about() {
        return "NetWire: what is asked for, by opcode and size";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("NetWire"),
                STREAM,
                Set.of(),
                "which orders are given and how much comes back; not what is in them",
                "",
                false);
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    /// Both halves of the key have to be seen: a length and an octet alone are too little.
    @Override
    public int taste(StreamStart start) {
        int implant = half(start.originator(), Opcode.REGISTERED);
        int operator = half(start.responder(), Opcode.REGISTER);
        if (implant == Verdict.NO || operator == Verdict.NO) {
            return Verdict.NO;
        } else if (implant == Verdict.YES && operator == Verdict.YES) {
            return Verdict.YES;
        }
        return start.over() ? Verdict.NO : Verdict.MORE;
    }

    private static int half(Bytes bytes, Opcode opcode) {
        if (bytes.length() < HEAD) {
            return Verdict.MORE;
        }
        long length = Width.U32_LE.read(bytes, 0);
        boolean fits = length >= HALF_OF_KEY && length <= LONGEST_FIRST;
        return fits && bytes.peek(HEAD - 1) == opcode.number() ? Verdict.YES : Verdict.NO;
    }

    @Override
    public State read(StreamPiece piece, @Nullable State state, Conversation turn) {
        Voice voice = Voice.of(this, turn, piece, "tcp");
        Speaker side = piece.side() == Side.ORIGINATOR ? Speaker.IMPLANT : Speaker.OPERATOR;
        FrameReader reader =
                FrameReader.of(state == null ? FrameState.START : state.frames, piece, MAX_FRAME);
        for (Frame frame : reader.all(FRAMES)) {
            say(frame, side, voice);
        }
        voice.unread(piece, side, reader);
        return new State(reader.state());
    }

    private static void say(Frame frame, Speaker side, Voice voice) {
        if (frame.body().length == 0) {
            return; // a length of zero has no opcode, and says nothing
        }
        int number = frame.body()[0] & 0xff;
        int bytes = frame.body().length - 1;
        Opcode opcode = Opcode.of(number);
        String about = opcode == null ? "opcode 0x%02x".formatted(number) : opcode.says();
        voice.say(
                frame.ts(),
                side,
                opcode == null ? Topic.UNKNOWN : opcode.topic(),
                bytes == 0 ? about : about + ", " + bytes + " bytes",
                Fact.of("opcode", number),
                Fact.of("bytes", bytes));
    }
}
