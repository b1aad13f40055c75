package io.hark.decode.njrat;

import io.hark.StreamDecoder;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.bytes.Bytes;
import io.hark.carry.StreamPiece;
import io.hark.carry.frame.AsciiLength;
import io.hark.carry.frame.Frame;
import io.hark.carry.frame.FrameReader;
import io.hark.carry.frame.FrameState;
import io.hark.carry.frame.Framing;
import io.hark.event.Endpoints;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import io.hark.schema.Stored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// njRAT, whose implant calls and says `ll`.
///
/// *Shape*: decimal length, a zero octet, so many octets: a [Verb], then fields, each behind a
/// delimiter that the builder chose (`|'|'|` unless changed) and the login tells. A frame of length
/// 0 is a heartbeat. Texts of strangers are base64 where the verb says so; a picture is the field
/// itself.
///
/// *Source*: keithjjones/zeek-njrat-detector, and a recorded session of version im523.
public final class NjRat implements StreamDecoder<NjRat.State> {

    private static final Framing FRAMES = new AsciiLength("\0");

    /// The longest frame: a picture of a whole screen.
    private static final int MAX_FRAME = 1 << 20;

    /// Octets carried of one connection: an evening of pictures.
    private static final long MAX_CARRIED = 64L << 20;

    private static final int MAX_SHOWN = 1 << 14; // characters of a field that a message shows

    /// What is known of one connection.
    ///
    /// @param frames octets that make no frame yet
    /// @param delimiter what stands between fields; empty before the login told
    /// @param uid the connection
    /// @param id its endpoints
    /// @param last when something was last said
    /// @param heartbeats frames of length 0 so far
    public record State(
            FrameState frames,
            String delimiter,
            String uid,
            Endpoints id,
            long last,
            long heartbeats)
            implements Stored {}

    @Override
    public String name() {
        return "njrat";
    }

    @Override
    public String about() {
        return "njRAT: login, settings, windows, screenshots, commands by name";
    }

    @Override
    public Info info() {
        return new Info(List.of("njRAT"), STREAM, Set.of(), "everything", "", true);
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public long maxCarried() {
        return MAX_CARRIED;
    }

    @Override
    public int taste(StreamStart start) {
        Bytes first = start.originator();
        if (start.first() != Side.ORIGINATOR) {
            return Verdict.NO;
        }
        return switch (FRAMES.cut(first)) {
            case Framing.Cut.Whole whole when whole.octets() > first.length() ->
                    isLogin(first, (int) whole.head(), first.length()) && !start.over()
                            ? Verdict.MORE
                            : Verdict.NO;
            case Framing.Cut.Whole whole -> {
                String login = first.ascii((int) whole.head(), (int) whole.octets());
                yield NjRatLogin.delimiter(login).isEmpty() ? Verdict.NO : Verdict.YES;
            }
            case Framing.Cut.Need _ -> start.over() ? Verdict.NO : Verdict.MORE;
            case Framing.Cut.Until _, Framing.Cut.Malformed _ -> Verdict.NO;
        };
    }

    private static boolean isLogin(Bytes bytes, int from, int to) {
        return "ll".startsWith(bytes.ascii(from, Math.min(to, from + 2)));
    }

    @Override
    public State read(StreamPiece piece, @Nullable State state, Conversation turn) {
        State now =
                state == null
                        ? new State(FrameState.START, "", piece.uid(), piece.id(), 0, 0)
                        : state;
        Voice voice = Voice.of(this, turn, piece, "tcp");
        Speaker side = speaker(piece.side());
        FrameReader reader = FrameReader.of(now.frames, piece, MAX_FRAME);
        String delimiter = now.delimiter;
        long heartbeats = now.heartbeats;
        for (Frame frame : reader.all(FRAMES)) {
            if (frame.body().length == 0) {
                heartbeats++;
                continue;
            }
            if (delimiter.isEmpty()) {
                delimiter = NjRatLogin.delimiter(frame.text(StandardCharsets.ISO_8859_1));
            }
            say(frame, delimiter, voice, turn);
        }
        voice.unread(piece, side, reader);
        return new State(
                reader.state(), delimiter, piece.uid(), piece.id(), piece.ts(), heartbeats);
    }

    private static Speaker speaker(Side side) {
        return side == Side.ORIGINATOR ? Speaker.IMPLANT : Speaker.OPERATOR;
    }

    private static void say(Frame frame, String delimiter, Voice voice, Conversation turn) {
        Speaker side = speaker(frame.side());
        String text = frame.text(StandardCharsets.ISO_8859_1);
        int end = delimiter.isEmpty() ? -1 : text.indexOf(delimiter);
        Verb verb = Verb.of(end < 0 ? text : text.substring(0, end));
        byte[] picture =
                verb == Verb.CAP && end > 0 ? picture(frame, end + delimiter.length()) : null;
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("verb", verb == Verb.UNKNOWN ? "" : verb.word()));
        if (frame.missing() > 0) {
            facts.add(Fact.of("missing", frame.missing()));
        }
        if (picture != null) {
            facts.addAll(turn.keep(picture, "jpg"));
            String shown = "JPEG, " + picture.length + " bytes";
            voice.say(frame.ts(), side, verb.topic(), shown, facts);
            return;
        }
        String[] fields = end < 0 ? new String[] {text} : split(text, delimiter);
        String said =
                switch (verb) {
                    case LL -> NjRatLogin.login(fields, facts);
                    case INF -> NjRatLogin.settings(fields, facts);
                    case UNKNOWN -> unknown(fields, frame.body().length);
                    default -> verb.says(side) + arguments(fields);
                };
        voice.verified(verb.verified()).say(frame.ts(), side, verb.topic(), said, facts);
    }

    /// The picture that the field at `from` is, or null.
    private static byte @Nullable [] picture(Frame frame, int from) {
        byte[] body = frame.body();
        boolean jpeg =
                body.length > from + 2
                        && (body[from] & 0xff) == 0xff
                        && (body[from + 1] & 0xff) == 0xd8;
        return jpeg ? Arrays.copyOfRange(body, from, body.length) : null;
    }

    private static String[] split(String text, String delimiter) {
        return text.split(Pattern.quote(delimiter), -1);
    }

    private static String arguments(String[] fields) {
        List<String> shown = new ArrayList<>();
        for (int i = 1; i < fields.length; i++) {
            String plain = NjRatLogin.plain(fields[i]);
            if (!plain.isEmpty()) {
                shown.add(cut(plain));
            }
        }
        return shown.isEmpty() ? "" : " " + String.join(", ", shown);
    }

    private static String unknown(String[] fields, int octets) {
        boolean printable = fields[0].chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return printable && fields[0].length() <= 32
                ? fields[0] + arguments(fields)
                : octets + " bytes of no known verb";
    }

    private static String cut(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    @Override
    public void end(State state, Turn<Message> turn) {
        if (state.heartbeats > 0) {
            Voice.of(this, turn, state.uid, state.id, "tcp")
                    .say(
                            state.last,
                            Speaker.UNKNOWN,
                            Topic.KEEPALIVE,
                            state.heartbeats + " heartbeats",
                            Fact.of("heartbeats", state.heartbeats));
        }
    }
}
