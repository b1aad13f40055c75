package io.hark.detect.tor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeSsl;
import io.hark.detect.Trial;
import io.hark.event.Event;
import io.hark.event.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class TorByCertificateTest {

    private static Event hello(String subject, String issuer) {
        return MadeSsl.hello(0, "203.0.113.7", 443, "www.abcdefgh.com", subject, issuer, null, 300);
    }

    @Test
    void a_certificate_of_random_names_is_a_relay() {
        Finding found =
                Trial.one(
                        new TorByCertificate(),
                        List.of(hello("CN=www.q2w7xkcd3m.net", "CN=www.zz5tplm4qa6.com")));
        assertThat(found.techniques()).startsWith("T1090.003");
        assertThat(found.resp_p()).isEqualTo(443);
    }

    @Test
    void a_certificate_of_a_site_is_none() {
        assertThat(
                        Trial.all(
                                new TorByCertificate(),
                                List.of(
                                        hello("CN=www.example.com", "CN=www.example.com"),
                                        hello("CN=www.example.com", "CN=R1,O=Authority"),
                                        hello("CN=www.example.com,O=Site", "CN=www.other.com"))))
                .isEmpty();
    }
}
