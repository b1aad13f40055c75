package io.hark.decode.plugx;

import io.hark.StreamDecoder;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.bytes.Bytes;
import io.hark.bytes.Legible;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// PlugX over TCP, in the builds whose key stream has the constants of the first two.
///
/// *Shape*: frames of a [Header] and what it says follows; every one brings its own key, so that
/// nothing has to be known, and reading goes on behind a gap. Texts are UTF-16, among numbers that
/// differ from build to build: they are shown as they are found.
///
/// *Source*: the description in ChopShop's `plugx_tcp_decode`. No real capture verifies it.
public final class PlugX implements StreamDecoder<PlugX.State> {

    private static final int MAX_FRAME = Header.OCTETS + 0xffff; // a length of 16 bits

    /// What is known of one connection: octets that make no frame yet.
    public record State(FrameState frames) implements Stored {}

    @Override
    public String name() {
        return "plugx";
    }

    @Override
    public String about() {
        return "PlugX over TCP: orders and answers, shells, files";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("PlugX"),
                STREAM,
                Set.of(),
                "everything of builds with the usual constants, whose frames bring their keys",
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
        if (first.length() < Header.OCTETS) {
            return start.over() ? Verdict.NO : Verdict.MORE;
        }
        return Header.at(first, 0) != null ? Verdict.YES : Verdict.NO;
    }

    private static final Framing FRAMES =
            new Framing() {
                @Override
                public Cut cut(Bytes head) {
                    if (head.length() < Header.OCTETS) {
                        return new Cut.Need(Header.OCTETS);
                    }
                    Header header = Header.at(head, 0);
                    return header == null
                            ? new Cut.Malformed("no header under its own key")
                            : new Cut.Whole(Header.OCTETS, header.length(), 0);
                }

                @Override
                public int resume(Bytes piece) {
                    for (int at = 0; at + Header.OCTETS <= piece.length(); at++) {
                        if (Header.at(piece, at) != null) {
                            return at;
                        }
                    }
                    return -1;
                }
            };

    @Override
    public State read(StreamPiece piece, @Nullable State state, Conversation turn) {
        Voice voice = Voice.of(this, turn, piece, "tcp", "plugx", "lznt1");
        Speaker side = piece.side() == Side.ORIGINATOR ? Speaker.IMPLANT : Speaker.OPERATOR;
        FrameReader reader =
                FrameReader.of(state == null ? FrameState.START : state.frames, piece, MAX_FRAME);
        for (Frame frame : reader.all(FRAMES)) {
            say(frame, side, voice, turn);
        }
        voice.unread(piece, side, reader);
        return new State(reader.state());
    }

    private static void say(Frame frame, Speaker side, Voice voice, Conversation turn) {
        Header header = Header.at(Bytes.of(frame.head()), 0);
        if (header == null) {
            return; // cannot be: it marked the frame off
        }
        Order order = header.order();
        byte[] plain = frame.missing() > 0 ? null : header.open(frame);
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("order", "0x%04x".formatted(header.number())));
        facts.add(Fact.of("bytes", plain == null ? header.length() : plain.length));
        if (plain == null) {
            String text = order.says() + ": " + header.length() + " bytes that do not decompress";
            voice.say(frame.ts(), side, Topic.BINARY, text, facts);
            return;
        }
        if (order.isFile() && plain.length > 0) {
            facts.addAll(turn.keep(plain, "part"));
            voice.say(frame.ts(), side, order.topic(), order.says(), facts);
            return;
        }
        String text = (order.says() + " " + Legible.of(plain)).strip();
        voice.say(frame.ts(), side, order.topic(), text, facts);
    }
}
