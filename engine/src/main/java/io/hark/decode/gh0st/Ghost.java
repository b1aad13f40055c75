package io.hark.decode.gh0st;

import io.hark.StreamDecoder;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.bytes.Bytes;
import io.hark.bytes.codec.Deflate;
import io.hark.bytes.codec.Deflate.Wrapping;
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
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gh0st and the variants that differ from it in the flag.
///
/// *Shape*: a flag of up to 16 characters (`Gh0st`, unless changed; none in some variants), the
/// length of the whole frame and of what is in it once inflated, both in 32 bits, little endian,
/// then zlib. What is inside begins with one octet, see [GhostCode]; behind a `shell started` it is
/// what the shell says.
///
/// *Source*: descriptions of ChopShop's and YAF's Gh0st modules. No real capture verifies it.
public final class Ghost implements StreamDecoder<Ghost.State> {

    private static final int MAX_FLAG = 16;
    private static final int NUMBERS = 8; // octets of the two lengths
    private static final int MAX_FRAME = 1 << 20; // a screen, deflated
    private static final int MAX_INFLATED = 16 << 20; // a screen of four octets a point
    private static final int SHORTEST = NUMBERS + 8; // zlib of one octet
    private static final Deflate ZLIB = Deflate.of(Wrapping.ZLIB, MAX_INFLATED);

    /// What is known of one connection.
    ///
    /// @param frames octets that make no frame yet
    /// @param flag what frames begin with (Latin-1)
    /// @param flagged whether that is known
    /// @param shell whether it is a shell's connection
    public record State(FrameState frames, String flag, boolean flagged, boolean shell)
            implements Stored {}

    @Override
    public String name() {
        return "gh0st";
    }

    @Override
    public String about() {
        return "Gh0st RAT and variants with another flag: commands, shells, files by name";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("Gh0st"),
                STREAM,
                Set.of(),
                "commands and shells of the variants that deflate and do not encrypt",
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
        int flag = flag(first);
        if (flag < 0) {
            boolean room = first.length() < MAX_FLAG + NUMBERS + 2;
            return room && !start.over() ? Verdict.MORE : Verdict.NO;
        }
        long total = Width.U32_LE.read(first, flag);
        if (first.length() < Math.min(total, MAX_TASTE - 1)) {
            return start.over() ? Verdict.NO : Verdict.MORE;
        }
        boolean inflates =
                total >= MAX_TASTE || inflates(first, flag, (int) Math.min(total, first.length()));
        return inflates ? Verdict.YES : Verdict.NO;
    }

    private static boolean inflates(Bytes bytes, int flag, int end) {
        Bytes frame = new Bytes().wrap(bytes.array(), bytes.base(), end);
        frame.skip(flag + (long) NUMBERS);
        byte[] plain = ZLIB.decode(frame.take(frame.remaining()));
        return plain != null && plain.length == Width.U32_LE.read(bytes, flag + 4);
    }

    /// How many characters of flag stand before the lengths, or -1 where there are none.
    private static int flag(Bytes bytes) {
        for (int i = 0; i <= MAX_FLAG && i + NUMBERS + 2 <= bytes.length(); i++) {
            long total = Width.U32_LE.read(bytes, i);
            boolean zlib = bytes.peek(i + NUMBERS) == 0x78 && bytes.peek(i + NUMBERS + 1) == 0x9c;
            boolean lengths =
                    total >= i + SHORTEST
                            && total <= MAX_FRAME
                            && Width.U32_LE.read(bytes, i + 4) <= MAX_INFLATED;
            if (zlib && lengths) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public State read(StreamPiece piece, @Nullable State state, Conversation turn) {
        State now = state == null ? new State(FrameState.START, "", false, false) : state;
        Speaker side = piece.side() == Side.ORIGINATOR ? Speaker.IMPLANT : Speaker.OPERATOR;
        Voice voice = Voice.of(this, turn, piece, "tcp", "zlib");
        String flag = now.flag;
        boolean flagged = now.flagged;
        boolean shell = now.shell;
        FrameReader reader = FrameReader.of(now.frames, piece, MAX_FRAME);
        for (Frame frame = reader.next(framing(flag, flagged));
                frame != null;
                frame = reader.next(framing(flag, flagged))) {
            if (!flagged) {
                flag = Bytes.of(frame.head()).ascii(0, frame.head().length - NUMBERS);
                flagged = true;
            }
            byte[] plain = frame.missing() > 0 ? null : ZLIB.decode(frame.body());
            if (plain == null || plain.length == 0) {
                String text = frame.body().length + " bytes that do not inflate within bounds";
                voice.say(frame.ts(), side, Topic.BINARY, text);
            } else {
                shell = say(frame, plain, shell, voice.ofFamily(family(flag)), turn);
            }
        }
        voice.unread(piece, side, reader);
        return new State(reader.state(), flag, flagged, shell);
    }

    private static Framing framing(String flag, boolean flagged) {
        return flagged
                ? LengthPrefix.of(Width.U32_LE)
                        .behind(flag)
                        .head(flag.length() + NUMBERS)
                        .countingHead()
                : Ghost::first;
    }

    /// The first frame, whose flag is not known.
    private static Framing.Cut first(Bytes head) {
        int flag = flag(head);
        if (flag >= 0) {
            int before = flag + NUMBERS;
            return new Framing.Cut.Whole(before, Width.U32_LE.read(head, flag) - before, 0);
        }
        return head.length() < MAX_FLAG + NUMBERS + 2
                ? new Framing.Cut.Need(head.length() + 1L)
                : new Framing.Cut.Malformed("no two lengths and zlib");
    }

    private static String family(String flag) {
        return flag.equals("Gh0st") ? "gh0st" : "gh0st variant";
    }

    /// Says one frame; answers whether the connection is a shell's from here on.
    private static boolean say(
            Frame frame, byte[] plain, boolean shell, Voice voice, Conversation turn) {
        boolean fromImplant = frame.side() == Side.ORIGINATOR;
        Speaker side = fromImplant ? Speaker.IMPLANT : Speaker.OPERATOR;
        if (shell) {
            String text = new String(plain, StandardCharsets.UTF_8).stripTrailing();
            voice.say(frame.ts(), side, Topic.SHELL, text);
            return true;
        }
        GhostCode code = GhostCode.of(plain[0] & 0xff, fromImplant);
        Fact number = Fact.of("code", plain[0] & 0xff);
        if (code == null) {
            String text = "code 0x%02x, %d bytes".formatted(plain[0] & 0xff, plain.length - 1);
            voice.say(frame.ts(), side, Topic.UNKNOWN, text, number);
            return false;
        } else if (code == GhostCode.LOGIN) {
            GhostLogin.say(frame.ts(), plain, voice);
            return false;
        } else if (code == GhostCode.FILE_DATA) {
            List<Fact> facts = turn.keep(Bytes.of(plain).toArray(), "part");
            voice.say(frame.ts(), side, code.topic(), code.says(), facts);
            return false;
        }
        String text = GhostLogin.text(plain, 1);
        voice.say(frame.ts(), side, code.topic(), (code.says() + " " + text).strip(), number);
        return code == GhostCode.SHELL_START;
    }
}
