package io.hark.carry.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hark.carry.StreamPiece;
import io.hark.carry.frame.LengthPrefix.Width;
import io.hark.event.Endpoints;
import io.hark.event.Side;
import io.hark.schema.Addr;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FrameReaderTest {

    private static final Endpoints ID = new Endpoints(Addr.v4(1), 1, Addr.v4(2), 2);
    private static final int LIMIT = 1000;

    private FrameState state = FrameState.START;
    private long now;
    private String trouble = "";

    /// Plays a piece; what it completes, as text. The state is written and read back.
    private List<String> play(Framing framing, String bytes, long gap) {
        List<String> bodies = new ArrayList<>();
        byte[] octets = bytes.getBytes(ISO_8859_1);
        StreamPiece piece =
                new StreamPiece(++now, "C", ID, "d", now, Side.ORIGINATOR, 0, octets, gap, false);
        FrameReader reader = FrameReader.of(state, piece, LIMIT);
        for (Frame frame = reader.next(framing); frame != null; frame = reader.next(framing)) {
            String missing = frame.missing() == 0 ? "" : " -" + frame.missing();
            bodies.add(frame.text(ISO_8859_1).replace('\0', '_') + missing);
        }
        trouble = reader.trouble() == null ? trouble : reader.trouble();
        Kind<FrameState> kind = Kind.of(FrameState.class);
        state = Codec.read(kind, Codec.write(kind, reader.state()));
        return bodies;
    }

    private List<String> play(Framing framing, String bytes) {
        return play(framing, bytes, 0);
    }

    static List<Arguments> framings() {
        return List.of(
                Arguments.of(
                        LengthPrefix.of(Width.U8), "\1a\3bcd\0\2ef", List.of("a", "bcd", "", "ef")),
                Arguments.of(LengthPrefix.of(Width.U16_LE), "\3\0abc\1\0d", List.of("abc", "d")),
                Arguments.of(LengthPrefix.of(Width.U16_BE), "\0\3abc\0\1d", List.of("abc", "d")),
                Arguments.of(
                        LengthPrefix.of(Width.U32_LE), "\3\0\0\0abc\1\0\0\0d", List.of("abc", "d")),
                Arguments.of(LengthPrefix.of(Width.U32_BE), "\0\0\0\3abc", List.of("abc")),
                Arguments.of(
                        LengthPrefix.of(Width.U16_BE).countingHead(),
                        "\0\5abc\0\2",
                        List.of("abc", "")),
                Arguments.of(
                        LengthPrefix.of(Width.U32_LE).behind("MAGIC").head(13).countingHead(),
                        "MAGIC\20\0\0\0....abcMAGIC\15\0\0\0....",
                        List.of("abc", "")),
                Arguments.of(
                        new AsciiLength("\0"),
                        "3\0abc0\00012\0abcdefghijkl",
                        List.of("abc", "", "abcdefghijkl")),
                Arguments.of(new AsciiLength("\r\n\r\n"), "3\r\n\r\nabc", List.of("abc")),
                Arguments.of(
                        new Delimiter("\r\n"), "abc\r\r\n\r\nd\r\n", List.of("abc\r", "", "d")),
                Arguments.of(new Exactly(3), "abcdef", List.of("abc", "def")));
    }

    @ParameterizedTest
    @MethodSource("framings")
    void frames_are_the_same_however_the_bytes_are_cut(
            Framing framing, String bytes, List<String> bodies) {
        assertThat(play(framing, bytes)).isEqualTo(bodies);
        for (long seed = 1; seed <= 100; seed++) {
            state = FrameState.START;
            Random random = new Random(seed);
            List<String> read = new ArrayList<>();
            for (int at = 0; at < bytes.length(); ) {
                int end = Math.min(bytes.length(), at + 1 + random.nextInt(4));
                read.addAll(play(framing, bytes.substring(at, end)));
                at = end;
            }
            assertThat(read).as("seed %d", seed).isEqualTo(bodies);
        }
    }

    @Test
    void a_frame_has_the_time_of_its_first_octet() {
        StreamPiece first = piece(10, "3");
        FrameReader reader = FrameReader.of(FrameState.START, first, LIMIT);
        assertThat(reader.next(new AsciiLength("\0"))).isNull();
        reader = FrameReader.of(reader.state(), piece(20, "\0abc1\0d"), LIMIT);
        assertThat(reader.next(new AsciiLength("\0")).ts()).isEqualTo(10);
        assertThat(reader.next(new AsciiLength("\0")).ts()).isEqualTo(20);
    }

    private static StreamPiece piece(long ts, String bytes) {
        byte[] octets = bytes.getBytes(ISO_8859_1);
        return new StreamPiece(ts, "C", ID, "d", ts, Side.RESPONDER, 0, octets, 0, false);
    }

    @Test
    void framing_may_change_from_frame_to_frame() {
        StreamPiece piece = piece(1, "FILE 3\nabcDONE\nraw");
        FrameReader reader = FrameReader.of(FrameState.START, piece, LIMIT);
        assertThat(reader.next(new Delimiter("\n")).text(ISO_8859_1)).isEqualTo("FILE 3");
        assertThat(reader.next(new Exactly(3)).text(ISO_8859_1)).isEqualTo("abc");
        assertThat(reader.next(new Delimiter("\n")).text(ISO_8859_1)).isEqualTo("DONE");
        assertThat(reader.rest()).isEqualTo("raw".getBytes(ISO_8859_1));
        assertThat(reader.state().responder().runs()).isEmpty();
    }

    @Test
    void a_gap_within_a_frame_takes_only_that_frames_octets() {
        Framing framing = new AsciiLength("\0");
        assertThat(play(framing, "10\0abc")).isEmpty();
        assertThat(play(framing, "", 4)).isEmpty();
        assertThat(play(framing, "xyz2\0hi")).containsExactly("abc____xyz -4", "hi");
    }

    @Test
    void a_gap_to_the_end_of_a_frame_completes_it() {
        Framing framing = new AsciiLength("\0");
        play(framing, "5\0abc");
        assertThat(play(framing, "", 2)).containsExactly("abc__ -2");
        assertThat(play(framing, "2\0hi")).containsExactly("hi");
    }

    @Test
    void behind_any_other_gap_the_next_frame_is_looked_for() {
        Framing framing = new AsciiLength("\0");
        play(framing, "5\0abc");
        assertThat(play(framing, "", 100)).isEmpty();
        assertThat(play(framing, "of an image")).isEmpty();
        assertThat(play(framing, "2\0hi")).containsExactly("hi");
    }

    @Test
    void lines_go_on_behind_the_line_that_a_gap_took() {
        Framing framing = new Delimiter("\n");
        assertThat(play(framing, "one\ntw")).containsExactly("one");
        assertThat(play(framing, "", 9)).isEmpty();
        assertThat(play(framing, "ree\nfour\n")).containsExactly("four");
    }

    @Test
    void behind_a_gap_a_magic_text_is_found_and_a_bare_length_is_not() {
        Framing magic = LengthPrefix.of(Width.U8).behind("GO");
        play(magic, "", 50);
        assertThat(play(magic, "noise GGO\2hi")).containsExactly("hi");
        state = FrameState.START;
        play(LengthPrefix.of(Width.U8), "", 50);
        assertThat(play(LengthPrefix.of(Width.U8), "\2hi")).isEmpty();
    }

    @Test
    void a_frame_beyond_the_limit_leaves_that_side_adrift() {
        Framing framing = LengthPrefix.of(Width.U32_LE);
        assertThat(play(framing, "\377\377\377\377abc")).isEmpty();
        assertThat(trouble).contains("4294967299 bytes");
        assertThat(play(framing, "\1\0\0\0a")).isEmpty();
        assertThat(state.originator().adrift()).isTrue();
        assertThat(state.responder().adrift()).isFalse();
    }

    @Test
    void a_line_without_an_end_is_given_up() {
        for (int i = 0; i < 300; i++) {
            play(new Delimiter("\n"), "abcd");
        }
        assertThat(trouble).contains("no end of a frame within 1000 bytes");
        assertThat(state.originator().runs()).isEmpty();
    }

    @Test
    void what_waits_is_kept_in_few_runs() {
        play(LengthPrefix.of(Width.U16_LE), "\350\3"); // 1,000 octets
        for (int i = 0; i < 900; i++) {
            play(LengthPrefix.of(Width.U16_LE), "x");
            assertThat(state.originator().runs().size()).isLessThanOrEqualTo(11);
        }
    }

    @Test
    void noise_ends_in_frames_or_in_trouble_and_never_throws() {
        for (long seed = 1; seed <= 400; seed++) {
            Random random = new Random(seed);
            state = FrameState.START;
            Framing framing = (Framing) framings().get(random.nextInt(framings().size())).get()[0];
            for (int i = 0; i < 30; i++) {
                byte[] noise = new byte[random.nextInt(40)];
                random.nextBytes(noise);
                int gap = random.nextInt(10) == 0 ? random.nextInt(2000) : 0;
                String text = random.nextBoolean() ? "12\0MAGIC\n" : new String(noise, ISO_8859_1);
                assertThat(play(framing, gap > 0 ? "" : text, gap)).as("seed %d", seed).isNotNull();
            }
        }
    }
}
