package io.hark.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.MadeSsl;
import io.hark.detect.Population;
import io.hark.event.Conn;
import io.hark.event.Event;
import io.hark.event.Prevalence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurveyTest {

    private static Conn call(double at, int host, String name) {
        return MadeConn.at(at).from("10.0.0." + host).named(name, "sni").end();
    }

    /// A site of that many hosts, which all call one place.
    private static List<Event> site(int hosts) {
        List<Event> events = new ArrayList<>();
        for (int host = 1; host <= hosts; host++) {
            events.add(call(host, host, "www.all.example"));
        }
        return events;
    }

    private static List<Prevalence> told(List<Event> events) {
        return SurveyedSite.of(events).stream()
                .filter(Prevalence.class::isInstance)
                .map(Prevalence.class::cast)
                .toList();
    }

    @Test
    void a_place_that_one_host_calls_is_told_with_its_numbers() {
        List<Event> events = site(20);
        Conn conn = call(7200, 3, "www.odd.example");
        events.add(MadeSsl.of(conn, "t13d0101_odd"));
        events.add(conn);
        events.add(call(7300, 3, "mail.odd.example"));
        assertThat(told(events))
                .singleElement()
                .satisfies(
                        rare -> {
                            assertThat(rare.place()).isEqualTo("odd.example");
                            assertThat(rare.uid()).isEqualTo(conn.uid());
                            assertThat(rare.place_hosts()).isEqualTo(1);
                            assertThat(rare.place_since()).isEqualTo(conn.ts());
                            assertThat(rare.client()).isEqualTo("t13d0101_odd");
                            assertThat(rare.client_hosts()).isEqualTo(1);
                            assertThat(rare.site_hosts()).isEqualTo(20);
                            assertThat(rare.isPlaceRare()).isTrue();
                        });
    }

    @Test
    void a_place_that_more_and_more_call_is_told_once_as_no_longer_rare() {
        List<Event> events = site(20);
        for (int host = 1; host <= 9; host++) {
            events.add(call(7200 + host, host, "new.example"));
        }
        assertThat(told(events))
                .extracting(Prevalence::place_hosts, Prevalence::isPlaceRare)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, true),
                        org.assertj.core.groups.Tuple.tuple(2L, true),
                        org.assertj.core.groups.Tuple.tuple(3L, false));
    }

    @Test
    void few_hosts_are_no_site() {
        List<Event> events = site(Survey.MIN_HOSTS - 1);
        events.add(call(7200, 3, "www.odd.example"));
        assertThat(told(events)).isEmpty();
    }

    @Test
    void it_goes_on_where_it_was_saved() {
        List<Event> events = Population.of(30, 12, 7);
        assertThat(SurveyedSite.of(events, 500)).isEqualTo(SurveyedSite.of(events));
    }
}
