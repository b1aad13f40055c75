package io.hark.detect.fastflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeDns;
import io.hark.detect.Trial;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FastFluxTest {

    private static List<Event> answers(String name, int queries, int networks) {
        List<Event> answers = new ArrayList<>();
        for (int i = 0; i < queries; i++) {
            String addr = "198." + (i % networks) + '.' + i + ".9";
            answers.add(MadeDns.query(i * 600, name, 1, 0, List.of(addr)));
        }
        return answers;
    }

    @Test
    void a_name_that_is_everywhere_is_low_and_medium_from_many_networks_on() {
        Finding some = Trial.one(new FastFlux(), answers("login.example", 15, 15));
        assertThat(some.severity()).isEqualTo(Severity.LOW);
        assertThat(some.techniques()).containsExactly("T1568.001");
        assertThat(some.host()).isEqualTo("login.example");
        assertThat(Trial.one(new FastFlux(), answers("login.example", 40, 40)).severity())
                .isEqualTo(Severity.MEDIUM);
    }

    @Test
    void a_content_network_and_the_pool_of_clocks_are_none() {
        assertThat(Trial.last(new FastFlux(), answers("www.example", 60, 4))).isEmpty();
        assertThat(Trial.last(new FastFlux(), answers("2.debian.pool.ntp.org", 60, 60))).isEmpty();
    }
}
