package io.hark.detect.containment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Sites;
import io.hark.detect.Trial;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainmentTest {

    private static List<Finding> found(MadeConn conn) {
        return Trial.last((Containment) new Containment().within(Sites.lab()), List.of(conn.end()));
    }

    @Test
    void a_call_out_of_the_zone_into_production_is_critical() {
        Finding found = found(MadeConn.at(0).from("10.9.0.4").to("10.1.0.8", 445)).getFirst();
        assertThat(found.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(found.title()).contains("bait to office");
    }

    @Test
    void a_call_out_of_the_zone_to_the_outside_is_high() {
        assertThat(found(MadeConn.at(0).from("10.9.0.4").to("203.0.113.7", 443)))
                .extracting(Finding::severity)
                .containsExactly(Severity.HIGH);
    }

    @Test
    void a_server_that_calls_out_is_medium_and_a_desk_that_does_is_none() {
        assertThat(found(MadeConn.at(0).from("10.1.0.5").to("203.0.113.7", 443)))
                .extracting(Finding::severity)
                .containsExactly(Severity.MEDIUM);
        assertThat(found(MadeConn.at(0).from("10.1.0.9").to("203.0.113.7", 443))).isEmpty();
    }

    @Test
    void what_is_allowed_stays_inside_or_comes_in_is_none() {
        assertThat(found(MadeConn.at(0).from("10.9.0.4").to("10.1.0.8", 53))).isEmpty();
        assertThat(found(MadeConn.at(0).from("10.9.0.4").to("10.9.0.8", 445))).isEmpty();
        assertThat(found(MadeConn.at(0).from("10.1.0.4").to("10.9.0.8", 445))).isEmpty();
    }

    @Test
    void with_nothing_declared_it_says_nothing() {
        assertThat(
                        Trial.all(
                                new Containment(),
                                List.of(MadeConn.at(0).to("203.0.113.7", 4444).end())))
                .isEmpty();
    }
}
