package io.hark.decode.empire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Decoder;
import io.hark.Keyring;
import io.hark.Secret;
import io.hark.Verdict;
import io.hark.bytes.codec.TextCodec;
import io.hark.carry.HttpExchange;
import io.hark.decode.Rehearsal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EmpireTest {

    private static final List<String> NONE = List.of();
    private final Random random = new Random(1);

    private byte[] octets(int n) {
        byte[] octets = new byte[n];
        random.nextBytes(octets);
        return octets;
    }

    private String cookie() {
        byte[] text = TextCodec.BASE64.encode(octets(RoutingPacket.SIZE));
        return "Cookie: session=" + new String(text, StandardCharsets.US_ASCII);
    }

    private static Keyring wrong() {
        return new Keyring(
                List.of(new Secret("wrong", Secret.Kind.BYTES, Map.of("bytes", new byte[32]))));
    }

    @Test
    void polls_that_nothing_opens_are_told_of_when_there_are_enough() {
        Rehearsal<Empire.Session> rehearsal = new Rehearsal<>(new Empire(), wrong());
        for (int i = 0; i < 3; i++) {
            rehearsal.exchange("GET", "/", List.of(cookie()), new byte[0], NONE, new byte[100]);
        }
        assertThat(rehearsal.wanted).isEmpty();
        rehearsal.exchange("GET", "/", List.of(cookie()), new byte[0], NONE, new byte[100]).end();
        assertThat(rehearsal.wanted).containsExactly(Secret.Kind.BYTES);
        assertThat(rehearsal.lines())
                .containsExactly(
                        "IMPLANT polled 4 times in 3 s, each time with a fresh cookie of 20 octets");
    }

    @Test
    void a_browser_and_a_cookie_that_stays_are_no_agent() {
        Rehearsal<Empire.Session> rehearsal = new Rehearsal<>(new Empire(), wrong());
        String same = cookie();
        for (int i = 0; i < 9; i++) {
            List<String> browser = List.of(cookie(), "Accept: text/html");
            rehearsal.exchange("GET", "/", List.of(same), new byte[0], NONE, new byte[100]);
            rehearsal.exchange("GET", "/", List.of(same), new byte[0], NONE, new byte[100]);
            rehearsal.exchange("GET", "/", browser, new byte[0], NONE, new byte[100]);
        }
        rehearsal.end();
        assertThat(rehearsal.wanted).isEmpty();
        assertThat(rehearsal.said).isEmpty();
    }

    @Test
    void text_in_a_form_is_not_tasted_as_a_packet() {
        byte[] form = "a=".concat("b".repeat(60)).getBytes(StandardCharsets.US_ASCII);
        assertThat((form.length - 46) % 16).isZero();
        assertThat(taste(form)).isEqualTo(Verdict.NO);
        assertThat(taste(octets(62))).isEqualTo(Verdict.YES);
        assertThat(taste(octets(63))).isEqualTo(Verdict.NO);
    }

    private static int taste(byte[] body) {
        HttpExchange exchange =
                new HttpExchange(
                        0,
                        "C1",
                        Rehearsal.ID,
                        "",
                        0,
                        "POST",
                        "/",
                        NONE,
                        body,
                        200,
                        NONE,
                        body,
                        true);
        return new Empire().taste(new Decoder.ExchangeSeen(exchange, true));
    }

    @Test
    void packets_with_a_length_beyond_the_body_are_none() {
        assertThat(RoutingPacket.read(octets(400), new byte[] {1})).isEmpty();
        assertThat(RoutingPacket.read(new byte[0], new byte[] {1})).isEmpty();
    }
}
