package io.hark.detect.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.event.Conn;
import io.hark.event.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FallbackChannelsTest {

    private static Conn vain(double at, int server) {
        return MadeConn.at(at).to("203.0.113." + server, 8080).lasting(21).unanswered().end();
    }

    @Test
    void a_list_of_servers_until_one_answers_is_medium() {
        List<Conn> conns = new ArrayList<>();
        for (int server = 1; server <= 5; server++) {
            conns.add(vain(server * 60, server));
        }
        conns.add(MadeConn.at(400).to("203.0.113.9", 8080).bytes(400, 900).end());
        var found = Trial.one(new FallbackChannels(), conns);
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.resp_h()).hasToString("203.0.113.9");
        assertThat(found.techniques()).startsWith("T1008");
    }

    @Test
    void a_list_that_is_gone_through_again_and_again_is_medium() {
        List<Conn> conns = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            conns.add(vain(i * 60, 1 + i % 4));
        }
        var found = Trial.one(new FallbackChannels(), conns);
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(Trial.number(found, "rounds")).isEqualTo(3);
    }

    @Test
    void a_server_that_is_down_is_none_however_often_it_is_tried() {
        List<Conn> conns = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            conns.add(vain(i * 60, 1 + i % 2));
        }
        assertThat(Trial.last(new FallbackChannels(), conns)).isEmpty();
    }

    @Test
    void file_sharing_calls_many_at_once_at_ports_of_all_numbers() {
        var random = new Random(3);
        List<Conn> conns = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            conns.add(
                    MadeConn.at(i * 0.8)
                            .to(
                                    "198.51.100." + random.nextInt(250),
                                    10_000 + random.nextInt(50_000))
                            .lasting(20)
                            .unanswered()
                            .end());
        }
        assertThat(Trial.last(new FallbackChannels(), conns)).isEmpty();
    }

    @Test
    void servers_known_by_a_name_are_none() {
        List<Conn> conns = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            conns.add(
                    MadeConn.at(i * 60)
                            .to("203.0.113." + (1 + i % 6), 443)
                            .named("www.example.com", "dns")
                            .unanswered()
                            .end());
        }
        assertThat(Trial.last(new FallbackChannels(), conns)).isEmpty();
    }
}
