package io.hark.detect.webservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.event.Conn;
import io.hark.event.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebServicesTest {

    private static List<Conn> calls(String name, int calls, double every) {
        List<Conn> conns = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            conns.add(MadeConn.at(i * every).named(name, "sni").service("ssl").end());
        }
        return conns;
    }

    @Test
    void a_bot_interface_called_all_day_is_a_program() {
        var found = Trial.one(new WebServices(), calls("api.telegram.org", 30, 1200));
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.techniques()).startsWith("T1102");
        assertThat(found.host()).isEqualTo("api.telegram.org");
    }

    @Test
    void a_person_who_reads_a_few_pastes_is_low() {
        var found = Trial.one(new WebServices(), calls("pastebin.com", 8, 60));
        assertThat(found.severity()).isEqualTo(Severity.LOW);
    }

    @Test
    void names_that_only_end_alike_and_other_services_are_none() {
        List<Conn> conns = new ArrayList<>(calls("notpastebin.com", 20, 1200));
        conns.addAll(calls("www.example.com", 20, 1200));
        assertThat(Trial.last(new WebServices(), conns)).isEmpty();
    }

    @Test
    void a_name_below_a_tunnel_service_is_known_by_it() {
        var found = Trial.one(new WebServices(), calls("a1b2.ngrok.io", 10, 3600));
        assertThat(found.techniques()).startsWith("T1568");
    }
}
