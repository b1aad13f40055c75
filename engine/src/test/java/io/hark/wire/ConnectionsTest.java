package io.hark.wire;

import static io.hark.wire.Capture.RAW;
import static io.hark.wire.Capture.hex;
import static io.hark.wire.Capture.ip;
import static io.hark.wire.Capture.ipv4;
import static io.hark.wire.Capture.tcp;
import static io.hark.wire.Capture.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hark.event.Conn;
import org.junit.jupiter.api.Test;

/// Where connections begin, who began them, and what counts.
class ConnectionsTest {

    @Test
    void one_datagram_has_no_duration_but_a_size() {
        assertThat(new Capture(RAW).frame(0, ip(1, 2, 17, udp(40_000, 9, hex("616263")))).conns())
                .extracting(Conn::duration, Conn::orig_bytes, Conn::resp_bytes)
                .containsExactly(tuple(null, 3L, 0L));
    }

    @Test
    void each_refused_attempt_is_a_connection() {
        Capture capture = new Capture(RAW);
        for (int i = 0; i < 3; i++) { // a Windows host tries three times with the same numbers
            capture.frame(500 * i, ip(1, 2, 6, tcp(40_000, 110, "S", 100, 0, "")));
            capture.frame(500 * i + 50, ip(2, 1, 6, tcp(110, 40_000, "R.", 0, 101, "")));
        }
        assertThat(capture.conns())
                .extracting(Conn::conn_state, Conn::history, Conn::orig_pkts)
                .containsExactly(
                        tuple("REJ", "Sr", 1L), tuple("REJ", "Sr", 1L), tuple("REJ", "Sr", 1L));
    }

    @Test
    void a_copy_of_a_refused_attempt_is_no_other_connection() {
        Capture capture = new Capture(RAW);
        capture.frame(0, ip(1, 2, 6, tcp(40_000, 110, "S", 100, 0, "")));
        capture.frame(1, ip(2, 1, 6, tcp(110, 40_000, "R.", 0, 101, "")));
        capture.frame(2, ip(1, 2, 6, tcp(40_000, 110, "S", 100, 0, "")));
        capture.frame(3, ip(2, 1, 6, tcp(110, 40_000, "R.", 0, 101, "")));
        assertThat(capture.conns()).extracting(Conn::orig_pkts).containsExactly(2L);
    }

    @Test
    void a_new_number_after_one_side_closed_is_a_new_connection() {
        Capture capture = new Capture(RAW);
        capture.frame(0, ip(1, 2, 6, tcp(40_000, 80, "S", 100, 0, "")));
        capture.frame(1, ip(2, 1, 6, tcp(80, 40_000, "S.", 500, 101, "")));
        capture.frame(2, ip(1, 2, 6, tcp(40_000, 80, ".", 101, 501, "")));
        capture.frame(3, ip(1, 2, 6, tcp(40_000, 80, "F.", 101, 501, "")));
        capture.frame(4, ip(1, 2, 6, tcp(40_000, 80, "S", 90_000, 0, "")));
        assertThat(capture.conns())
                .extracting(Conn::conn_state, Conn::history)
                .containsExactly(tuple("S2", "ShAF"), tuple("S0", "S"));
    }

    @Test
    void a_new_number_in_an_open_connection_does_not_cut_it() {
        Capture capture = new Capture(RAW);
        capture.frame(0, ip(1, 2, 6, tcp(40_000, 80, "S", 100, 0, "")));
        capture.frame(1, ip(2, 1, 6, tcp(80, 40_000, "S.", 500, 101, "")));
        capture.frame(2, ip(1, 2, 6, tcp(40_000, 80, ".", 101, 501, "")));
        capture.frame(3, ip(1, 2, 6, tcp(40_000, 80, "S", 90_000, 0, "")));
        assertThat(capture.conns()).hasSize(1);
    }

    @Test
    void who_acknowledges_a_syn_ack_has_asked_for_it() {
        // Both ports are servers' own, so that they do not tell who called.
        Capture capture = new Capture(RAW);
        capture.frame(0, ip(2, 1, 6, tcp(80, 6669, "S.", 500, 101, "")));
        capture.frame(1, ip(1, 2, 6, tcp(6669, 80, ".", 101, 501, "")));
        capture.frame(2, ip(1, 2, 6, tcp(6669, 80, "P.", 101, 501, "GET")));
        capture.frame(3, ip(2, 1, 6, tcp(80, 6669, "P.", 501, 104, "HTTP")));
        assertThat(capture.conns())
                .extracting(
                        c -> c.id().orig_p(),
                        Conn::history,
                        Conn::conn_state,
                        Conn::orig_bytes,
                        Conn::resp_bytes)
                .containsExactly(tuple(6669, "^hADd", "S1", 3L, 4L));
    }

    @Test
    void who_resets_after_a_syn_ack_was_scanned_by_it() {
        Capture capture = new Capture(RAW);
        capture.frame(0, ip(2, 1, 6, tcp(80, 6669, "S.", 500, 101, "")));
        capture.frame(1, ip(1, 2, 6, tcp(6669, 80, "R", 101, 0, "")));
        assertThat(capture.conns())
                .extracting(c -> c.id().orig_p(), Conn::history, Conn::conn_state)
                .containsExactly(tuple(80, "Hr", "REJ"));
    }

    @Test
    void a_handshake_in_the_wrong_order_is_told_by_its_true_sides() {
        Capture capture = new Capture(RAW);
        capture.frame(0, ip(2, 1, 6, tcp(9_999, 40_000, "S.", 500, 101, "")));
        capture.frame(1, ip(1, 2, 6, tcp(40_000, 9_999, "S", 100, 0, "")));
        capture.frame(2, ip(1, 2, 6, tcp(40_000, 9_999, "P.", 101, 501, "hello")));
        assertThat(capture.conns())
                .extracting(
                        c -> c.id().orig_p(),
                        Conn::history,
                        Conn::conn_state,
                        Conn::orig_bytes,
                        Conn::orig_pkts)
                .containsExactly(tuple(40_000, "^hSD", "S1", 5L, 2L));
    }

    @Test
    void a_dhcp_server_answers_its_client_but_calls_where_it_broadcasts() {
        int everybody = 0xffff_ffff;
        Capture capture = new Capture(RAW);
        capture.frame(0, ip(1, 2, 17, udp(67, 68, hex("02"))));
        capture.frame(1, ipv4(0x0a00_0001, everybody, 17, udp(67, 68, hex("02"))));
        assertThat(capture.conns())
                .extracting(c -> c.id().orig_p(), Conn::history, Conn::conn_state)
                .containsExactly(tuple(68, "^d", "SHR"), tuple(67, "D", "S0"));
    }

    @Test
    void packets_with_bad_checksums_are_told_of_and_not_counted() {
        byte[] sound = udp(40_000, 9, hex("61626364"));
        byte[] damaged = sound.clone();
        damaged[6] = 0x12;
        byte[] echo = hex("0800 0000 0001 0001 61626364"); // its checksum was left out
        Capture capture =
                new Capture(RAW)
                        .frame(0, ip(1, 2, 17, sound))
                        .frame(1, ip(1, 2, 17, damaged))
                        .frame(2, ip(3, 4, 1, echo));
        assertThat(capture.conns(Setup.Checksums.VERIFY, 1))
                .extracting(Conn::proto, Conn::history, Conn::orig_pkts, Conn::orig_bytes)
                .containsExactly(tuple("udp", "DC", 1L, 4L), tuple("icmp", "C", 0L, 0L));
        assertThat(capture.conns())
                .extracting(Conn::proto, Conn::history, Conn::orig_pkts)
                .containsExactly(tuple("udp", "D", 2L), tuple("icmp", null, 1L));
    }
}
