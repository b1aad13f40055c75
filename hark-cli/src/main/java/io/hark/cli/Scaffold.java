package io.hark.cli;

import io.hark.sensor.FirstLook;

/// The source that a decoder begins with: it compiles, cuts frames, and says each as octets.
///
/// @param name the decoder's name
/// @param look what is known of its traffic
record Scaffold(String name, FirstLook look) {

    private static final String TEMPLATE =
            """
            import io.hark.StreamDecoder;
            import io.hark.Verdict;
            import io.hark.Voice;
            import io.hark.carry.StreamPiece;
            import io.hark.carry.frame.*;
            import io.hark.carry.frame.LengthPrefix.Width;
            import io.hark.event.Fact;
            import io.hark.event.Message.Speaker;
            import io.hark.event.Side;
            import io.hark.event.Topic;
            import io.hark.schema.Stored;
            import java.nio.charset.StandardCharsets;
            import java.util.List;
            import java.util.Set;

            /// What the protocol looks like, and where that is written down.
            public final class @CLASS@ implements StreamDecoder<@CLASS@.State> {

                /// How messages are marked off: @WORDS@.
                private static final Framing FRAMES = @FRAMING@;

                private static final int MAX_FRAME = 1 << 20; // octets; say what is that long

                /// What is kept between two pieces of a connection.
                public record State(FrameState frames) implements Stored {}

                @Override
                public String name() {
                    return "@NAME@";
                }

                @Override
                public String about() {
                    return "one line for 'hark list'";
                }

                @Override
                public Info info() {
                    return new Info(List.of("@NAME@"), STREAM, Set.of(), "everything", "", false);
                }

                @Override
                public Class<State> stateType() {
                    return State.class;
                }

                /// Whether a connection is this protocol's, by its first octets. Say no as early as you can.
                @Override
                public int taste(StreamStart start) {
                    boolean whole = FRAMES.cut(start.originator()) instanceof Framing.Cut.Whole;
                    if (!whole) {
                        return start.over() ? Verdict.NO : Verdict.MORE;
                    }
                    return Verdict.YES; // too kind: look at what is in the frame
                }

                @Override
                public State read(StreamPiece piece, State state, Conversation turn) {
                    FrameReader reader =
                            FrameReader.of(state == null ? FrameState.START : state.frames(), piece, MAX_FRAME);
                    Voice voice = Voice.of(this, turn, piece, "tcp");
                    Speaker side = piece.side() == Side.ORIGINATOR ? Speaker.IMPLANT : Speaker.OPERATOR;
                    for (Frame frame : reader.all(FRAMES)) {
                        say(frame, side, voice);
                    }
                    voice.unread(piece, side, reader);
                    return new State(reader.state());
                }

                private static void say(Frame frame, Speaker side, Voice voice) {
                    String text = frame.text(StandardCharsets.UTF_8);
                    Fact octets = Fact.of("bytes", frame.body().length);
                    voice.say(frame.ts(), side, Topic.UNKNOWN, text, octets);
                }
            }
            """;

    /// The file's name.
    String file() {
        return type() + ".java";
    }

    private String type() {
        StringBuilder type = new StringBuilder();
        for (String word : name.split("-")) {
            if (!word.isEmpty()) {
                type.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
        }
        return type.toString();
    }

    /// What is in it.
    String text() {
        FirstLook.Guess best = look.best();
        return TEMPLATE.replace("@CLASS@", type())
                .replace("@NAME@", name)
                .replace("@WORDS@", best == null ? "not known yet, lines for now" : best.words())
                .replace("@FRAMING@", best == null ? "new Delimiter(\"\\n\")" : best.java());
    }
}
