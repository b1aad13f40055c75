package io.hark.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Conn;
import io.hark.event.Endpoints;
import io.hark.event.Redis;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JoiningTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 1_800_000_000L * SECOND;
    private static final Endpoints CALL = ends("192.0.2.1", 40_000, "198.51.100.2", 80);
    private static final Endpoints BACK = ends("198.51.100.2", 80, "192.0.2.1", 40_000);

    private final Joining joining = new Joining();
    private final List<Conn> out = new ArrayList<>();

    private static Endpoints ends(String orig, int origPort, String resp, int respPort) {
        return new Endpoints(
                Objects.requireNonNull(Addr.parse(orig)),
                origPort,
                Objects.requireNonNull(Addr.parse(resp)),
                respPort);
    }

    /// A TCP connection of a second, as one tap sees it.
    private static Conn conn(
            String uid, long ts, Endpoints id, String history, long orig, long resp, long missed) {
        return new Conn(
                ts,
                ts + 6 * SECOND,
                uid,
                id,
                "tcp",
                orig > 0 && resp > 0 ? "http" : null,
                SECOND,
                orig * 100,
                resp * 100,
                "SF",
                true,
                false,
                missed,
                history,
                orig,
                orig * 140,
                resp,
                resp * 140,
                null,
                6,
                "1:same=",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                new long[0],
                new long[0],
                null,
                null,
                null,
                null,
                null,
                null,
                orig > 0 ? 64 : null,
                resp > 0 ? 55 : null,
                null,
                orig * 154,
                resp * 154,
                orig > 0 ? 0x1b : null,
                resp > 0 ? 0x1b : null,
                null,
                null);
    }

    private void told(Conn conn, String sensor, long offset) {
        joining.add(conn, sensor, offset, NOW, out::add);
    }

    private Conn only() {
        joining.end(out::add);
        assertThat(out).hasSize(1);
        return out.getFirst();
    }

    @Test
    void two_taps_of_one_connection_are_one_row_of_the_one_that_lost_less() {
        told(conn("Ca", NOW, CALL, "ShADadFf", 5, 4, 700), "tap1", 0);
        told(conn("Cb", NOW + 2_000_000, CALL, "ShADadFf", 6, 6, 0), "tap2", 0);
        Conn one = only();
        assertThat(one.uid()).isEqualTo("Cb");
        assertThat(one.observed_by()).containsExactly("tap1", "tap2");
        assertThat(one.other_uids()).containsExactly("Ca");
        assertThat(one.missed_bytes()).isZero();
        assertThat(one.orig_pkts()).isEqualTo(6);
    }

    @Test
    void halves_at_two_taps_are_one_connection_of_both_directions() {
        told(conn("Cb", NOW + 1_000_000, CALL, "hadf", 0, 4, 0), "back", 0);
        told(conn("Ca", NOW, CALL, "SADF", 5, 0, 0), "forth", 0);
        Conn one = only();
        assertThat(one.id()).isEqualTo(CALL);
        assertThat(one.orig_pkts()).isEqualTo(5);
        assertThat(one.resp_pkts()).isEqualTo(4);
        assertThat(one.orig_bytes()).isEqualTo(500);
        assertThat(one.resp_bytes()).isEqualTo(400);
        assertThat(one.conn_state()).isEqualTo("SF");
        assertThat(one.history()).isEqualTo("SADFhadf");
        assertThat(one.resp_ttl()).isEqualTo(55);
        assertThat(one.observed_by()).containsExactly("back", "forth");
    }

    @Test
    void a_half_that_takes_the_responder_for_the_originator_is_turned() {
        told(conn("Cb", NOW + 1_000_000, BACK, "ADF", 4, 0, 0), "back", 0);
        told(conn("Ca", NOW, CALL, "SADF", 5, 0, 0), "forth", 0);
        Conn one = only();
        assertThat(one.id()).isEqualTo(CALL);
        assertThat(one.uid()).isEqualTo("Ca");
        assertThat(one.orig_pkts()).isEqualTo(5);
        assertThat(one.resp_pkts()).isEqualTo(4);
        assertThat(one.history()).isEqualTo("SADFadf");
    }

    @Test
    void clocks_that_are_apart_are_compared_by_the_collectors() {
        long hour = 3600 * SECOND;
        told(conn("Ca", NOW, CALL, "ShADadFf", 5, 5, 0), "tap1", 0);
        told(conn("Cb", NOW - hour, CALL, "ShADadFf", 5, 5, 0), "tap2", hour);
        assertThat(only().observed_by()).hasSize(2);
    }

    @Test
    void another_time_is_another_connection_and_so_is_the_next_of_the_same_sensor() {
        told(conn("Ca", NOW, CALL, "ShADadFf", 5, 5, 0), "tap1", 0);
        told(conn("Cb", NOW - 10 * SECOND, CALL, "ShADadFf", 5, 5, 0), "tap2", 0);
        told(conn("Cc", NOW, CALL, "ShADadFf", 5, 5, 0), "tap1", 0);
        joining.end(out::add);
        assertThat(out).extracting(Conn::uid).containsExactly("Ca", "Cb", "Cc");
        assertThat(out).allSatisfy(one -> assertThat(one.other_uids()).isNull());
    }

    @Test
    void a_connection_waits_so_long_and_over_a_restart() {
        told(conn("Ca", NOW, CALL, "ShADadFf", 5, 5, 0), "tap1", 0);
        joining.passed(NOW + Joining.WAIT_NANOS - 1, out::add);
        assertThat(out).isEmpty();
        Joining next = new Joining();
        next.restore(joining.save());
        next.add(conn("Cb", NOW, CALL, "ShADadFf", 5, 5, 0), "tap2", 0, NOW + SECOND, out::add);
        next.passed(NOW + Joining.WAIT_NANOS, out::add);
        assertThat(out).singleElement().extracting(Conn::other_uids).isEqualTo(List.of("Cb"));
    }

    private static Redis command(String uid, long ts, String name) {
        return new Redis(ts, ts, uid, CALL, name, null, null, null, true, null);
    }

    @Test
    void what_two_sensors_tell_is_taken_as_often_as_one_of_them_tells_it() {
        Twins twins = new Twins();
        assertThat(twins.isNew(command("Ca", NOW, "GET"), "tap1", NOW)).isTrue();
        assertThat(twins.isNew(command("Ca", NOW + 5, "GET"), "tap1", NOW)).isTrue();
        assertThat(twins.isNew(command("Cb", NOW + 1, "GET"), "tap2", NOW)).isFalse();
        assertThat(twins.isNew(command("Cb", NOW + 6, "GET"), "tap2", NOW)).isFalse();
        assertThat(twins.isNew(command("Cb", NOW + 9, "GET"), "tap2", NOW)).isTrue();
        assertThat(twins.isNew(command("Cb", NOW + 9, "SET"), "tap2", NOW)).isTrue();
        assertThat(twins.isNew(command("Ca", NOW, "GET"), "tap1", NOW + 120 * SECOND)).isTrue();
    }
}
