package io.hark.detect.bruteforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.Ssh;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BruteForceTest {

    private static Event ssh(double at, boolean in) {
        long ts = MadeConn.START + Math.round(at * MadeConn.SECOND);
        return new Ssh(
                ts,
                ts,
                "C" + ts,
                new Endpoints(MadeConn.addr("10.0.0.9"), 40_000, MadeConn.addr("10.0.0.5"), 22),
                2,
                in,
                1,
                null,
                "SSH-2.0-x",
                "SSH-2.0-y",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    @Test
    void short_connections_that_end_alike_are_guesses() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            events.add(
                    MadeConn.at(i * 0.5)
                            .from("10.0.0.9")
                            .to("10.0.0.5", 21)
                            .service("ftp")
                            .bytes(24, 137 + i % 3)
                            .end());
        }
        Finding found = Trial.one(new BruteForce(), events);
        assertThat(found.techniques()).startsWith("T1110.001");
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(Trial.number(found, "attempts")).isEqualTo(30);
    }

    @Test
    void a_client_that_works_with_many_sessions_is_none() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            events.add(
                    MadeConn.at(i)
                            .to("10.0.0.5", 21)
                            .service("ftp")
                            .bytes(200 + 40 * i, 500 + 170 * (i % 11))
                            .end());
        }
        assertThat(Trial.all(new BruteForce(), events)).isEmpty();
    }

    @Test
    void mail_that_is_polled_by_the_minute_is_none() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            events.add(
                    MadeConn.at(i * 60).to("10.0.0.5", 110).service("pop3").bytes(60, 200).end());
        }
        assertThat(Trial.all(new BruteForce(), events)).isEmpty();
    }

    @Test
    void refused_logins_and_then_one_that_is_let_in_are_high() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            events.add(ssh(i, i == 39));
        }
        Finding found = Trial.one(new BruteForce(), events);
        assertThat(found.severity()).isEqualTo(Severity.HIGH);
        assertThat(found.why()).contains("Somebody got in");
    }

    @Test
    void a_person_who_mistypes_is_none() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            events.add(ssh(i * 10, i == 3));
        }
        assertThat(Trial.all(new BruteForce(), events)).isEmpty();
    }
}
