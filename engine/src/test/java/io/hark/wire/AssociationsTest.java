package io.hark.wire;

import static io.hark.wire.Capture.RAW;
import static io.hark.wire.Capture.hex;
import static io.hark.wire.Capture.ip;
import static io.hark.wire.Capture.join;
import static io.hark.wire.Capture.u16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hark.event.Conn;
import io.hark.event.Sctp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How SCTP associations begin and end, and what they carry.
class AssociationsTest {

    private static final int PORT = 40_000;
    private static final int SERVER = 2905;
    private static final int ORIG = 0x1111_1111;
    private static final int RESP = 0x9222_2222;

    private static byte[] packet(boolean asks, int tag, byte[]... chunks) {
        byte[] ports = join(u16(asks ? PORT : SERVER), u16(asks ? SERVER : PORT));
        byte[] body = join(ports, u32(tag), u32(0), join(chunks));
        return asks ? ip(1, 2, 132, body) : ip(2, 1, 132, body);
    }

    private static byte[] u32(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] chunk(int type, byte[] value) {
        byte[] padding = new byte[-value.length & 3];
        return join(
                new byte[] {(byte) type, (byte) (type == 0 ? 3 : 0)},
                u16(4 + value.length),
                value,
                padding);
    }

    private static byte[] init(int type, int tag, byte[]... parameters) {
        return chunk(
                type, join(u32(tag), u32(65_536), u16(10), u16(2048), u32(1), join(parameters)));
    }

    private static byte[] data(int stream, int protocol, String text) {
        byte[] head = join(u32(1), u16(stream), u16(0), u32(protocol));
        return chunk(0, join(head, text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Capture established() {
        return new Capture(RAW)
                .frame(0, packet(true, 0, init(1, ORIG, hex("00050008 0a000009"))))
                .frame(1, packet(false, ORIG, init(2, RESP)))
                .frame(2, packet(true, RESP, chunk(10, hex("00010203"))))
                .frame(3, packet(false, ORIG, chunk(11, new byte[0])));
    }

    private static List<Sctp> told(Capture capture) {
        return EventsOf.kind(Sctp.class, capture, 1);
    }

    @Test
    void an_association_that_was_shut_down_tells_all_of_itself() {
        Capture capture =
                established()
                        .frame(4, packet(true, RESP, data(3, 46, "hello"), data(0, 46, "x")))
                        .frame(5, packet(false, ORIG, chunk(3, new byte[12]), data(7, 0, "bye")))
                        .frame(6, packet(true, RESP, chunk(7, new byte[4])))
                        .frame(7, packet(false, ORIG, chunk(8, new byte[0])))
                        .frame(8, packet(true, RESP, chunk(14, new byte[0])));
        assertThat(told(capture))
                .extracting(
                        Sctp::state,
                        Sctp::history,
                        Sctp::orig_vtag,
                        Sctp::resp_vtag,
                        Sctp::orig_streams,
                        s -> String.valueOf(s.orig_addrs()),
                        Sctp::orig_data,
                        Sctp::orig_data_bytes,
                        Sctp::resp_data_bytes,
                        Sctp::foreign_vtags)
                .containsExactly(
                        tuple(
                                "SF",
                                "ShAaDdFf",
                                0x1111_1111L,
                                0x9222_2222L,
                                10,
                                "[10.0.0.9]",
                                2L,
                                6L,
                                3L,
                                0L));
        assertThat(told(capture).getFirst().streams()).containsExactly(3, 0, 7);
        assertThat(told(capture).getFirst().ppids()).containsExactly(46, 0);
        assertThat(told(capture).getFirst().chunks())
                .startsWith("init", "init_ack", "cookie_echo", "cookie_ack", "data", "sack");
    }

    @Test
    void states_are_those_of_tcp() {
        byte[] abort = chunk(6, hex("000c0004"));
        assertThat(told(new Capture(RAW).frame(0, packet(true, 0, init(1, ORIG)))))
                .extracting(Sctp::state)
                .containsExactly("S0");
        assertThat(
                        told(
                                new Capture(RAW)
                                        .frame(0, packet(true, 0, init(1, ORIG)))
                                        .frame(1, packet(false, ORIG, abort))))
                .extracting(Sctp::state, Sctp::abort_cause)
                .containsExactly(tuple("REJ", 12));
        assertThat(told(established())).extracting(Sctp::state).containsExactly("S1");
        assertThat(told(established().frame(4, packet(false, ORIG, abort))))
                .extracting(Sctp::state)
                .containsExactly("RSTR");
        assertThat(told(new Capture(RAW).frame(0, packet(true, RESP, data(0, 0, "mid")))))
                .extracting(Sctp::state, Sctp::history)
                .containsExactly(tuple("OTH", "D"));
    }

    @Test
    void an_abort_with_a_tag_that_was_guessed_ends_nothing() {
        Capture capture = established().frame(4, packet(true, 0x5555, chunk(6, new byte[0])));
        assertThat(told(capture))
                .extracting(Sctp::state, Sctp::foreign_vtags)
                .containsExactly(tuple("S1", 1L));
    }

    @Test
    void the_side_that_answers_an_init_was_called() {
        Capture capture = new Capture(RAW).frame(0, packet(false, ORIG, init(2, RESP)));
        assertThat(told(capture)).extracting(s -> s.id().orig_p()).containsExactly(PORT);
    }

    @Test
    void another_association_between_the_same_ports_is_another() {
        Capture capture =
                established()
                        .frame(4, packet(true, RESP, chunk(6, new byte[0])))
                        .frame(10, packet(true, 0, init(1, 0x7777_7777)));
        assertThat(told(capture)).extracting(Sctp::state).containsExactly("RSTO", "S0");
        assertThat(EventsOf.kind(Conn.class, capture, 1)).hasSize(2);
    }

    @Test
    void chunks_without_a_length_or_without_end_are_anomalies() {
        Capture capture = established();
        capture.frame(4, packet(true, RESP, hex("00030000")));
        byte[][] many = new byte[200][];
        java.util.Arrays.fill(many, chunk(132, new byte[0]));
        capture.frame(5, packet(true, RESP, many));
        assertThat(capture.anomalies())
                .anyMatch(name -> name.startsWith("sctp_chunk_too_short"))
                .anyMatch(name -> name.startsWith("sctp_too_many_chunks"));
    }
}
