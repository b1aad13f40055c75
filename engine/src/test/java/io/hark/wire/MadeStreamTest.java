package io.hark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.carry.InnerBytes;
import io.hark.event.Conn;
import io.hark.event.Endpoints;
import io.hark.event.Side;
import io.hark.schema.Addr;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections made up for bytes that a tunnel carried.
class MadeStreamTest {

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "2001:db8::1"})
    void a_made_up_connection_is_one_that_was_opened_and_closed_with_sound_packets(String host) {
        Endpoints ends = new Endpoints(Addr.parse(host), 4000, Addr.parse(host), 80);
        MadeStream stream = new MadeStream(ends);
        Capture capture = new Capture(Capture.RAW);
        int[] at = new int[1];
        for (InnerBytes said :
                List.of(
                        said(ends, Side.ORIGINATOR, 3000, false),
                        said(ends, Side.RESPONDER, 5, false),
                        said(ends, Side.RESPONDER, 0, true),
                        said(ends, Side.ORIGINATOR, 0, true),
                        said(ends, Side.ORIGINATOR, 9, false))) {
            stream.add(said, packet -> capture.frame(at[0]++, packet));
        }
        assertThat(capture.conns(Setup.Checksums.VERIFY, 1))
                .singleElement()
                .satisfies(
                        conn -> {
                            assertThat(conn.conn_state()).isEqualTo("SF");
                            assertThat(conn.orig_bytes()).isEqualTo(3000);
                            assertThat(conn.resp_bytes()).isEqualTo(5);
                            assertThat(conn.missed_bytes()).isZero();
                        });
    }

    @Test
    void missing_bytes_are_missing_in_the_made_up_connection() {
        Endpoints ends = new Endpoints(Addr.v4(1 << 24 | 1), 1, Addr.v4(1 << 24 | 2), 2);
        MadeStream stream = new MadeStream(ends);
        Capture capture = new Capture(Capture.RAW);
        stream.add(said(ends, Side.ORIGINATOR, 4, false), packet -> capture.frame(0, packet));
        InnerBytes gap = new InnerBytes(0, ends, Side.ORIGINATOR, 10, new byte[4], true);
        stream.add(gap, packet -> capture.frame(1, packet));
        List<Conn> conns = capture.conns(Setup.Checksums.VERIFY, 1);
        assertThat(conns.getFirst().missed_bytes()).isEqualTo(10);
    }

    private static InnerBytes said(Endpoints ends, Side side, int length, boolean end) {
        return new InnerBytes(0, ends, side, 0, new byte[length], end);
    }
}
