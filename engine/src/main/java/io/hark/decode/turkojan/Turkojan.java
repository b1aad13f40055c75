package io.hark.decode.turkojan;

import io.hark.StreamDecoder;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.bytes.Bytes;
import io.hark.carry.StreamPiece;
import io.hark.carry.frame.Delimiter;
import io.hark.carry.frame.Exactly;
import io.hark.carry.frame.Frame;
import io.hark.carry.frame.FrameReader;
import io.hark.carry.frame.FrameState;
import io.hark.carry.frame.Framing;
import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import io.hark.schema.Stored;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A Turkish RAT that talks as Turkojan does: lines of words between bars.
///
/// *Shape*: the controller asks `ANABILGI|556`, the implant answers `ANABILGI|ip|country|name|…`;
/// `BAGLIMI?` asks whether the other is there. A connection of its own, which begins with `SH|556`,
/// brings a file: `CAPSCREEN|<path>|<size>`, then so many octets.
///
/// *Source*: notes on one published session that is not at hand; the name is what the words
/// suggest. No real capture verifies it.
public final class Turkojan implements StreamDecoder<Turkojan.State> {

    private static final Framing LINES = new Delimiter("\n");
    private static final Charset TURKISH = Charset.forName("windows-1254");
    private static final int MAX_FRAME = 1 << 20; // a picture of a screen
    private static final List<String> SIGNS = List.of("ANABILGI|", "SH|556", "CAPSCREEN|");

    /// Fields of the implant's answer, in order; empty names are of no known meaning.
    private static final List<String> FIELDS =
            List.of(
                    "address", "country", "name", "", "user", "os", "cpu", "ram", "version",
                    "date");

    /// What is known of one connection.
    ///
    /// @param frames octets that make no frame yet
    /// @param file octets of the file that comes next; 0 for none
    /// @param path its name
    public record State(FrameState frames, long file, String path) implements Stored {}

    @Override
    public String name() {
        return "turkojan";
    }

    @Override
    public String about() {
        return "RATs that talk as Turkojan does: the host's profile and screenshots";
    }

    @Override
    public Info info() {
        return new Info(List.of("Turkojan"), STREAM, Set.of(), "everything", "", false);
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public int taste(StreamStart start) {
        Bytes first = start.first() == Side.ORIGINATOR ? start.originator() : start.responder();
        if (SIGNS.stream().anyMatch(sign -> first.looksAt(0, sign))) {
            return Verdict.YES;
        }
        String begins = first.ascii(0, 10);
        boolean mayBe = SIGNS.stream().anyMatch(sign -> sign.startsWith(begins));
        return mayBe && !start.over() ? Verdict.MORE : Verdict.NO;
    }

    @Override
    public State read(StreamPiece piece, @Nullable State state, Conversation turn) {
        State now = state == null ? new State(FrameState.START, 0, "") : state;
        Voice voice = Voice.of(this, turn, piece, "tcp");
        Speaker side = piece.side() == Side.ORIGINATOR ? Speaker.IMPLANT : Speaker.OPERATOR;
        FrameReader reader = FrameReader.of(now.frames, piece, MAX_FRAME);
        long file = now.file;
        String path = now.path;
        while (true) {
            boolean picture = file > 0 && side == Speaker.IMPLANT;
            Frame frame = reader.next(picture ? new Exactly(file) : LINES);
            if (frame == null) {
                break;
            } else if (picture) {
                List<Fact> facts = new ArrayList<>(turn.keep(frame.body(), "jpg"));
                facts.add(Fact.of("path", path));
                String text = path + ", " + frame.body().length + " bytes";
                voice.say(frame.ts(), side, Topic.SCREENSHOT, text, facts);
                file = 0;
                continue;
            }
            String[] words = frame.text(TURKISH).strip().split("\\|", -1);
            if (words[0].equals("CAPSCREEN") && words.length > 2) {
                path = words[1];
                file = size(words[2]);
            } else {
                line(frame, words, side, voice);
            }
        }
        voice.unread(piece, side, reader);
        return new State(reader.state(), file, path);
    }

    private static void line(Frame frame, String[] words, Speaker side, Voice voice) {
        String rest = String.join(", ", Arrays.asList(words).subList(1, words.length));
        if (words[0].startsWith("BAGLIMI")) {
            voice.say(frame.ts(), side, Topic.KEEPALIVE, "are you there?");
        } else if (words[0].equals("ANABILGI") && words.length > 3) {
            List<Fact> facts = new ArrayList<>();
            for (int i = 0; i < FIELDS.size() && i + 1 < words.length; i++) {
                if (!FIELDS.get(i).isEmpty() && !words[i + 1].isEmpty()) {
                    facts.add(Fact.of(FIELDS.get(i), words[i + 1]));
                }
            }
            voice.say(frame.ts(), side, Topic.SYSINFO, rest.replaceAll(", $", ""), facts);
        } else if (words[0].equals("ANABILGI")) {
            voice.say(frame.ts(), side, Topic.SYSINFO, "tell me of your host");
        } else if (words[0].startsWith("CAPSCREEN")) {
            voice.say(frame.ts(), side, Topic.SCREENSHOT, "take a screenshot");
        } else if (words[0].equals("SH")) {
            voice.say(frame.ts(), side, Topic.CONTROL, "a connection for files");
        } else if (!words[0].isEmpty()) {
            voice.say(frame.ts(), side, Topic.TEXT, (words[0] + " " + rest).strip());
        }
    }

    private static long size(String digits) {
        return digits.matches("[0-9]{1,9}") ? Long.parseLong(digits) : 0;
    }
}
