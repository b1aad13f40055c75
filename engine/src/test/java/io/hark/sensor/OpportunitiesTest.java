package io.hark.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.decode.Rehearsal;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What could be altered on the way, by the layers of a message.
class OpportunitiesTest {

    private static String need(@Nullable String secret, String... layers) {
        Opportunities opportunities = new Opportunities();
        opportunities.add(message(Speaker.OPERATOR, "shell", secret, layers));
        return opportunities.lines().getFirst();
    }

    private static Message message(
            Speaker side, String type, @Nullable String secret, String... layers) {
        return new Message(
                1,
                1,
                "c",
                "f",
                "d",
                false,
                side,
                Side.ORIGINATOR,
                type,
                null,
                "text",
                List.of(),
                "C1",
                Rehearsal.ID,
                List.of(layers),
                secret);
    }

    @Test
    void what_was_read_without_a_secret_can_be_written_without_one() {
        assertThat(need(null, "udp", "dns", "iodine")).endsWith("no key is needed");
        assertThat(need(null, "tcp", "http", "aes-ctr")).endsWith("no key is needed");
    }

    @Test
    void a_cipher_needs_the_key_that_opened_it() {
        assertThat(need("staging", "tcp", "http", "base64", "rc4"))
                .endsWith("can be altered with the key of rc4, which 'staging' gave");
    }

    @Test
    void tls_needs_a_relay_with_a_certificate_and_rsa_its_senders_key() {
        assertThat(need("server.key", "tcp", "tls"))
                .endsWith("a relay that ends tls with a certificate the implant takes");
        assertThat(need("server.key", "tcp", "rsa")).endsWith("the key of rsa that its sender has");
    }

    @Test
    void kinds_are_counted_and_what_has_no_meaning_is_left_out() {
        Opportunities opportunities = new Opportunities();
        opportunities.add(message(Speaker.OPERATOR, "shell", null, "tcp"));
        opportunities.add(message(Speaker.OPERATOR, "shell", null, "tcp"));
        opportunities.add(message(Speaker.UNKNOWN, "shell", null, "tcp"));
        opportunities.add(message(Speaker.IMPLANT, "unknown", null, "tcp"));
        assertThat(opportunities.lines())
                .containsExactly(
                        "operator's shell (2), in tcp: can be altered by a relay, no key is needed");
    }
}
