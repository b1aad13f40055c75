package io.hark.detect.relays;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.event.Conn;
import io.hark.event.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RelaysTest {

    private static final String PIVOT = "10.0.0.20";

    private static Conn in(String from, int port, double at, double lasting, long up, long down) {
        return MadeConn.at(at).from(from).to(PIVOT, port).lasting(lasting).bytes(up, down).end();
    }

    private static Conn out(String to, int port, double at, double lasting, long up, long down) {
        return MadeConn.at(at).from(PIVOT).to(to, port).lasting(lasting).bytes(up, down).end();
    }

    @Test
    void a_pivot_that_leads_from_outside_to_remote_desktops_is_medium() {
        var found =
                Trial.one(
                        new Relays(),
                        List.of(
                                in("203.0.113.7", 4444, 0, 60, 20_100, 90_000),
                                out("10.0.0.31", 3389, 1, 59.5, 20_000, 90_000)));
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.orig_h()).hasToString(PIVOT);
        assertThat(found.resp_h()).hasToString("10.0.0.31");
        assertThat(found.techniques()).contains("T1090.001", "T1599");
        assertThat(found.uids()).hasSize(2);
    }

    @Test
    void a_web_proxy_or_a_load_balancer_is_low() {
        var found =
                Trial.one(
                        new Relays(),
                        List.of(
                                in("10.0.0.9", 3128, 0, 60, 20_100, 90_000),
                                out("203.0.113.7", 443, 1, 59.5, 20_000, 90_000)));
        assertThat(found.severity()).isEqualTo(Severity.LOW);
    }

    @Test
    void a_server_whose_calls_only_overlap_is_none() {
        var random = new Random(11);
        List<Conn> conns = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            long down = 2_000L + random.nextInt(400_000);
            conns.add(in("10.0.1." + i % 200, 443, i, 30 + random.nextInt(60), 9_000, down));
            conns.add(
                    out(
                            "10.0.0.40",
                            5432,
                            i + 1,
                            20 + random.nextInt(60),
                            2_000 + random.nextInt(5_000),
                            20_000 + random.nextInt(80_000)));
        }
        assertThat(Trial.last(new Relays(), conns)).isEmpty();
    }

    @Test
    void small_connections_are_alike_by_chance_and_do_not_count() {
        assertThat(
                        Trial.last(
                                new Relays(),
                                List.of(
                                        in("203.0.113.7", 80, 0, 1, 300, 900),
                                        out("10.0.0.31", 22, 0.2, 0.8, 300, 900))))
                .isEmpty();
    }
}
