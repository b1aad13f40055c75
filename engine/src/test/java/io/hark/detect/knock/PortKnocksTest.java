package io.hark.detect.knock;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortKnocksTest {

    private static List<Event> knock(double at, int... ports) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < ports.length; i++) {
            events.add(
                    MadeConn.at(at + i)
                            .from("203.0.113.9")
                            .to("10.0.0.5", ports[i])
                            .unanswered()
                            .end());
        }
        events.add(
                MadeConn.at(at + ports.length + 2)
                        .from("203.0.113.9")
                        .to("10.0.0.5", 22)
                        .service("ssh")
                        .lasting(60)
                        .end());
        return events;
    }

    @Test
    void closed_ports_in_order_and_then_an_entry_are_a_knock() {
        Finding found = Trial.one(new PortKnocks(), knock(0, 7000, 8000, 9000));
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.why()).contains("7000, 8000, 9000");
        assertThat(found.resp_p()).isEqualTo(22);
    }

    @Test
    void the_same_knock_again_is_surer() {
        List<Event> events = knock(0, 7000, 8000, 9000);
        events.addAll(knock(600, 7000, 8000, 9000));
        assertThat(Trial.one(new PortKnocks(), events).severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void a_scan_and_a_server_that_comes_up_are_none() {
        int[] many = new int[40];
        for (int i = 0; i < many.length; i++) {
            many[i] = 100 + i;
        }
        assertThat(Trial.all(new PortKnocks(), knock(0, many))).isEmpty();
        assertThat(Trial.all(new PortKnocks(), knock(0, 22, 22, 22))).isEmpty();
        assertThat(Trial.all(new PortKnocks(), knock(0, 80, 443))).isEmpty();
    }
}
