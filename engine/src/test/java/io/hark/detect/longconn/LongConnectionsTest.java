package io.hark.detect.longconn;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.event.ConnUpdate;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LongConnectionsTest {

    @Test
    void one_that_is_still_open_is_told_at_once_and_again_when_it_is_twice_as_long() {
        List<Event> events = new ArrayList<>();
        for (int hour = 1; hour <= 9; hour++) {
            long seen = MadeConn.START + hour * 3600 * MadeConn.SECOND;
            events.add(
                    new ConnUpdate(
                            MadeConn.START,
                            seen,
                            "C1",
                            new Endpoints(
                                    MadeConn.addr("10.0.0.5"),
                                    4000,
                                    MadeConn.addr("203.0.113.7"),
                                    443),
                            "tcp",
                            seen - MadeConn.START,
                            100L * hour,
                            100L * hour,
                            10,
                            10,
                            100,
                            100,
                            1,
                            1,
                            hour,
                            false));
        }
        List<Finding> all = Trial.all(new LongConnections(), events);
        assertThat(all).extracting(Finding::revision).containsExactly(1, 2, 3, 4, 5);
        assertThat(all.getLast().severity()).isEqualTo(Severity.LOW);
        assertThat(all.getLast().uids()).containsExactly("C1");
    }

    @Test
    void one_of_which_nothing_is_known_is_medium() {
        Finding found =
                Trial.one(
                        new LongConnections(),
                        List.of(MadeConn.at(0).to("203.0.113.7", 4444).lasting(5 * 3600).end()));
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void short_ones_and_those_inside_are_none() {
        assertThat(
                        Trial.all(
                                new LongConnections(),
                                List.of(
                                        MadeConn.at(0).lasting(3000).end(),
                                        MadeConn.at(0).to("10.0.0.9", 22).lasting(90_000).end())))
                .isEmpty();
    }
}
