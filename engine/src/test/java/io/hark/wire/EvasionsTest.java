package io.hark.wire;

import static io.hark.wire.Capture.RAW;
import static io.hark.wire.Capture.ip;
import static io.hark.wire.Capture.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hark.event.Conn;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is done to mislead a monitor is told, once; what a capture does to frames is not.
class EvasionsTest {

    private static final int CLIENT = 40_000;
    private static final int SERVER = 8000;

    private static Capture open() {
        return new Capture(RAW)
                .frame(0, ask("S", 100, 0, ""))
                .frame(10, answer("S.", 500, 101, ""))
                .frame(20, ask(".", 101, 501, ""));
    }

    private static byte[] ask(String flags, long seq, long ack, String text) {
        return ip(1, 2, 6, tcp(CLIENT, SERVER, flags, seq, ack, text));
    }

    private static byte[] answer(String flags, long seq, long ack, String text) {
        return ip(2, 1, 6, tcp(SERVER, CLIENT, flags, seq, ack, text));
    }

    private static byte[] withTtl(int ttl, byte[] packet) {
        packet[8] = (byte) ttl;
        return packet;
    }

    @Test
    void other_bytes_for_what_was_sent_are_told_with_both() {
        Capture capture = open().frame(30, ask("P.", 101, 501, "GET /a"));
        capture.frame(40, ask("P.", 101, 501, "GET /\"\n"));
        capture.frame(50, ask("P.", 101, 501, "PUT /a"));
        assertThat(capture.anomalies())
                .containsExactly("rexmit_inconsistency: first \"GET /a\", later \"GET /\\x22\"");
    }

    @Test
    void other_bytes_for_what_waits_behind_a_hole_are_told() {
        Capture capture = open().frame(30, ask("P.", 105, 501, "good"));
        capture.frame(40, ask("P.", 103, 501, "xxevil"));
        assertThat(capture.anomalies())
                .containsExactly("rexmit_inconsistency: first \"good\", later \"evil\"");
    }

    @Test
    void bytes_with_another_ttl_for_what_was_sent_are_told() {
        Capture capture = open().frame(30, withTtl(3, ask("P.", 101, 501, "junk")));
        capture.frame(40, ask("P.", 101, 501, "real"));
        assertThat(capture.anomalies())
                .containsExactly(
                        "rexmit_inconsistency: first \"junk\", later \"real\"",
                        "rexmit_with_other_ttl: TTL 3 where others have 64");
    }

    @Test
    void what_is_sent_again_or_keeps_alive_is_no_anomaly() {
        Capture capture = open().frame(30, ask("P.", 101, 501, "GET /a"));
        capture.frame(240, ask("P.", 101, 501, "GET /a"));
        capture.frame(250, ask("P.", 101, 501, "GET /a more"));
        capture.frame(9000, ask(".", 111, 501, "\0"));
        assertThat(capture.anomalies()).isEmpty();
    }

    @Test
    void a_segment_far_outside_the_window_is_told_and_its_bytes_are_forgotten() {
        Capture capture = open().frame(30, ask("P.", 101, 501, "one"));
        capture.frame(40, ask("P.", 101 + 500_000, 501, "far"));
        capture.frame(50, ask("P.", 104, 501, "two"));
        capture.frame(60, answer(".", 501, 107, ""));
        assertThat(capture.anomalies())
                .containsExactly("est_packet_out_of_window: 499997 octets ahead of the stream");
        assertThat(capture.conns())
                .extracting(Conn::orig_bytes, Conn::missed_bytes)
                .containsExactly(tuple(6L, 0L));
    }

    @Test
    void frames_that_were_lost_are_no_segment_outside_the_window() {
        Capture capture = open().frame(30, ask("P.", 101, 501, "one"));
        capture.frame(40, ask("P.", 101 + 500_000, 501, "far"));
        capture.frame(50, answer(".", 501, 104 + 500_000, ""));
        capture.frame(60, ask("P.", 104 + 500_000, 501, "two"));
        assertThat(capture.anomalies()).isEmpty();
    }

    @Test
    void a_reset_beside_the_stream_is_told() {
        Capture capture = open().frame(30, ask("P.", 101, 501, "one"));
        capture.frame(40, answer("R", 2_000_000_000, 0, ""));
        assertThat(capture.anomalies()).hasSize(1).first().asString().startsWith("rst_out_of_w");
    }

    @Test
    void urgent_data_are_told_once() {
        Capture capture = open().frame(30, ask("P.U", 101, 501, "one"));
        capture.frame(40, ask("P.U", 104, 501, "two"));
        assertThat(capture.anomalies()).containsExactly("tcp_urgent_data: urgent pointer 0");
    }

    @Test
    void frames_captured_twice_are_counted_and_nothing_else() {
        List<byte[]> frames =
                List.of(
                        ask("S", 100, 0, ""),
                        answer("S.", 500, 101, ""),
                        ask(".", 101, 501, ""),
                        ask("P.", 101, 501, "GET"),
                        answer("P.", 501, 104, "HTTP"),
                        ask("F.", 104, 505, ""),
                        answer("F.", 505, 105, ""),
                        ask(".", 105, 506, ""));
        Capture once = new Capture(RAW);
        Capture twice = new Capture(RAW);
        for (int i = 0; i < frames.size(); i++) {
            once.frame(10 * i, frames.get(i));
            twice.frame(10 * i, frames.get(i));
            twice.frameMicros(10_000 * i + 50, frames.get(i));
        }
        assertThat(twice.anomalies()).isEmpty();
        Conn expected = once.conns().getFirst();
        assertThat(twice.conns())
                .extracting(
                        Conn::history,
                        Conn::conn_state,
                        Conn::orig_bytes,
                        Conn::missed_bytes,
                        Conn::orig_pkts)
                .containsExactly(
                        tuple(
                                expected.history(),
                                "SF",
                                3L,
                                0L,
                                2 * expected.orig_pkts())); // packets are counted as captured
        assertThat(twice.copied()).isEqualTo(frames.size());
        assertThat(once.copied()).isZero();
    }

    @Test
    void an_acknowledgement_before_its_data_makes_no_gap() {
        Capture capture = open().frame(30, ask("P.", 101, 501, "one"));
        capture.frame(40, answer("P.", 501, 107, "yes"));
        capture.frame(41, ask("P.", 104, 501, "two"));
        capture.frame(60, ask(".", 107, 504, ""));
        assertThat(capture.anomalies()).isEmpty();
        assertThat(capture.conns())
                .extracting(Conn::orig_bytes, Conn::resp_bytes, Conn::missed_bytes, Conn::history)
                .containsExactly(tuple(6L, 3L, 0L, "ShADd"));
    }

    @Test
    void what_is_acknowledged_and_never_comes_is_a_gap() {
        Capture capture = open().frame(30, ask("P.", 101, 501, "one"));
        capture.frame(40, answer("P.", 501, 107, "yes"));
        capture.frame(60, ask(".", 107, 504, ""));
        assertThat(capture.conns())
                .extracting(Conn::missed_bytes, Conn::history)
                .containsExactly(tuple(3L, "ShADdG"));
    }

    @Test
    void data_that_a_reset_overtook_are_no_anomaly() {
        Capture capture = open().frame(30, ask("R.", 104, 501, ""));
        capture.frame(31, ask("P.", 101, 501, "one"));
        assertThat(capture.anomalies()).isEmpty();
        capture.frame(40, ask("P.", 104, 501, "two"));
        assertThat(capture.anomalies()).containsExactly("data_after_reset");
    }

    @Test
    void anomalies_are_told_once_each() {
        Capture capture = open().frame(30, ask("R.", 101, 501, ""));
        for (int i = 0; i < 50; i++) {
            capture.frame(40 + i, ask("P.", 101 + 3L * i, 501, "two"));
        }
        assertThat(capture.anomalies()).containsExactly("data_after_reset");
    }
}
