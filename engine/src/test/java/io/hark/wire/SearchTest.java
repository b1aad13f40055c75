package io.hark.wire;

import static io.hark.wire.Capture.RAW;
import static io.hark.wire.Capture.ip;
import static io.hark.wire.Capture.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who reads a stream that ends before everybody has made up their minds.
class SearchTest {

    private final List<String> told = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_guess_is_good_enough_when_nothing_more_comes(boolean closed) {
        Capture capture = talk(closed).readBy(reader("sure", 0), reader("guess", Verdict.MAYBE));
        assertThat(capture.conns()).extracting(c -> c.service()).containsExactly("guess");
        assertThat(told).contains("guess read hello").doesNotContain("sure read hello");
        assertThat(told.contains("guess end")).isEqualTo(closed);
    }

    @Test
    void where_nobody_guesses_nobody_reads() {
        assertThat(talk(true).readBy(reader("sure", 0)).conns())
                .extracting(c -> c.service())
                .containsExactly((String) null);
        assertThat(told).isEmpty();
    }

    private static Capture talk(boolean closed) {
        Capture capture =
                new Capture(RAW)
                        .frame(0, ip(1, 2, 6, tcp(40_000, 9, "S", 100, 0, "")))
                        .frame(1, ip(2, 1, 6, tcp(9, 40_000, "S.", 500, 101, "")))
                        .frame(2, ip(1, 2, 6, tcp(40_000, 9, ".", 101, 501, "hello")));
        return closed
                ? capture.frame(3, ip(1, 2, 6, tcp(40_000, 9, "F.", 106, 501, "")))
                        .frame(4, ip(2, 1, 6, tcp(9, 40_000, "F.", 501, 107, "")))
                        .frame(5, ip(1, 2, 6, tcp(40_000, 9, ".", 107, 502, "")))
                : capture;
    }

    private StreamParser reader(String name, int verdict) {
        return new StreamParser() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String about() {
                return name;
            }

            @Override
            public Hints hints() {
                return Hints.ports(9);
            }

            @Override
            public int probe(Bytes head, Side side) {
                return verdict;
            }

            @Override
            public Session open(Connection connection) {
                return new Session() {
                    @Override
                    public int frame(Bytes head, Side side) {
                        return head.length();
                    }

                    @Override
                    public void message(Bytes whole, Side side) {
                        connection.confirm();
                        told.add(name + " read " + whole.ascii(0, whole.length()));
                    }

                    @Override
                    public void end(Side side) {
                        told.add(name + " end");
                    }
                };
            }
        };
    }
}
