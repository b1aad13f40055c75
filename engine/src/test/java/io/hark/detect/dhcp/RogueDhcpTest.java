package io.hark.detect.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.event.Dhcp;
import io.hark.event.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RogueDhcpTest {

    private static final long HOUR = 3600 * MadeConn.SECOND;

    private static Dhcp given(int minute, String server, int host, String domain, long lease) {
        long ts = MadeConn.START + minute * 60 * MadeConn.SECOND;
        return new Dhcp(
                ts,
                ts,
                List.of("CDHCP" + minute),
                minute,
                null,
                MadeConn.addr(server),
                "02:00:00:00:00:" + (10 + host % 80),
                null,
                null,
                domain,
                null,
                MadeConn.addr("192.0.2." + host),
                lease,
                null,
                null,
                List.of("REQUEST", "ACK"),
                0,
                null,
                null,
                null,
                null);
    }

    @Test
    void a_second_server_with_terms_of_its_own_is_medium() {
        List<Dhcp> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            events.add(given(i, "192.0.2.1", 10 + i, "site.example", 24 * HOUR));
        }
        events.add(given(30, "192.0.2.66", 40, "lan", HOUR));
        events.add(given(31, "192.0.2.66", 41, "lan", HOUR));
        var found = Trial.one(new RogueDhcp(), events);
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.orig_h()).hasToString("192.0.2.66");
        assertThat(found.resp_h()).hasToString("192.0.2.41");
    }

    @Test
    void two_servers_that_share_the_work_are_none() {
        List<Dhcp> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            events.add(given(i, "192.0.2." + (1 + i % 2), 10 + i, "site.example", 24 * HOUR));
        }
        assertThat(Trial.last(new RogueDhcp(), events)).isEmpty();
    }
}
