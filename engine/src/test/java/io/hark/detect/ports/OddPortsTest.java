package io.hark.detect.ports;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.event.Event;
import io.hark.event.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class OddPortsTest {

    @Test
    void ssh_on_the_port_of_tls_is_found() {
        Event event = MadeConn.at(0).to("203.0.113.7", 443).service("ssh").end();
        Finding found = Trial.one(new OddPorts(), List.of(event));
        assertThat(found.title()).isEqualTo("10.0.0.5 speaks ssh to port 443 of 203.0.113.7");
        assertThat(found.techniques()).startsWith("T1571");
    }

    @Test
    void what_fits_its_port_or_stands_on_one_that_nobody_owns_is_none() {
        List<Event> events =
                List.of(
                        MadeConn.at(0).to("203.0.113.7", 443).service("ssl").end(),
                        MadeConn.at(1).to("203.0.113.7", 443).service("http,ssl").end(),
                        MadeConn.at(2).to("203.0.113.7", 8888).service("http").end(),
                        MadeConn.at(3).to("203.0.113.7", 25).service("smtp,ssl").end(),
                        MadeConn.at(4).to("203.0.113.7", 443).end(),
                        MadeConn.at(5).to("203.0.113.7", 443).service("ssh").bytes(0, 0).end());
        assertThat(Trial.all(new OddPorts(), events)).isEmpty();
    }

    @Test
    void text_where_tls_should_be_is_found_and_octets_are_not() {
        assertThat(Trial.all(new OddPorts(), List.of(said(0.99)))).hasSize(1);
        assertThat(Trial.all(new OddPorts(), List.of(said(0.4)))).isEmpty();
    }

    private static Event said(double printable) {
        return MadeConn.at(0).to("203.0.113.7", 443).looks(4, printable, 3.5).end();
    }
}
