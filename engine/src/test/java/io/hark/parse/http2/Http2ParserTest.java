package io.hark.parse.http2;

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
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What frames of HTTP/2 become.
class Http2ParserTest {

    private static final int ROUNDS = 40;
    private static final byte[] SETTINGS = frame(4, 0, 0);
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private final Http2Parser parser = new Http2Parser();

    private static byte[] frame(int type, int flags, int stream, byte[]... parts) {
        byte[] payload = join(parts);
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >>> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// `name: value` of each as literals that stay out of the table (RFC 7541 §6.2.2).
    private static byte[] fields(String... fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String field : fields) {
            int colon = field.indexOf(": ");
            out.write(0);
            for (String part : List.of(field.substring(0, colon), field.substring(colon + 2))) {
                assertThat(part.length()).isLessThan(127);
                out.write(part.length());
                out.writeBytes(ascii(part));
            }
        }
        return out.toByteArray();
    }

    private static byte[] preface() {
        return join(ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), SETTINGS);
    }

    private static byte[] get(int stream, String path, String... more) {
        byte[] head =
                fields(":method: GET", ":scheme: https", ":authority: a.example", ":path: " + path);
        return frame(1, END_STREAM | END_HEADERS, stream, head, fields(more));
    }

    private TestConnection torture(Script script) {
        return Driver.torture(parser, script.steps(), ROUNDS);
    }

    @Test
    void streams_that_overlap_are_rows_of_their_own() {
        TestConnection seen =
                torture(
                        new Script()
                                .originator(join(preface(), get(1, "/a"), get(3, "/b")))
                                .responder(SETTINGS)
                                .responder(
                                        join(
                                                frame(
                                                        1,
                                                        END_HEADERS,
                                                        3,
                                                        fields(
                                                                ":status: 200",
                                                                "content-type: text/plain")),
                                                frame(
                                                        1,
                                                        END_HEADERS,
                                                        1,
                                                        fields(
                                                                ":status: 404",
                                                                "content-length: 4")),
                                                frame(0, 0, 3, ascii("hel")),
                                                frame(0, 8, 1, new byte[] {2}, ascii("none\0\0")),
                                                frame(0, END_STREAM, 3, ascii("lo")),
                                                frame(0, END_STREAM, 1))));

        List<Http> rows = seen.events(Http.class);
        assertThat(rows).extracting(Http::uri).containsExactly("/b", "/a");
        assertThat(rows).extracting(Http::status_code).containsExactly(200, 404);
        assertThat(rows).extracting(Http::response_body_len).containsExactly(5L, 4L);
        assertThat(rows).extracting(Http::trans_depth).containsExactly(2, 1);
        assertThat(rows.getFirst().version()).isEqualTo("2");
        assertThat(rows.getFirst().host()).isEqualTo("a.example");
        assertThat(rows.getFirst().content_type()).isEqualTo("text/plain");
        assertThat(seen.bodies).extracting(TestBody::text).containsExactly("hello", "none");
        assertThat(seen.confirmed).isTrue();
        assertThat(seen.names).contains("host: a.example");
    }

    @Test
    void a_head_over_continuations_is_one() {
        byte[] head = fields(":method: POST", ":authority: a", ":path: /p", "user-agent: probe");
        TestConnection seen =
                torture(
                        new Script()
                                .originator(preface())
                                .originator(frame(1, 0, 1, HexFormat.of().parseHex("")))
                                .originator(frame(9, 0, 1, java.util.Arrays.copyOf(head, 20)))
                                .originator(
                                        frame(
                                                9,
                                                END_HEADERS,
                                                1,
                                                java.util.Arrays.copyOfRange(
                                                        head, 20, head.length)))
                                .originator(frame(0, END_STREAM, 1, ascii("a=b")))
                                .responder(frame(1, 5, 1, fields(":status: 204"))));
        Http row = seen.events(Http.class).getFirst();
        assertThat(row.method()).isEqualTo("POST");
        assertThat(row.user_agent()).isEqualTo("probe");
        assertThat(row.request_body_len()).isEqualTo(3);
        assertThat(row.status_code()).isEqualTo(204);
    }

    @Test
    void continuations_without_end_are_an_anomaly() {
        Script script = new Script().originator(preface()).originator(frame(1, 0, 1));
        for (int i = 0; i <= Http2Session.MAX_CONTINUATIONS; i++) {
            script.originator(frame(9, 0, 1, fields("a: b")));
        }
        TestConnection seen = Driver.run(parser, script.steps());
        assertThat(seen.anomalies)
                .containsExactly("http2_continuation_flood", "malformed: too many continuations");
    }

    @Test
    void more_streams_than_anybody_allows_are_told_of_and_given_up() {
        Script script = new Script().originator(preface());
        for (int i = 0; i < Http2Session.MAX_STREAMS + 10; i++) {
            script.originator(get(2 * i + 1, "/" + i));
        }
        TestConnection seen = Driver.run(parser, script.steps());
        assertThat(seen.anomalies).containsExactly("http2_stream_flood");
        assertThat(seen.events(Http.class)).hasSize(Http2Session.MAX_STREAMS + 10);
    }

    @Test
    void a_pushed_answer_belongs_to_its_promise() {
        byte[] promise = fields(":method: GET", ":authority: a", ":path: /style.css");
        TestConnection seen =
                torture(
                        new Script()
                                .originator(join(preface(), get(1, "/")))
                                .responder(
                                        join(
                                                SETTINGS,
                                                frame(5, 4, 1, new byte[] {0, 0, 0, 2}, promise),
                                                frame(1, 5, 1, fields(":status: 200")),
                                                frame(1, 5, 2, fields(":status: 201")))));
        assertThat(seen.events(Http.class))
                .extracting(Http::uri)
                .containsExactly("/", "/style.css");
    }

    @Test
    void dns_in_a_body_and_in_a_target_goes_on_to_who_reads_dns() {
        byte[] query = HexFormat.of().parseHex("0001010000010000000000000161000001");
        TestConnection seen =
                torture(
                        new Script()
                                .originator(
                                        join(
                                                preface(),
                                                get(1, "/dns-query?dns=AAEBAAABAAAAAAAAAWEAAAE")))
                                .responder(
                                        join(
                                                SETTINGS,
                                                frame(
                                                        1,
                                                        4,
                                                        1,
                                                        fields(
                                                                ":status: 200",
                                                                "content-type: application/dns-message")),
                                                frame(0, END_STREAM, 1, query))));
        String hex = HexFormat.of().formatHex(query);
        assertThat(seen.inside)
                .containsExactly("dns ORIGINATOR " + hex, "dns RESPONDER " + hex, "dns is over");
    }

    @Test
    void grpc_is_recognised_and_its_trailer_ends_it() {
        TestConnection seen =
                torture(
                        new Script()
                                .originator(
                                        join(
                                                preface(),
                                                get(1, "/s.S/M", "content-type: application/grpc")))
                                .responder(
                                        join(
                                                frame(1, 4, 1, fields(":status: 200")),
                                                frame(0, 0, 1, new byte[5]),
                                                frame(1, 5, 1, fields("grpc-status: 0")))));
        assertThat(seen.carried).containsExactly("grpc");
        assertThat(seen.events(Http.class)).hasSize(1);
    }

    @Test
    void the_request_that_asked_for_the_upgrade_is_the_first_stream() {
        TestConnection upgraded = new TestConnection();
        upgraded.context =
                new HttpExchange(
                        0,
                        "CTest",
                        TestConnection.ENDPOINTS,
                        "",
                        0,
                        "GET",
                        "/robots.txt",
                        List.of("Host: b.example"),
                        new byte[0],
                        101,
                        List.of(),
                        new byte[0],
                        false);
        Script script =
                new Script()
                        .responder(join(SETTINGS, frame(1, 5, 1, fields(":status: 200"))))
                        .originator(preface());
        Http row = Driver.run(parser, script.steps(), upgraded).events(Http.class).getFirst();
        assertThat(row.host()).isEqualTo("b.example");
        assertThat(row.uri()).isEqualTo("/robots.txt");
        assertThat(row.status_code()).isEqualTo(200);
    }

    @Test
    void either_side_tells_by_its_first_octets() {
        assertThat(parser.probe(Bytes.of(preface()), Side.ORIGINATOR)).isEqualTo(Verdict.YES);
        assertThat(parser.probe(Bytes.of(SETTINGS), Side.RESPONDER)).isEqualTo(Verdict.YES);
        assertThat(parser.probe(Bytes.of(ascii("PRI * ")), Side.ORIGINATOR))
                .isEqualTo(Verdict.MORE);
        assertThat(parser.probe(Bytes.of(ascii("PRINT x")), Side.ORIGINATOR)).isEqualTo(Verdict.NO);
        assertThat(parser.probe(Bytes.of(frame(4, 1, 0)), Side.RESPONDER)).isEqualTo(Verdict.NO);
    }
}
