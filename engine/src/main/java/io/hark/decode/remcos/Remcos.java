package io.hark.decode.remcos;

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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Remcos 3 in builds that do not encrypt.
///
/// *Shape*: `24 04 ff 00`, the length of what follows and a command, 32 bits each, little endian;
/// fields are parted by `7c 1e 1e 1f 7c`. Encrypted builds do not begin so and are not recognised.
///
/// *Source*: Emerging Threats' rules 2032776 and 2032777, described. No real capture verifies it.
public final class Remcos implements StreamDecoder<Remcos.State> {

    private static final String MAGIC = "\u0024\u0004\u00ff\u0000";
    private static final String BETWEEN = "\\|\u001e\u001e\u001f\\|";
    private static final Framing FRAMES = LengthPrefix.of(Width.U32_LE).behind(MAGIC);
    private static final int MAX_FRAME = 1 << 20; // a screenshot
    private static final int HEAD = 12; // magic, length, command
    private static final int KEEPALIVE = 0x01;
    private static final int LOGIN = 0x4b;
    private static final int MAX_SHOWN = 1 << 14; // characters that a message shows

    /// What is known of one connection: octets that make no frame yet.
    public record State(FrameState frames) implements Stored {}

    @Override
    public String name() {
        return "remcos";
    }

    @Override
    public String about() {
        return "Remcos 3 without encryption: login and commands by number";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("Remcos"), STREAM, Set.of(), "builds that do not encrypt", "", false);
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public int taste(StreamStart start) {
        Bytes first = start.first() == Side.ORIGINATOR ? start.originator() : start.responder();
        String begins = first.ascii(0, MAGIC.length());
        if (!MAGIC.startsWith(begins)) {
            return Verdict.NO;
        } else if (first.length() < HEAD) {
            return start.over() ? Verdict.NO : Verdict.MORE;
        }
        long length = Width.U32_LE.read(first, MAGIC.length());
        return length >= 4 && length <= MAX_FRAME ? Verdict.YES : Verdict.NO;
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
        Bytes body = frame.bytes();
        int command = (int) body.leU32();
        String fields = new String(body.take(body.remaining()), StandardCharsets.UTF_8);
        Fact number = Fact.of("command", command);
        switch (command) {
            case KEEPALIVE -> voice.say(frame.ts(), side, Topic.KEEPALIVE, "keepalive", number);
            case LOGIN -> voice.say(frame.ts(), side, Topic.SYSINFO, shown(fields), number);
            default -> {
                String text = "command 0x%02x %s".formatted(command, shown(fields));
                voice.say(frame.ts(), side, Topic.UNKNOWN, text.strip(), number);
            }
        }
    }

    private static String shown(String fields) {
        String text = String.join(", ", Arrays.asList(fields.split(BETWEEN, 256)));
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
