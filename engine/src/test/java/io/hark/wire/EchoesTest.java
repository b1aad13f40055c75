package io.hark.wire;

import static io.hark.wire.Capture.RAW;
import static io.hark.wire.Capture.ip;
import static io.hark.wire.Capture.join;
import static io.hark.wire.Capture.u16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hark.event.Event;
import io.hark.event.IcmpEcho;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What tells a ping from a tunnel, by the minute.
class EchoesTest {

    private static final int ID = 0x1234;

    private static byte[] echo(boolean request, int sequence, String payload) {
        byte[] head = {(byte) (request ? 8 : 0), 0, 0, 0};
        byte[] body = payload.getBytes(StandardCharsets.US_ASCII);
        return join(head, u16(ID), u16(sequence), body);
    }

    private static Capture ping(Capture capture, int millis, int sequence, String payload) {
        return capture.frame(millis, ip(1, 2, 1, echo(true, sequence, payload)))
                .frame(millis + 1, ip(2, 1, 1, echo(false, sequence, payload)));
    }

    private static List<IcmpEcho> echoes(Capture capture) {
        return EventsOf.kind(IcmpEcho.class, capture, 1);
    }

    @Test
    void a_ping_sends_the_same_and_gets_back_what_it_sent() {
        Capture capture = new Capture(RAW);
        for (int i = 0; i < 5; i++) { // the first octets hold a time
            ping(capture, 1000 * i, i, "time %010d abcdefghij".formatted(i));
        }
        assertThat(echoes(capture))
                .extracting(
                        IcmpEcho::requests,
                        IcmpEcho::replies,
                        IcmpEcho::request_len_min,
                        IcmpEcho::reply_len_max,
                        IcmpEcho::changed_requests,
                        IcmpEcho::altered_replies,
                        IcmpEcho::unasked_replies,
                        IcmpEcho::sequence_steps,
                        IcmpEcho::gap_min,
                        IcmpEcho::duration)
                .containsExactly(
                        tuple(5L, 5L, 26, 26, 0L, 0L, 0L, 4L, 1_000_000_000L, 4_001_000_000L));
    }

    @Test
    void a_tunnel_sends_and_gets_back_something_else_each_time() {
        Capture capture = new Capture(RAW);
        for (int i = 0; i < 4; i++) {
            capture.frame(10 * i, ip(1, 2, 1, echo(true, 7, "command number sixteen " + i)));
            capture.frame(10 * i + 1, ip(2, 1, 1, echo(false, 7, "its output " + i)));
        }
        capture.frame(100, ip(2, 1, 1, echo(false, 9, "pushed")));
        assertThat(echoes(capture))
                .extracting(
                        IcmpEcho::changed_requests,
                        IcmpEcho::altered_replies,
                        IcmpEcho::unasked_replies,
                        IcmpEcho::sequence_repeats,
                        IcmpEcho::identifiers)
                .containsExactly(tuple(3L, 4L, 1L, 3L, 1));
    }

    @Test
    void what_comes_after_a_minute_is_another_row_and_a_late_reply_finds_its_request() {
        Capture capture = new Capture(RAW);
        ping(capture, 0, 1, "abc");
        capture.frame(59_999, ip(1, 2, 1, echo(true, 2, "abc")));
        capture.frame(60_001, ip(2, 1, 1, echo(false, 2, "abc")));
        ping(capture, 61_000, 3, "abc");
        assertThat(echoes(capture))
                .extracting(IcmpEcho::requests, IcmpEcho::replies, IcmpEcho::unasked_replies)
                .containsExactly(tuple(2L, 1L, 0L), tuple(1L, 2L, 0L));
    }

    @Test
    void each_asker_has_a_row_of_its_own() {
        Capture capture = new Capture(RAW);
        ping(capture, 0, 1, "abc");
        capture.frame(5, ip(2, 1, 1, echo(true, 1, "xyz")));
        capture.frame(6, ip(1, 2, 1, echo(false, 1, "xyz")));
        assertThat(echoes(capture))
                .extracting(e -> e.id().orig_h().toString(), IcmpEcho::requests)
                .containsExactly(tuple("10.0.0.1", 1L), tuple("10.0.0.2", 1L));
    }

    @Test
    void an_empty_echo_and_one_cut_off_are_counted() {
        Capture capture = new Capture(RAW);
        capture.frame(0, ip(1, 2, 1, echo(true, 1, "")));
        capture.frame(1, ip(1, 2, 1, new byte[] {8, 0, 0, 0, 1})); // too short to be an echo
        assertThat(echoes(capture))
                .extracting(
                        IcmpEcho::requests, IcmpEcho::request_len_max, IcmpEcho::request_entropy)
                .containsExactly(tuple(1L, 0, null));
    }

    @Test
    void any_number_of_workers_tells_the_same_in_the_same_order() {
        Capture capture = new Capture(RAW);
        for (int i = 0; i < 400; i++) {
            int from = 1 + i % 7;
            int to = 100 + i % 11;
            capture.frame(700 * i, ip(from, to, 1, echo(true, i, "payload " + i)));
            capture.frame(700 * i + 3, ip(to, from, 1, echo(false, i, "payload " + i)));
        }
        List<Event> one = EventsOf.all(capture, 1);
        assertThat(one).hasSizeGreaterThan(100);
        assertThat(EventsOf.all(capture, 3)).usingRecursiveComparison().isEqualTo(one);
    }
}
