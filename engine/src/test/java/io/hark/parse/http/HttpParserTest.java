package io.hark.parse.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Driver;
import io.hark.Script;
import io.hark.TestBody;
import io.hark.TestConnection;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.carry.HttpExchange;
import io.hark.event.Http;
import io.hark.event.Side;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What HTTP/1.x on the wire becomes.
///
/// This file is long because it is one table of exchanges and what becomes of each.
class HttpParserTest {

    private static final int ROUNDS = 60;
    private static final String GET =
            "GET /a%20b?c=1 HTTP/1.1\r\nHost: example.org:8080\r\nUser-Agent: probe/1\r\n\r\n";

    private final HttpParser parser = new HttpParser();

    private List<Http> rows(Script script) {
        return torture(script).events(Http.class);
    }

    private TestConnection torture(Script script) {
        return Driver.torture(parser, script.steps(), ROUNDS);
    }

    private Http only(Script script) {
        List<Http> rows = rows(script);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    @Test
    void a_request_and_its_answer_are_one_row() {
        TestConnection seen =
                torture(
                        new Script()
                                .originator(
                                        "POST /form HTTP/1.1\r\nHost: example.org\r\nReferer: http://a/\r\nOrigin: http://b\r\n"
                                                + "Authorization: Basic YWxpY2U6c2VjcmV0\r\nVia: 1.1 cache\r\nx-forwarded-for: 10.1.1.1\r\n"
                                                + "Content-Length: 3\r\n\r\na=b")
                                .responder(
                                        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n"
                                                + "Content-Disposition: attachment; filename=\"a b.txt\"\r\nContent-Length: 5\r\n\r\nhello"));

        Http row = seen.events(Http.class).getFirst();
        assertThat(seen.events(Http.class)).hasSize(1);
        assertThat(row.ts()).isEqualTo(1_000_000);
        assertThat(row.seen()).isEqualTo(2_000_000);
        assertThat(row.trans_depth()).isEqualTo(1);
        assertThat(row.method()).isEqualTo("POST");
        assertThat(row.host()).isEqualTo("example.org");
        assertThat(row.uri()).isEqualTo("/form");
        assertThat(row.referrer()).isEqualTo("http://a/");
        assertThat(row.origin()).isEqualTo("http://b");
        assertThat(row.username()).isEqualTo("alice");
        assertThat(row.toString()).doesNotContain("secret");
        assertThat(row.proxied())
                .containsExactly("VIA -> 1.1 cache", "X-FORWARDED-FOR -> 10.1.1.1");
        assertThat(row.version()).isEqualTo("1.1");
        assertThat(row.request_body_len()).isEqualTo(3);
        assertThat(row.response_body_len()).isEqualTo(5);
        assertThat(row.status_code()).isEqualTo(200);
        assertThat(row.status_msg()).isEqualTo("OK");
        assertThat(row.tags()).isEmpty();
        assertThat(row.orig_fuids()).containsExactly("F0");
        assertThat(row.resp_fuids()).containsExactly("F1");
        assertThat(row.resp_filenames()).containsExactly("a b.txt");
        assertThat(row.client_header_names())
                .containsExactly(
                        "HOST",
                        "REFERER",
                        "ORIGIN",
                        "AUTHORIZATION",
                        "VIA",
                        "X-FORWARDED-FOR",
                        "CONTENT-LENGTH");
        assertThat(row.server_header_names())
                .containsExactly(
                        "CONTENT-TYPE",
                        "CONTENT-ENCODING",
                        "CONTENT-DISPOSITION",
                        "CONTENT-LENGTH");
        assertThat(seen.bodies)
                .extracting(TestBody::toString)
                .containsExactly(
                        "F0 ORIGINATOR HTTP null null total 3 missing 0 ended true: a=b",
                        "F1 RESPONDER HTTP a b.txt gzip total -1 missing 0 ended true: hello");
        assertThat(seen.confirmed).isTrue();
        assertThat(seen.anomalies).isEmpty();
    }

    @Test
    void every_row_has_the_header_names_of_its_own_message() {
        List<Http> rows =
                rows(
                        new Script()
                                .originator("GET /1 HTTP/1.1\r\nHost: a\r\nAccept: b\r\n\r\n")
                                .responder("HTTP/1.1 204 No\r\nServer: x\r\n\r\n")
                                .originator("GET /2 HTTP/1.1\r\nhost: a\r\n\r\n")
                                .responder("HTTP/1.1 204 No\r\n\r\n")
                                .originator("GET /3 HTTP/1.1\r\nhost: a\r\nX: b\r\n\r\n")
                                .responder("HTTP/1.1 204 No\r\nServer: x\r\n\r\n"));

        assertThat(rows)
                .extracting(Http::client_header_names)
                .containsExactly(List.of("HOST", "ACCEPT"), List.of("HOST"), List.of("HOST", "X"));
        assertThat(rows)
                .extracting(Http::server_header_names)
                .containsExactly(List.of("SERVER"), null, List.of("SERVER"));
    }

    @Test
    void the_row_comes_when_the_body_ends_not_with_the_next_message() {
        TestConnection seen =
                Driver.run(
                        parser,
                        new Script()
                                .originator(GET)
                                .responder("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab")
                                .responder("cd")
                                .originator("GET /later HTTP/1.1\r\n\r\n")
                                .steps());

        assertThat(seen.events(Http.class)).extracting(Http::seen).first().isEqualTo(3_000_000L);
    }

    @Test
    void pipelined_requests_are_paired_in_order() {
        List<Http> rows =
                rows(
                        new Script()
                                .originator(
                                        "GET /1 HTTP/1.1\r\n\r\nHEAD /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\n\r\nGET /4 HTTP/1.1\r\n\r\n")
                                .responder(
                                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: v\r\n\r\n"
                                                + "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"
                                                + "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n"
                                                + "HTTP/1.0 404 No\r\n\r\ngone")
                                .end(Side.RESPONDER));

        assertThat(rows).extracting(Http::uri).containsExactly("/1", "/2", "/3", "/4");
        assertThat(rows).extracting(Http::trans_depth).containsExactly(1, 2, 3, 4);
        assertThat(rows).extracting(Http::status_code).containsExactly(200, 200, 304, 404);
        assertThat(rows).extracting(Http::response_body_len).containsExactly(13L, 0L, 0L, 4L);
    }

    @Test
    void an_interim_answer_is_told_beside_the_final_one() {
        Http row =
                only(
                        new Script()
                                .originator(
                                        "PUT /x HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
                                .responder("HTTP/1.1 100 Continue\r\n\r\n")
                                .originator("ab")
                                .responder("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"));

        assertThat(row.info_code()).isEqualTo(100);
        assertThat(row.info_msg()).isEqualTo("Continue");
        assertThat(row.status_code()).isEqualTo(201);
        assertThat(row.request_body_len()).isEqualTo(2);
    }

    @Test
    void what_a_tunnel_carries_is_not_read() {
        TestConnection seen =
                torture(
                        new Script()
                                .originator(
                                        "CONNECT mail.example:25 HTTP/1.0\r\nProxy-Connection: keep-alive\r\n\r\n")
                                .responder(
                                        "HTTP/1.0 200 Connection established\r\n\r\n220 mail\r\n")
                                .originator("EHLO x\r\nGET / HTTP/1.1\r\n\r\n")
                                .responder("HTTP/1.1 200 OK\r\n\r\n"));

        assertThat(seen.events(Http.class)).hasSize(1);
        assertThat(seen.events(Http.class).getFirst().proxied())
                .containsExactly("PROXY-CONNECTION -> keep-alive");
        assertThat(seen.anomalies).isEmpty();
    }

    @Test
    void an_upgrade_ends_the_reading() {
        Http row =
                only(
                        new Script()
                                .originator("GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n")
                                .responder(
                                        "HTTP/1.1 101 Switching Protocols\r\n\r\n\u0081\u0003abc"));

        assertThat(row.status_code()).isEqualTo(101);
        assertThat(row.info_code()).isEqualTo(101);
    }

    @Test
    void what_comes_behind_a_tunnel_is_looked_for_anew() {
        Script connect =
                new Script()
                        .originator("CONNECT a.example:443 HTTP/1.1\r\n\r\n\u0016\u0003\u0001\n\n")
                        .responder("HTTP/1.1 200 OK\r\n\r\n\u0016\u0003\u0003");

        TestConnection seen = torture(connect);
        assertThat(seen.turned).isTrue();
        assertThat(seen.anomalies).isEmpty();
        assertThat(seen.events(Http.class)).hasSize(1);
    }

    @Test
    void a_connection_taken_the_wrong_way_round_is_read_all_the_same() {
        TestConnection seen =
                torture(
                        new Script()
                                .originator("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
                                .responder("POST /2 HTTP/1.1\r\nContent-Length: 1\r\n\r\nx")
                                .originator("HTTP/1.1 204 No Content\r\n\r\n"));

        assertThat(seen.events(Http.class)).extracting(Http::status_code).containsExactly(200, 204);
        assertThat(seen.events(Http.class).get(1).uri()).isEqualTo("/2");
        assertThat(seen.bodies)
                .extracting(TestBody::toString)
                .containsExactly(
                        "F0 ORIGINATOR HTTP null null total 2 missing 0 ended true: hi",
                        "F1 RESPONDER HTTP null null total 1 missing 0 ended true: x");
    }

    @Test
    void the_preface_of_http_2_is_a_row_and_the_rest_is_not_read() {
        TestConnection seen =
                torture(
                        new Script()
                                .originator("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0")
                                .responder("\0\0\6\4\0\0\0\0\0abcdef"));

        assertThat(seen.events(Http.class)).extracting(Http::method).containsExactly("PRI");
        assertThat(seen.anomalies).isEmpty();
    }

    @Test
    void one_direction_is_told_alone() {
        assertThat(rows(new Script().originator(GET + GET)))
                .extracting(Http::status_code)
                .containsExactly(null, null);

        Http row = only(new Script().responder("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"));
        assertThat(row.method()).isNull();
        assertThat(row.status_code()).isEqualTo(200);
        assertThat(row.trans_depth()).isEqualTo(1);
    }

    @Test
    void a_gap_in_a_body_does_not_end_the_reading() {
        TestConnection seen =
                torture(
                        new Script()
                                .originator(GET + GET)
                                .responder("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
                                .gap(Side.RESPONDER, 5)
                                .responder(
                                        "xyHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));

        assertThat(seen.events(Http.class)).extracting(Http::status_code).containsExactly(200, 404);
        assertThat(seen.bodies.getFirst().missing()).isEqualTo(5);
    }

    @Test
    void behind_a_gap_in_a_head_the_next_start_line_is_found() {
        TestConnection seen =
                torture(
                        new Script()
                                .originator("GET /1 HTTP/1.1\r\nHost: a\r\nCoo")
                                .gap(Side.ORIGINATOR, 700)
                                .originator("rest of a cookie\r\n\r\nGET /3 HTTP/1.1\r\n\r\n")
                                .responder("HTTP/1.1 200 OK\r\nServ")
                                .gap(Side.RESPONDER, 70)
                                .responder(
                                        "tail of a bodyHTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"));

        assertThat(seen.events(Http.class)).extracting(Http::uri).containsExactly("/1", "/3");
        assertThat(seen.events(Http.class)).extracting(Http::status_code).containsExactly(200, 302);
        assertThat(seen.anomalies).isEmpty();
    }

    @Test
    void a_multipart_request_is_one_file_a_part() {
        String parts =
                "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--x\r\n"
                        + "--xYz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"shell.php\"\r\n\r\n\r\nline\r\n"
                        + "--xYz--\r\n   ";
        TestConnection seen =
                torture(
                        new Script()
                                .originator(
                                        "POST / HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=\"xYz\"\r\nContent-Length: "
                                                + parts.length()
                                                + "\r\n\r\n"
                                                + parts)
                                .responder("HTTP/1.1 204 No Content\r\n\r\n"));

        Http row = seen.events(Http.class).getFirst();
        assertThat(seen.bodies)
                .extracting(TestBody::text)
                .containsExactly("one\r\n--x", "\r\nline");
        assertThat(seen.bodies).allMatch(TestBody::hasEnded);
        assertThat(row.orig_fuids()).containsExactly("F0", "F1");
        assertThat(row.orig_filenames()).containsExactly("shell.php");
        assertThat(row.request_body_len()).isEqualTo(parts.length());
        assertThat(row.status_code()).isEqualTo(204);
    }

    @Test
    void what_http_0_9_answers_is_all_content() {
        TestConnection seen =
                torture(
                        new Script()
                                .originator("GET /old.html\r\n")
                                .responder("<html>\n")
                                .responder("</html>\n")
                                .end(Side.RESPONDER));

        assertThat(seen.events(Http.class)).extracting(Http::version).containsExactly("0.9");
        assertThat(seen.bodies.getFirst().text()).isEqualTo("<html>\n</html>\n");
    }

    @Test
    void malformed_lines_are_anomalies_by_zeeks_names() {
        assertThat(anomalies("\u00dd\0\0 GET /txt HTTP/1.1\r\nHost: a\r\n\r\n"))
                .containsExactly("bad_HTTP_request_with_version");
        assertThat(anomalies("GET \n")).containsExactly("bad_HTTP_request");
        assertThat(anomalies("POST /x\n")).containsExactly("invalid_http_09_request_method: POST");
        assertThat(anomalies("GET / HTTP/1.1\n\nGET / HTTP/1.0\n\n"))
                .containsExactly("HTTP_version_mismatch");
        assertThat(anomalies("BREW /pot HTTP/1.1\n\n"))
                .containsExactly("unknown_HTTP_method: BREW");
        assertThat(anomalies("GET /%%41%zz HTTP/1.1\n\n")).containsExactly("unescaped_%_in_URI");
        assertThat(anomalies("POST / HTTP/1.1\nTransfer-Encoding: chunked\n\nzz\n"))
                .containsExactly("HTTP_bad_chunk_size");
    }

    private List<String> anomalies(String request) {
        return torture(new Script().originator(request)).anomalies;
    }

    @Test
    void lines_may_end_in_lf_alone_and_headers_may_be_folded() {
        Http row =
                only(
                        new Script()
                                .originator(
                                        "\r\nGET  /a b HTTP/1.1\nHost:a.example \nUser-Agent: one\n two\nUser-Agentx: no\n\n")
                                .responder("HTTP/1.1 200\nContent-Length:0\n\n"));

        assertThat(row.uri()).isEqualTo("/a b");
        assertThat(row.host()).isEqualTo("a.example");
        assertThat(row.user_agent()).isEqualTo("one two");
        assertThat(row.status_msg()).isNull();
    }

    @Test
    void a_target_is_shown_unescaped_in_utf_8_or_latin_1() {
        List<Http> rows =
                rows(
                        new Script()
                                .originator(
                                        "GET /%C3%bc HTTP/1.1\n\nGET /%FC HTTP/1.1\n\nGET http://h/x HTTP/1.1\n\n"));

        assertThat(rows).extracting(Http::uri).containsExactly("/\u00fc", "/\u00fc", "http://h/x");
    }

    @Test
    void a_request_cut_off_behind_its_first_line_is_told_of() {
        Http row =
                only(new Script().originator("GET /cut HTTP/1.1\r\nHost: a").end(Side.ORIGINATOR));

        assertThat(row.uri()).isEqualTo("/cut");
    }

    @Test
    void a_head_beyond_the_limit_is_cut_and_its_body_still_found() {
        String cookie = "Cookie: " + "x".repeat(Head.MAX_BYTES) + "\r\n";
        TestConnection seen =
                Driver.run(
                        parser,
                        Script.pieces(
                                new Script()
                                        .originator(
                                                "POST / HTTP/1.1\r\nContent-Length: 2\r\n"
                                                        + cookie
                                                        + "\r\nhiGET /2 HTTP/1.1\r\n\r\n")
                                        .steps(),
                                1));

        assertThat(seen.anomalies).containsExactly("HTTP_overlong_head");
        assertThat(seen.events(Http.class))
                .extracting(Http::request_body_len)
                .containsExactly(2L, 0L);
    }

    @Test
    void a_flood_of_requests_without_answers_is_bounded() {
        TestConnection seen =
                Driver.run(
                        parser, new Script().originator("GET / HTTP/1.1\n\n".repeat(150)).steps());

        assertThat(seen.events(Http.class)).hasSize(150);
        assertThat(seen.anomalies).containsOnly("HTTP_excessive_pipelining");
    }

    @Test
    void a_wanted_exchange_is_offered_whole() {
        TestConnection connection = new TestConnection();
        connection.wanted =
                offered ->
                        offered instanceof HttpExchange head
                                && head.uri().equals("/a%20b?c=1")
                                && head.requestHeaders()
                                        .equals(
                                                List.of(
                                                        "Host: example.org:8080",
                                                        "User-Agent: probe/1"));
        Driver.run(
                parser,
                new Script()
                        .originator(GET + "GET /other HTTP/1.1\r\n\r\n")
                        .responder(
                                "HTTP/1.1 200 OK\r\nServer: s\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 204 No\r\n\r\n")
                        .steps(),
                connection);

        assertThat(connection.offered).hasSize(1);
        assertThat(connection.offered.getFirst().responseHeaders())
                .containsExactly("Server: s", "Content-Length: 2");
        assertThat(connection.offered.getFirst().responseBody())
                .isEqualTo("hi".getBytes(StandardCharsets.US_ASCII));
        assertThat(connection.offered.getFirst().whole()).isTrue();
        assertThat(connection.offered.getFirst().status()).isEqualTo(200);
    }

    @Test
    void a_probe_knows_start_lines_from_others() {
        assertThat(probe("GET / HTTP/1.1\r\n", Side.ORIGINATOR)).isEqualTo(Verdict.YES);
        assertThat(probe("FOO x HTTP/1.0\n", Side.ORIGINATOR)).isEqualTo(Verdict.YES);
        assertThat(probe("GET /old\r\n", Side.ORIGINATOR)).isEqualTo(Verdict.MAYBE);
        assertThat(probe("GE", Side.ORIGINATOR)).isEqualTo(Verdict.MORE);
        assertThat(probe("USER anonymous\r\n", Side.ORIGINATOR)).isEqualTo(Verdict.NO);
        assertThat(probe("PRI * HTTP/2.0\r\n\r\n", Side.ORIGINATOR)).isEqualTo(Verdict.NO);
        assertThat(probe("GET / HTTP/2.0\r\n\r\n", Side.ORIGINATOR)).isEqualTo(Verdict.NO);
        assertThat(probe("\u0016\u0003\u0001", Side.ORIGINATOR)).isEqualTo(Verdict.NO);
        assertThat(probe("HTTP/1.1 200 OK", Side.RESPONDER)).isEqualTo(Verdict.YES);
        assertThat(probe("HTTP/1", Side.RESPONDER)).isEqualTo(Verdict.MORE);
        assertThat(probe("220 ready\r\n", Side.RESPONDER)).isEqualTo(Verdict.NO);
    }

    private int probe(String head, Side side) {
        return parser.probe(Bytes.of(head.getBytes(StandardCharsets.ISO_8859_1)), side);
    }
}
