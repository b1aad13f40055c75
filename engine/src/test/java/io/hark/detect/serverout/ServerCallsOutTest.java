package io.hark.detect.serverout;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.event.Conn;
import io.hark.event.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerCallsOutTest {

    private static final String SERVER = "10.0.0.80";

    private static List<Conn> served(int hours) {
        List<Conn> conns = new ArrayList<>();
        for (int i = 0; i < hours * 60; i++) {
            conns.add(MadeConn.at(i * 60).from("10.0.1." + i % 20).to(SERVER, 443).end());
        }
        return conns;
    }

    private static MadeConn callOut(double at) {
        return MadeConn.at(at).from(SERVER).to("203.0.113.7", 8443);
    }

    @Test
    void a_server_that_calls_a_nameless_place_after_hours_of_service_is_medium() {
        List<Conn> conns = served(4);
        conns.add(callOut(3 * 3600).end());
        var found = Trial.one(new ServerCallsOut(), conns);
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.orig_h()).hasToString(SERVER);
        assertThat(found.why()).contains("20 clients for 3.0 h");
    }

    @Test
    void an_update_fetched_by_name_is_low() {
        List<Conn> conns = served(4);
        conns.add(callOut(3 * 3600).named("deb.example.org", "dns").end());
        assertThat(Trial.one(new ServerCallsOut(), conns).severity()).isEqualTo(Severity.LOW);
    }

    @Test
    void a_host_that_calls_out_from_the_beginning_is_none() {
        List<Conn> conns = served(6);
        for (int i = 0; i < 60; i++) {
            conns.add(callOut(i * 300).end());
        }
        assertThat(Trial.last(new ServerCallsOut(), conns)).isEmpty();
    }

    @Test
    void a_desk_that_few_call_is_none() {
        List<Conn> conns = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            conns.add(MadeConn.at(i * 60).from("10.0.1." + i % 3).to(SERVER, 445).end());
        }
        conns.add(callOut(4 * 3600).end());
        assertThat(Trial.last(new ServerCallsOut(), conns)).isEmpty();
    }
}
