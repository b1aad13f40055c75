package io.hark.detect.tlsodd;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.MadeSsl;
import io.hark.detect.Trial;
import io.hark.event.Endpoints;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.Quic;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OddTlsTest {

    private static final String OWN = "CN=Server";

    @Test
    void an_unnamed_server_with_its_own_certificate_on_an_odd_port_is_found() {
        Finding found =
                Trial.one(
                        new OddTls(),
                        List.of(MadeSsl.hello(0, "203.0.113.7", 7084, null, OWN, OWN, null, 9000)));
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.techniques()).contains("T1573.002", "T1571");
        assertThat(found.why()).contains("own making").contains("CN=Server");
    }

    @Test
    void a_site_with_a_name_and_a_certificate_of_an_authority_is_none() {
        assertThat(
                        Trial.all(
                                new OddTls(),
                                List.of(
                                        MadeSsl.hello(
                                                0,
                                                "203.0.113.7",
                                                443,
                                                "www.example.com",
                                                "CN=www.example.com",
                                                "CN=R1,O=Authority",
                                                List.of("h2"),
                                                90))))
                .isEmpty();
    }

    @Test
    void the_page_of_a_printer_is_no_more_than_low() {
        assertThat(
                        Trial.last(
                                new OddTls(),
                                List.of(
                                        MadeSsl.hello(
                                                0,
                                                "10.0.0.77",
                                                443,
                                                null,
                                                "CN=printer,O=Maker",
                                                "CN=printer,O=Maker",
                                                List.of("h2", "http/1.1"),
                                                3650))))
                .allMatch(found -> found.severity() == Severity.LOW);
    }

    @Test
    void dns_over_https_by_a_client_that_does_not_name_the_resolver_is_found() {
        Finding found =
                Trial.one(
                        new OddTls(),
                        List.of(MadeSsl.hello(0, "9.9.9.9", 443, null, null, null, null, 90)));
        assertThat(found.techniques()).startsWith("T1071.004");
        assertThat(
                        Trial.all(
                                new OddTls(),
                                List.of(
                                        MadeSsl.hello(
                                                0,
                                                "9.9.9.9",
                                                443,
                                                "dns.example.net",
                                                null,
                                                null,
                                                List.of("h2"),
                                                90))))
                .isEmpty();
    }

    @Test
    void quic_without_a_name_to_the_outside_is_found_and_with_one_not() {
        assertThat(Trial.one(new OddTls(), List.of(quic(null))).techniques())
                .startsWith("T1071.001");
        assertThat(Trial.all(new OddTls(), List.of(quic("www.example.com")))).isEmpty();
    }

    private static Quic quic(@Nullable String name) {
        long ts = MadeConn.START;
        return new Quic(
                ts,
                ts,
                "C1",
                new Endpoints(MadeConn.addr("10.0.0.5"), 4000, MadeConn.addr("203.0.113.7"), 443),
                "1",
                null,
                null,
                null,
                name,
                "h3",
                "IS",
                null,
                null,
                null);
    }
}
