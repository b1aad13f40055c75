package io.hark.detect.scans;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.Neighbor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScansTest {

    private static List<Event> ports(int from, int until) {
        List<Event> events = new ArrayList<>();
        for (int port = from; port < until; port++) {
            events.add(
                    MadeConn.at(port * 0.01).from("10.0.0.9").to("10.0.0.5", port).refused().end());
        }
        return events;
    }

    @Test
    void many_ports_of_one_host_are_a_scan_with_its_numbers() {
        Finding found = Trial.one(new Scans(), ports(20, 40));
        assertThat(found.title()).isEqualTo("10.0.0.9 tried 20 ports of 10.0.0.5");
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.techniques()).contains("T1046");
        assertThat(Trial.number(found, "in_vain")).isEqualTo(20);
        assertThat(found.uids()).hasSize(20);
    }

    @Test
    void a_thousand_ports_make_few_revisions_and_a_high_one() {
        List<Finding> all = Trial.all(new Scans(), ports(1, 1001));
        assertThat(all).hasSizeBetween(3, 12);
        assertThat(all.getLast().severity()).isEqualTo(Severity.HIGH);
        assertThat(all).extracting(Finding::id).containsOnly(all.getFirst().id());
    }

    @Test
    void one_port_of_many_silent_hosts_is_a_scan() {
        List<Event> events = new ArrayList<>();
        for (int host = 1; host < 60; host++) {
            events.add(
                    MadeConn.at(host)
                            .from("10.0.0.9")
                            .to("10.0.1." + host, 445)
                            .unanswered()
                            .end());
        }
        Finding found = Trial.one(new Scans(), events);
        assertThat(found.title()).isEqualTo("10.0.0.9 tried port 445 of 59 hosts");
        assertThat(found.resp_p()).isEqualTo(445);
    }

    @Test
    void a_browser_that_meets_a_few_dead_servers_is_none() {
        List<Event> events = new ArrayList<>();
        for (int host = 1; host < 200; host++) {
            MadeConn conn = MadeConn.at(host).to("203.0.113." + host, 443).service("ssl");
            events.add((host % 10 == 0 ? conn.unanswered() : conn).end());
        }
        assertThat(Trial.all(new Scans(), events)).isEmpty();
    }

    @Test
    void a_client_whose_server_is_down_is_none() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            events.add(MadeConn.at(i * 5).to("203.0.113.7", 443 + i % 2).unanswered().end());
        }
        assertThat(Trial.all(new Scans(), events)).isEmpty();
    }

    @Test
    void addresses_that_nobody_has_are_a_scan_and_neighbours_that_answer_none() {
        List<Event> silent = new ArrayList<>();
        List<Event> answered = new ArrayList<>();
        for (int host = 1; host < 100; host++) {
            Neighbor asks = neighbor(host, "10.0.0.9", "10.0.0." + (100 + host), 1, 0);
            silent.add(asks);
            answered.add(asks);
            answered.add(neighbor(host, "10.0.0." + (100 + host), "10.0.0.9", 0, 1));
        }
        assertThat(Trial.one(new Scans(), silent).techniques()).startsWith("T1018");
        assertThat(Trial.all(new Scans(), answered)).isEmpty();
    }

    private static Neighbor neighbor(int second, String orig, String resp, int asks, int answers) {
        long ts = MadeConn.START + second * MadeConn.SECOND;
        return new Neighbor(
                ts,
                ts,
                "arp",
                MadeConn.addr(orig),
                MadeConn.addr(resp),
                1L,
                null,
                null,
                0,
                asks,
                answers,
                0,
                0,
                0,
                0,
                0);
    }
}
