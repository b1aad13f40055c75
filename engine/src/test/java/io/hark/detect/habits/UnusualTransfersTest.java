package io.hark.detect.habits;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Population;
import io.hark.detect.Trial;
import io.hark.event.Conn;
import io.hark.event.Dhcp;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.sensor.SurveyedSite;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnusualTransfersTest {

    private static final double HOUR = 3600;

    private static Conn upload(double at, String host, String name, long bytes) {
        return MadeConn.at(at)
                .from(host)
                .to("203.0.113.50", 443)
                .service("ssl")
                .named(name, "sni")
                .bytes(bytes, 40_000)
                .lasting(120)
                .end();
    }

    private static List<Finding> found(List<Event> events) {
        return Trial.last(new UnusualTransfers(), SurveyedSite.of(events));
    }

    @Test
    void far_more_than_ever_to_a_place_of_nobody_else_is_medium_and_tells_what_is_usual() {
        List<Event> events = Population.of(20, 36, 3);
        events.add(upload(33 * HOUR, "10.0.0.9", "drop.example", 60_000_000));
        Finding found = Trial.one(new UnusualTransfers(), SurveyedSite.of(events));
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.orig_h()).isEqualTo(MadeConn.addr("10.0.0.9"));
        assertThat(found.host()).isEqualTo("drop.example");
        assertThat(found.last()).isEqualTo(MadeConn.START + Math.round((33 * HOUR + 120) * 1e9));
        assertThat(Trial.number(found, "hours")).isGreaterThan(20);
        assertThat(Trial.number(found, "usual_up_bytes")).isLessThan(1_000_000);
        assertThat(found.why()).contains("used to receive", "learned over 3");
    }

    @Test
    void a_host_that_used_to_receive_and_now_sends_is_found_at_a_place_that_all_know() {
        List<Event> events = Population.of(20, 36, 3);
        events.add(upload(33 * HOUR, "10.0.0.9", "www.place1.example", 60_000_000));
        Finding found = found(events).getFirst();
        assertThat(found.severity()).isEqualTo(Severity.LOW);
        assertThat(Trial.number(found, "usual_ratio")).isLessThan(-0.5);
        assertThat(Trial.number(found, "ratio")).isGreaterThan(0.9);
    }

    @Test
    void what_is_sent_every_night_is_nothing_after_the_first() {
        List<Event> events = Population.of(20, 96, 3);
        for (int night = 0; night < 4; night++) {
            long bytes = 60_000_000 + 5_000_000L * (night % 2);
            events.add(upload((night * 24 + 2) * HOUR, "10.0.0.9", "backup.example", bytes));
        }
        assertThat(found(events)).isEmpty(); // the first came before there was a baseline
        events.add(upload(90 * HOUR, "10.0.0.9", "backup.example", 400_000_000));
        assertThat(found(events)).hasSize(1);
    }

    @Test
    void ordinary_days_are_none() {
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(found(Population.of(20, 72, seed))).isEmpty();
        }
    }

    @Test
    void nothing_is_said_before_several_hours_are_known() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            events.add(MadeConn.at(i * 300).from("10.0.0.9").bytes(2_000, 30_000).end());
        }
        events.add(upload(4.5 * HOUR, "10.0.0.9", "drop.example", 60_000_000));
        assertThat(found(events)).isEmpty();
    }

    @Test
    void who_gets_the_address_of_another_begins_anew() {
        List<Event> events = Population.of(20, 36, 3);
        events.add(lease(1, "10.0.0.9", "02:00:00:00:00:01"));
        events.add(lease(12 * HOUR, "10.0.0.9", "02:00:00:00:00:01"));
        events.add(upload(33 * HOUR, "10.0.0.9", "drop.example", 60_000_000));
        assertThat(found(events))
                .singleElement()
                .extracting(Finding::severity)
                .isEqualTo(Severity.MEDIUM);
        assertThat(found(events).getFirst().why()).contains("of 02:00:00:00:00:01");
        events.add(lease(31 * HOUR, "10.0.0.9", "02:00:00:00:00:02"));
        assertThat(found(events)).isEmpty();
    }

    @Test
    void a_baseline_with_holes_says_nothing_above_low() {
        List<Event> events = Population.of(20, 36, 3);
        events.add(
                MadeConn.at(30 * HOUR)
                        .from("10.0.0.9")
                        .bytes(500, 20_000_000)
                        .missing(19_000_000)
                        .end());
        events.add(upload(33 * HOUR, "10.0.0.9", "drop.example", 60_000_000));
        Finding found = found(events).getFirst();
        assertThat(found.severity()).isEqualTo(Severity.LOW);
        assertThat(Trial.number(found, "missed_share")).isGreaterThan(0.05);
    }

    private static Dhcp lease(double at, String addr, String mac) {
        long ts = MadeConn.START + Math.round(at * 1e9);
        return new Dhcp(
                ts,
                ts,
                List.of("CDHCP" + at),
                Math.round(at),
                null,
                MadeConn.addr("10.0.0.254"),
                mac,
                null,
                null,
                null,
                null,
                MadeConn.addr(addr),
                3600L * 1_000_000_000,
                null,
                null,
                List.of("REQUEST", "ACK"),
                0,
                null,
                null,
                null,
                null);
    }
}
