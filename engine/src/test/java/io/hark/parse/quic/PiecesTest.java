package io.hark.parse.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PiecesTest {

    private final StringBuilder told = new StringBuilder();
    private final Pieces pieces =
            new Pieces(
                    new Pieces.Taker() {
                        @Override
                        public void take(Bytes piece) {
                            told.append(piece.ascii(piece.remaining()));
                        }

                        @Override
                        public void lose(long octets) {
                            told.append('[').append(octets).append(']');
                        }

                        @Override
                        public void end() {
                            told.append('.');
                        }
                    });

    private void add(int offset, String text, boolean ends) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        pieces.add(offset, ends, Bytes.of(octets), octets.length);
    }

    @Test
    void pieces_out_of_order_and_over_one_another_come_out_once() {
        add(6, "world", true);
        add(2, "llo ", false);
        assertThat(told).asString().isEmpty();
        add(0, "hel", false);
        assertThat(told).asString().isEqualTo("hello world.");
        add(3, "lo wor", false);
        assertThat(told).asString().isEqualTo("hello world.");
        assertThat(pieces.kept()).isZero();
        assertThat(pieces.isEnded()).isTrue();
    }

    @Test
    void what_never_comes_is_told_as_missing() {
        add(0, "a", false);
        add(4, "e", false);
        add(8, "i", true);
        pieces.giveUp();
        assertThat(told).asString().isEqualTo("a[3]e");
        pieces.close();
        assertThat(told).asString().isEqualTo("a[3]e[3]i.");
        assertThat(pieces.kept()).isZero();
    }

    @Test
    void an_end_without_octets_ends_it() {
        add(0, "all", false);
        add(3, "", true);
        assertThat(told).asString().isEqualTo("all.");
    }
}
