package io.hark.detect.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeSsl;
import io.hark.detect.Trial;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangedCertificatesTest {

    private static Event hello(double at, String subject, String issuer) {
        return MadeSsl.hello(
                at, "203.0.113.7", 443, "bank.example", subject, issuer, List.of("h2"), 90);
    }

    private static List<Event> known() {
        List<Event> hellos = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            hellos.add(hello(i * 300, "CN=bank.example", "CN=Good CA"));
        }
        return hellos;
    }

    @Test
    void a_known_server_with_a_certificate_signed_by_itself_is_medium() {
        List<Event> hellos = known();
        hellos.add(hello(10_000, "CN=bank.example", "CN=bank.example"));
        Finding found = Trial.one(new ChangedCertificates(), hellos);
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.techniques()).containsExactly("T1557");
        assertThat(found.orig_h()).hasToString("10.0.0.5");
        assertThat(found.why()).contains("CN=Good CA", "signed by itself");
    }

    @Test
    void another_authority_is_low() {
        List<Event> hellos = known();
        hellos.add(hello(10_000, "CN=bank.example", "CN=Other CA"));
        assertThat(Trial.one(new ChangedCertificates(), hellos).severity()).isEqualTo(Severity.LOW);
    }

    @Test
    void a_renewal_and_servers_that_always_showed_several_are_none() {
        List<Event> hellos = known();
        hellos.add(hello(10_000, "CN=bank.example,O=renewed", "CN=Good CA"));
        assertThat(Trial.last(new ChangedCertificates(), hellos)).isEmpty();

        List<Event> several = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            several.add(hello(i * 300, "CN=bank.example", i % 2 == 0 ? "CN=A" : "CN=B"));
        }
        assertThat(Trial.last(new ChangedCertificates(), several)).isEmpty();
    }
}
