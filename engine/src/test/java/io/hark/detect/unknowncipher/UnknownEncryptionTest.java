package io.hark.detect.unknowncipher;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.event.Conn;
import io.hark.event.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownEncryptionTest {

    private static MadeConn noise(double at, int port) {
        return MadeConn.at(at)
                .to("203.0.113.7", port)
                .bytes(4_000, 9_000)
                .shape(new long[] {256, -512}, 0, 0.05)
                .looks(7.2, 0.37, 4.0);
    }

    @Test
    void noise_both_ways_to_a_nameless_place_is_low() {
        var found = Trial.one(new UnknownEncryption(), List.of(noise(0, 9001).end()));
        assertThat(found.severity()).isEqualTo(Severity.LOW);
        assertThat(found.techniques()).startsWith("T1573");
    }

    @Test
    void noise_again_and_again_where_tls_is_expected_is_medium() {
        List<Conn> conns = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            conns.add(noise(i * 600, 443).end());
        }
        var found = Trial.one(new UnknownEncryption(), conns);
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.techniques()).contains("T1001.003");
    }

    @Test
    void text_known_protocols_named_places_and_padded_bytes_are_none() {
        assertThat(
                        Trial.last(
                                new UnknownEncryption(),
                                List.of(
                                        noise(0, 443).looks(4.4, 0.97, 3.9).end(),
                                        noise(1, 443).service("ssl").end(),
                                        noise(2, 443).named("chat.example.com", "dns").end(),
                                        noise(3, 443).looks(7.2, 0.3, 2.1).end(),
                                        noise(4, 443).looks(4.9, 0.3, 4.0).end())))
                .isEmpty();
    }
}
