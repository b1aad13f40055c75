package io.hark.parse.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Driver;
import io.hark.Script;
import io.hark.TestConnection;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Dns;
import io.hark.event.Endpoints;
import io.hark.event.Side;
import io.hark.schema.Addr;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsParserTest {

    private static final String A_B = "01 61 01 42 00 0001 0001"; // a.B, A, IN
    private static final String ADDRESS = "c00c 0001 0001 0000003c 0004 c0000201";

    private static byte[] octets(String... hex) {
        return HexFormat.of().parseHex(String.join("", hex).replace(" ", ""));
    }

    private static byte[] query(int id) {
        return octets("%04x 0120 0001 0000 0000 0000".formatted(id), A_B);
    }

    private static byte[] reply(int id) {
        return octets("%04x 8580 0001 0001 0000 0000".formatted(id), A_B, ADDRESS);
    }

    private static byte[] framed(byte[] message) {
        byte[] framed = new byte[message.length + 2];
        framed[0] = (byte) (message.length >>> 8);
        framed[1] = (byte) message.length;
        System.arraycopy(message, 0, framed, 2, message.length);
        return framed;
    }

    private static List<Dns> run(Script script) {
        return Driver.run(new DnsDatagrams(), script.steps()).events(Dns.class);
    }

    @Test
    void a_query_and_its_answer_are_one_event() {
        TestConnection connection =
                Driver.torture(
                        new DnsDatagrams(),
                        new Script().originator(query(7)).responder(reply(7)).steps(),
                        200);
        assertThat(connection.confirmed).isTrue();
        assertThat(connection.anomalies).isEmpty();
        assertThat(connection.events(Dns.class))
                .singleElement()
                .isEqualTo(
                        new Dns(
                                1_000_000,
                                2_000_000,
                                "CTest",
                                TestConnection.ENDPOINTS,
                                "tcp",
                                7,
                                1_000_000L,
                                "a.b",
                                1,
                                "C_INTERNET",
                                1,
                                "A",
                                0,
                                "NOERROR",
                                true,
                                false,
                                true,
                                true,
                                2,
                                List.of("192.0.2.1"),
                                connection.events(Dns.class).getFirst().ttls(),
                                false,
                                0,
                                "query"));
        assertThat(connection.events(Dns.class).getFirst().ttls()).containsExactly(60_000_000_000L);
    }

    @Test
    void over_tcp_pieces_do_not_matter() {
        Script script =
                new Script()
                        .originator(framed(query(7)))
                        .originator(framed(query(8)))
                        .responder(framed(reply(8)))
                        .responder(framed(reply(7)));
        List<Dns> events = Driver.torture(new DnsStream(), script.steps(), 200).events(Dns.class);
        assertThat(events).extracting(Dns::trans_id).containsExactly(8, 7);
        assertThat(events).extracting(Dns::rtt).containsExactly(1_000_000L, 3_000_000L);
    }

    @Test
    void a_gap_on_one_side_leaves_the_other() {
        Script script =
                new Script()
                        .originator(framed(query(7)))
                        .gap(Side.ORIGINATOR, 10)
                        .originator(framed(query(8)))
                        .responder(framed(reply(7)));
        assertThat(Driver.run(new DnsStream(), script.steps()).events(Dns.class))
                .singleElement()
                .matches(dns -> dns.rtt() != null);
    }

    @Test
    void an_unanswered_query_is_an_event_at_the_end() {
        assertThat(run(new Script().originator(query(7))))
                .singleElement()
                .satisfies(
                        dns -> {
                            assertThat(dns.rcode()).isNull();
                            assertThat(dns.rtt()).isNull();
                            assertThat(dns.query()).isEqualTo("a.b");
                        });
    }

    @Test
    void an_answer_without_a_query_tells_what_was_asked() {
        assertThat(run(new Script().responder(reply(7))))
                .singleElement()
                .satisfies(
                        dns -> {
                            assertThat(dns.query()).isEqualTo("a.b");
                            assertThat(dns.qtype_name()).isEqualTo("A");
                            assertThat(dns.answers()).containsExactly("192.0.2.1");
                            assertThat(dns.rtt()).isNull();
                            assertThat(dns.z()).isZero();
                        });
    }

    @Test
    void a_query_sent_again_waits_behind_the_first() {
        List<Dns> events =
                run(new Script().originator(query(7)).originator(query(7)).responder(reply(7)));
        assertThat(events).extracting(Dns::ts).containsExactly(1_000_000L, 2_000_000L);
        assertThat(events).extracting(Dns::rcode).containsExactly(0, null);
    }

    @Test
    void the_oldest_of_too_many_queries_is_given_up() {
        Script script = new Script();
        for (int i = 0; i <= DnsTransactions.MAX_PENDING; i++) {
            script.originator(query(i));
        }
        List<Dns> events = run(script.responder(reply(0)));
        assertThat(events).hasSize(DnsTransactions.MAX_PENDING + 2);
        assertThat(events.getFirst().trans_id()).isZero();
        assertThat(events.get(1).rtt()).isNull();
    }

    @Test
    void a_bare_refusal_is_a_rejection() {
        List<Dns> events =
                run(
                        new Script()
                                .originator(query(7))
                                .responder(octets("0007 8185 0001 0000 0000 0000", A_B)));
        assertThat(events)
                .singleElement()
                .matches(Dns::rejected)
                .matches(dns -> "REFUSED".equals(dns.rcode_name()));
        List<Dns> empty =
                run(
                        new Script()
                                .originator(query(7))
                                .responder(octets("0007 8180 0001 0000 0000 0000", A_B)));
        assertThat(empty).singleElement().matches(Dns::rejected);
    }

    @Test
    void each_of_several_questions_is_an_event() {
        byte[] two = octets("0007 0100 0002 0000 0000 0000", A_B, "01 63 00 001c 0001");
        assertThat(run(new Script().originator(two)))
                .extracting(Dns::query)
                .containsExactly("a.b", "c");
    }

    @Test
    void a_dynamic_update_shows_prerequisites_and_updates() {
        byte[] update =
                octets(
                        "0007 2800 0001 0001 0003 0000",
                        "01 62 00 0006 0001",
                        "01 61 c00c 0005 00fe 00000000 0000",
                        "c013 001c 00ff 00000000 0000",
                        "c013 0001 00fe 00000000 0004 c0000203",
                        "c013 0001 0001 000004b0 0004 c0000201");
        byte[] done = octets("0007 a800 0000 0000 0000 0000");
        assertThat(run(new Script().originator(update).responder(done)))
                .singleElement()
                .satisfies(
                        dns -> {
                            assertThat(dns.answers())
                                    .containsExactly(
                                            "pre: NoRRSet CNAME a.b",
                                            "del: RRSet AAAA",
                                            "del: RR A a.b",
                                            "add: A a.b 192.0.2.1");
                            assertThat(dns.query()).isEqualTo("a.b");
                            assertThat(dns.opcode_name()).isEqualTo("dynamic-update");
                            assertThat(dns.rcode_name()).isEqualTo("NOERROR");
                        });
    }

    @Test
    void to_a_group_every_message_is_an_event() {
        TestConnection connection = new TestConnection();
        connection.id = new Endpoints(Addr.v4(0x0a000001), 5353, Addr.v4(0xe00000fb), 5353);
        Script script =
                new Script()
                        .originator(framed(query(0)))
                        .originator(
                                framed(
                                        octets(
                                                "0000 8400 0000 0001 0000 0000",
                                                "01 61 00 000c 8001 00000078 0003 01 62 00")));
        List<Dns> events =
                Driver.run(new DnsStream(), script.steps(), connection).events(Dns.class);
        assertThat(events).extracting(Dns::query).containsExactly("a.b", "a");
        assertThat(events.get(1).answers()).containsExactly("b");
    }

    @Test
    void broken_messages_are_anomalies_with_zeeks_names() {
        Script script =
                new Script()
                        .originator(new byte[3])
                        .originator(octets("0007 0100 0001 0000 0000 0000", "c00c 0001 0001"));
        TestConnection connection = Driver.run(new DnsDatagrams(), script.steps());
        assertThat(connection.anomalies)
                .containsExactly(
                        "DNS_truncated_len_lt_hdr_len", "DNS_label_forward_compress_offset: 12");
    }

    private static int probe(byte[] datagram, int port) {
        return new DnsDatagrams().probe(Bytes.of(datagram), Side.ORIGINATOR, port);
    }

    @Test
    void what_has_the_form_of_dns_is_taken_at_any_port() {
        assertThat(probe(query(7), 53)).isEqualTo(Verdict.YES);
        assertThat(probe(reply(7), 4444)).isEqualTo(Verdict.YES);
        byte[] brokenName = octets("0007 0100 0001 0000 0000 0000", "c00c 0001 0001");
        assertThat(probe(brokenName, 53)).isEqualTo(Verdict.MAYBE);
        assertThat(probe(brokenName, 4444)).isEqualTo(Verdict.NO);
    }

    @Test
    void text_and_nothing_are_not_dns() {
        for (String text :
                List.of(
                        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                        "hello world, hello world",
                        "220 ready to serve\r\n",
                        "")) {
            assertThat(probe(text.getBytes(StandardCharsets.US_ASCII), 53))
                    .as(text)
                    .isEqualTo(Verdict.NO);
        }
        assertThat(probe(new byte[12], 53)).isEqualTo(Verdict.NO);
        assertThat(probe(new byte[100], 53)).isEqualTo(Verdict.NO);
    }

    @Test
    void a_stream_is_told_by_length_header_and_question() {
        DnsStream parser = new DnsStream();
        byte[] whole = framed(query(7));
        for (int n = 0; n < whole.length; n++) {
            byte[] head = java.util.Arrays.copyOf(whole, n);
            assertThat(parser.probe(Bytes.of(head), Side.ORIGINATOR))
                    .as("%d octets", n)
                    .isEqualTo(Verdict.MORE);
        }
        assertThat(parser.probe(Bytes.of(whole), Side.ORIGINATOR)).isEqualTo(Verdict.YES);
        byte[] hello = octets("16030100c8010000c40303" + "00".repeat(40));
        assertThat(parser.probe(Bytes.of(hello), Side.ORIGINATOR)).isEqualTo(Verdict.NO);
        byte[] text = "SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(parser.probe(Bytes.of(text), Side.RESPONDER)).isEqualTo(Verdict.NO);
    }
}
