package io.hark;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.bytes.Bytes;
import io.hark.event.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DriverTest {

    /// Lines; a line that is a digit is followed by a body of so many bytes.
    private static final class Lines implements StreamParser {
        @Override
        public String name() {
            return "lines";
        }

        @Override
        public String about() {
            return "lines of text";
        }

        @Override
        public Hints hints() {
            return Hints.ports(1);
        }

        @Override
        public int probe(Bytes head, Side side) {
            return Verdict.MAYBE;
        }

        @Override
        public Session open(Connection connection) {
            return new Session() {
                private @Nullable Body open;

                @Override
                public int frame(Bytes head, Side side) {
                    return head.indexOf('\n', 0) + 1;
                }

                @Override
                public void message(Bytes whole, Side side) {
                    int first = whole.peek(0);
                    connection.anomaly(side.name(), whole.ascii(whole.remaining() - 1));
                    if (first > '0' && first <= '9') {
                        open = connection.body(side, "LINES", null, null, first - '0');
                        connection.pass(open, first - '0');
                    }
                }

                @Override
                public void passed(Body body, Side side) {
                    body.end();
                    open = null;
                }

                @Override
                public boolean gap(Side side, long bytes) {
                    connection.anomaly("gap", Long.toString(bytes));
                    return true;
                }

                @Override
                public void end(Side side) {
                    connection.anomaly("end", side.name());
                }

                @Override
                public void close() {
                    if (open != null) {
                        open.end();
                    }
                }
            };
        }
    }

    private static final List<Script.Step> SCRIPT =
            new Script()
                    .originator("hello\n5\nab")
                    .responder("yes\n")
                    .originator("cdethere\n3\nx")
                    .gap(Side.ORIGINATOR, 4)
                    .originator("on\n")
                    .end(Side.ORIGINATOR)
                    .steps();

    @Test
    void a_script_is_framed_and_bodies_go_by() {
        TestConnection seen = Driver.torture(new Lines(), SCRIPT, 200);

        assertThat(seen.anomalies)
                .containsExactly(
                        "ORIGINATOR: hello",
                        "ORIGINATOR: 5",
                        "RESPONDER: yes",
                        "ORIGINATOR: there",
                        "ORIGINATOR: 3",
                        "gap: 2",
                        "ORIGINATOR: on",
                        "end: ORIGINATOR");
        assertThat(seen.bodies).extracting(TestBody::text).containsExactly("abcde", "x");
        assertThat(seen.bodies.get(1).missing()).isEqualTo(2);
        assertThat(seen.bodies).allMatch(TestBody::hasEnded);
    }
}
