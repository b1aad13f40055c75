package io.hark.detect.rare;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.MadeSsl;
import io.hark.detect.Population;
import io.hark.detect.Trial;
import io.hark.event.Conn;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.sensor.SurveyedSite;
import java.util.List;
import org.junit.jupiter.api.Test;

class RarePlacesTest {

    private static final int HOSTS = 40;
    private static final double HOUR = 3600;

    /// Calls of a program to a nameless place, twice an hour.
    private static void implant(List<Event> events, String host, double from, String ja4) {
        for (int i = 0; i < 12; i++) {
            Conn conn =
                    MadeConn.at(from + i * HOUR / 2)
                            .from(host)
                            .to("203.0.113.77", 8443)
                            .service("ssl")
                            .bytes(900, 700)
                            .end();
            events.add(MadeSsl.of(conn, ja4));
            events.add(conn);
        }
    }

    @Test
    void a_new_nameless_place_called_by_a_program_of_nobody_else_is_medium_after_a_day() {
        List<Event> events = Population.of(HOSTS, 36, 1);
        implant(events, "10.0.0.7", 26 * HOUR, "t10d0101_implant");
        Finding found = Trial.one(new RarePlaces(), SurveyedSite.of(events));
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.orig_h()).isEqualTo(MadeConn.addr("10.0.0.7"));
        assertThat(found.resp_h()).isEqualTo(MadeConn.addr("203.0.113.77"));
        assertThat(Trial.number(found, "learned_hours")).isBetween(25.5, 26.5);
        assertThat(found.why()).contains("used by 1 of 40 hosts");
    }

    @Test
    void the_same_is_low_while_the_site_is_new_and_nothing_before_that() {
        List<Event> events = Population.of(HOSTS, 24, 1);
        implant(events, "10.0.0.7", 9 * HOUR, "t10d0101_implant");
        assertThat(Trial.one(new RarePlaces(), SurveyedSite.of(events)).severity())
                .isEqualTo(Severity.LOW);
        List<Event> first = Population.of(HOSTS, 24, 1);
        implant(first, "10.0.0.7", 3 * HOUR, "t10d0101_implant");
        assertThat(Trial.all(new RarePlaces(), SurveyedSite.of(first))).isEmpty();
    }

    @Test
    void places_that_only_one_host_calls_are_nothing_by_that_alone() {
        for (long seed = 1; seed <= 3; seed++) {
            List<Event> events = Population.of(HOSTS, 36, seed);
            assertThat(Trial.all(new RarePlaces(), SurveyedSite.of(events))).isEmpty();
        }
    }

    @Test
    void a_new_program_that_comes_to_all_hosts_is_nothing() {
        List<Event> events = Population.of(HOSTS, 36, 1);
        for (int host = 1; host <= HOSTS; host++) {
            implant(events, "10.0.0." + host, 26 * HOUR + 60 * host, "t13d1312_update");
        }
        assertThat(Trial.last(new RarePlaces(), SurveyedSite.of(events))).isEmpty();
    }
}
