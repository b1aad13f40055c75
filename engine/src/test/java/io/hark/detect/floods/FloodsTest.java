package io.hark.detect.floods;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.event.Dhcp;
import io.hark.event.Event;
import io.hark.event.Finding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloodsTest {

    private static List<Event> openings(int n, double perSecond, boolean answered) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            MadeConn conn =
                    MadeConn.at(i / perSecond)
                            .from("198.51.%d.%d".formatted(i / 250 % 250, 1 + i % 250))
                            .to("10.0.0.80", 80);
            events.add((answered ? conn : conn.unanswered()).end());
        }
        return events;
    }

    @Test
    void openings_that_never_go_on_are_a_flood() {
        Finding found = Trial.one(new Floods(), openings(3000, 200, false));
        assertThat(found.resp_h()).hasToString("10.0.0.80");
        assertThat(found.techniques()).startsWith("T1498");
        assertThat(Trial.number(found, "per_second")).isEqualTo(200);
    }

    @Test
    void a_busy_server_is_none() {
        List<Event> events = openings(3000, 200, true);
        events.addAll(openings(600, 60, false));
        assertThat(Trial.all(new Floods(), events)).isEmpty();
    }

    @Test
    void datagrams_that_nobody_answers_are_a_flood_and_a_stream_to_a_group_is_none() {
        assertThat(Trial.all(new Floods(), List.of(stream("203.0.113.7")))).hasSize(1);
        assertThat(Trial.all(new Floods(), List.of(stream("239.1.1.1")))).isEmpty();
    }

    private static Event stream(String to) {
        return MadeConn.at(0)
                .to(to, 9000)
                .proto("udp")
                .state("S0", "D")
                .bytes(200_000_000, 0)
                .lasting(20)
                .end();
    }

    @Test
    void dhcp_requests_by_the_hundred_are_a_flood_and_a_morning_is_none() {
        assertThat(Trial.all(new Floods(), dhcp(1000, 0.001))).isNotEmpty();
        assertThat(Trial.all(new Floods(), dhcp(1000, 2))).isEmpty();
    }

    private static List<Event> dhcp(int n, double every) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            long ts = MadeConn.START + Math.round(i * every * MadeConn.SECOND);
            events.add(
                    new Dhcp(
                            ts,
                            ts,
                            List.of("C1"),
                            i,
                            null,
                            null,
                            "02:00:00:00:00:01",
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            List.of("DISCOVER"),
                            0,
                            null,
                            null,
                            null,
                            null));
        }
        return events;
    }
}
