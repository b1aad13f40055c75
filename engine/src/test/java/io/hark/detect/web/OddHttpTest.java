package io.hark.detect.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.event.Endpoints;
import io.hark.event.Finding.Severity;
import io.hark.event.Http;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OddHttpTest {

    private static final String FIREFOX =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private static Http request(
            String method,
            String host,
            String uri,
            @Nullable String agent,
            long sent,
            String... headers) {
        long ts = MadeConn.START + uri.length() * MadeConn.SECOND;
        return new Http(
                ts,
                ts,
                "C1",
                new Endpoints(MadeConn.addr("10.0.0.5"), 50_000, MadeConn.addr("203.0.113.7"), 80),
                1,
                method,
                host,
                uri,
                null,
                "1.1",
                agent,
                null,
                sent,
                100,
                200,
                "OK",
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(headers),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    @Test
    void an_implant_that_passes_for_a_browser_and_posts_is_medium() {
        var found =
                Trial.one(
                        new OddHttp(),
                        List.of(
                                request(
                                        "GET",
                                        "a.example",
                                        "/x?t=0123456789abcdef0123456789abcdef",
                                        FIREFOX,
                                        0,
                                        "HOST",
                                        "USER-AGENT"),
                                request(
                                        "POST",
                                        "a.example",
                                        "/y",
                                        FIREFOX,
                                        4464,
                                        "HOST",
                                        "USER-AGENT",
                                        "CONTENT-LENGTH")));
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.techniques()).contains("T1071.001", "T1001.003", "T1132", "T1041");
    }

    @Test
    void parts_of_a_film_fetched_by_address_and_token_are_none() {
        assertThat(
                        Trial.last(
                                new OddHttp(),
                                List.of(
                                        request(
                                                "GET",
                                                "203.0.113.7",
                                                "/range/0-100?t=0123456789abcdef0123456789abcdef",
                                                "player/3.1",
                                                0,
                                                "HOST",
                                                "USER-AGENT"))))
                .isEmpty();
    }

    @Test
    void a_browser_that_sends_a_form_is_none() {
        assertThat(
                        Trial.last(
                                new OddHttp(),
                                List.of(
                                        request(
                                                "POST",
                                                "shop.example",
                                                "/buy?id=0123456789abcdef0123456789abcdef",
                                                FIREFOX,
                                                4464,
                                                "HOST",
                                                "USER-AGENT",
                                                "ACCEPT",
                                                "ACCEPT-LANGUAGE",
                                                "ACCEPT-ENCODING"))))
                .isEmpty();
    }

    @Test
    void a_program_that_says_what_it_is_is_none() {
        assertThat(
                        Trial.last(
                                new OddHttp(),
                                List.of(
                                        request(
                                                "POST",
                                                "api.example",
                                                "/v1",
                                                "agent/2.1",
                                                9000,
                                                "HOST",
                                                "USER-AGENT"))))
                .isEmpty();
    }

    @Test
    void a_bare_address_called_without_a_word_is_low() {
        var found =
                Trial.one(
                        new OddHttp(),
                        List.of(request("GET", "203.0.113.7", "/", null, 0, "HOST")));
        assertThat(found.severity()).isEqualTo(Severity.LOW);
    }
}
