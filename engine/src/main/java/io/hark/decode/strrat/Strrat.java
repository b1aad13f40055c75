package io.hark.decode.strrat;

import io.hark.StreamDecoder;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.bytes.codec.TextCodec;
import io.hark.carry.StreamPiece;
import io.hark.carry.frame.AsciiLength;
import io.hark.carry.frame.Frame;
import io.hark.carry.frame.FrameReader;
import io.hark.carry.frame.FrameState;
import io.hark.carry.frame.Framing;
import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import io.hark.schema.Stored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// STRRAT, whose implant calls and says `ping`.
///
/// *Shape*: decimal length, an empty line, so many octets: a word and fields between bars. The
/// implant's `ping` holds its host's profile and goes out every few seconds.
///
/// *Source*: corelight/zeek-strrat-detector, and a recorded session in which the controller is
/// silent; what it says is shown by its word, unverified.
public final class Strrat implements StreamDecoder<Strrat.State> {

    private static final Framing FRAMES = new AsciiLength("\r\n\r\n");
    private static final int MAX_FRAME = 1 << 20; // what a file manager or a key log sends at once
    private static final String SIGN = "ping|STRRAT|";

    /// Fields of a `ping`, in order.
    private static final List<String> FIELDS =
            List.of(
                    "family",
                    "victim",
                    "host",
                    "user",
                    "os",
                    "arch",
                    "antivirus",
                    "window",
                    "version",
                    "locale");

    private static final int WINDOW = 8; // among the words of a ping, counting itself

    /// What is known of one connection.
    ///
    /// @param frames octets that make no frame yet
    /// @param host the profile that was said last
    public record State(FrameState frames, String host) implements Stored {}

    @Override
    public String name() {
        return "strrat";
    }

    @Override
    public String about() {
        return "STRRAT: the host's profile and commands by name";
    }

    @Override
    public Info info() {
        return new Info(List.of("STRRAT"), STREAM, Set.of(), "everything", "", true);
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public int taste(StreamStart start) {
        int head =
                FRAMES.cut(start.originator()) instanceof Framing.Cut.Whole whole
                        ? (int) whole.head()
                        : -1;
        String begins = head < 0 ? "" : start.originator().ascii(head, head + SIGN.length());
        if (begins.equals(SIGN)) {
            return Verdict.YES;
        }
        boolean mayBe =
                head >= 0
                        ? SIGN.startsWith(begins)
                        : FRAMES.cut(start.originator()) instanceof Framing.Cut.Need;
        return mayBe && !start.over() ? Verdict.MORE : Verdict.NO;
    }

    @Override
    public State read(StreamPiece piece, @Nullable State state, Conversation turn) {
        State now = state == null ? new State(FrameState.START, "") : state;
        Voice voice = Voice.of(this, turn, piece, "tcp");
        Speaker side = piece.side() == Side.ORIGINATOR ? Speaker.IMPLANT : Speaker.OPERATOR;
        FrameReader reader = FrameReader.of(now.frames, piece, MAX_FRAME);
        String host = now.host;
        for (Frame frame : reader.all(FRAMES)) {
            String[] words = frame.text(StandardCharsets.UTF_8).split("\\|", -1);
            if (words[0].equals("ping") && side == Speaker.IMPLANT) {
                host = ping(frame, words, host, voice);
            } else {
                List<String> rest = Arrays.asList(words).subList(1, words.length);
                String text = (words[0] + " " + String.join(", ", rest)).strip();
                voice.verified(false)
                        .say(frame.ts(), side, Topic.UNKNOWN, text, Fact.of("verb", words[0]));
            }
        }
        voice.unread(piece, side, reader);
        return new State(reader.state(), host);
    }

    /// Says what a `ping` has that the one before had not; answers the host's profile.
    private static String ping(Frame frame, String[] words, String told, Voice voice) {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < FIELDS.size() && i + 1 < words.length; i++) {
            String value = i + 1 == WINDOW ? plain(words[i + 1]) : words[i + 1];
            if (!value.isEmpty()) {
                facts.add(Fact.of(FIELDS.get(i), value));
            }
        }
        if (words.length > FIELDS.size() + 1) {
            facts.add(Fact.of("idle", words[words.length - 1]));
        }
        String host =
                "%s@%s %s %s, STRRAT %s, %s"
                        .formatted(
                                word(words, 4),
                                word(words, 3),
                                word(words, 5),
                                word(words, 6),
                                word(words, 9),
                                word(words, 7));
        boolean isNew = !host.equals(told);
        voice.say(
                frame.ts(),
                Speaker.IMPLANT,
                isNew ? Topic.SYSINFO : Topic.BEACON,
                isNew ? host : "ping, window in front: " + plain(word(words, WINDOW)),
                facts);
        return host;
    }

    private static String word(String[] words, int n) {
        return n < words.length ? words[n] : "";
    }

    private static String plain(String base64) {
        byte[] octets = TextCodec.BASE64.decode(base64);
        return octets == null ? base64 : new String(octets, StandardCharsets.UTF_8);
    }
}
