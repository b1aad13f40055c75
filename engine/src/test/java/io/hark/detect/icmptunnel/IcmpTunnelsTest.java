package io.hark.detect.icmptunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.IcmpEcho;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IcmpTunnelsTest {

    private static IcmpEcho minute(
            int at,
            long bytes,
            int shortest,
            int longest,
            long changed,
            long altered,
            long unasked) {
        long ts = MadeConn.START + at * 60 * MadeConn.SECOND;
        return new IcmpEcho(
                ts,
                ts + 60 * MadeConn.SECOND,
                "C1",
                new Endpoints(MadeConn.addr("10.0.0.5"), 8, MadeConn.addr("203.0.113.7"), 0),
                59 * MadeConn.SECOND,
                60,
                60,
                bytes,
                bytes,
                shortest,
                longest,
                shortest,
                longest,
                4.0,
                4.0,
                changed,
                altered,
                unasked,
                1,
                59,
                0,
                null,
                null);
    }

    @Test
    void payload_that_changes_and_answers_that_do_not_repeat_it_are_a_tunnel() {
        Finding found =
                Trial.one(new IcmpTunnels(), List.of(minute(0, 20_000, 28, 916, 55, 50, 0)));
        assertThat(found.severity()).isEqualTo(Severity.HIGH);
        assertThat(found.techniques()).contains("T1572", "T1095");
        assertThat(found.why()).contains("lengths from 28 to 916");
    }

    @Test
    void a_day_of_pings_is_none() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 24 * 60; i++) {
            events.add(minute(i, 60 * 56, 56, 56, 0, 0, 0));
        }
        assertThat(Trial.all(new IcmpTunnels(), events)).isEmpty();
    }

    @Test
    void pings_of_growing_size_that_look_for_the_mtu_are_none() {
        assertThat(Trial.all(new IcmpTunnels(), List.of(minute(0, 60_000, 56, 1472, 12, 0, 0))))
                .isEmpty();
    }
}
