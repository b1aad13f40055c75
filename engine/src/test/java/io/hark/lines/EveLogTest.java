package io.hark.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Conn;
import io.hark.event.Dhcp;
import io.hark.event.Dns;
import io.hark.event.Event;
import io.hark.event.FileSeen;
import io.hark.event.Http;
import io.hark.event.LogEvent;
import io.hark.event.Ssl;
import io.hark.log.json.Eve;
import io.hark.schema.Kind;
import io.hark.wire.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Lines of EVE, written after Suricata's user guide.
class EveLogTest {

    private static final long LATEST = 1_800_000_000_000_000_000L;
    private static final long NOON = 1_767_268_800_000_000_000L; // 2026-01-01T12:00:00Z
    private static final List<Kind<? extends Event>> KINDS =
            List.of(
                    Kind.of(Conn.class),
                    Kind.of(Dhcp.class),
                    Kind.of(Dns.class),
                    Kind.of(FileSeen.class),
                    Kind.of(Http.class),
                    Kind.of(Ssl.class));

    private static List<Event> read(String... lines) throws IOException {
        List<Event> all = new ArrayList<>();
        byte[] octets = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        TextInput reader = new TextInput(List.of(new Eve()), KINDS, LogZones.UTC, new LogTally());
        try (Input input = Input.of("eve.json", new ByteArrayInputStream(octets))) {
            TextEvents events = reader.open(input, LATEST);
            for (Event event = events.next(); event != null; event = events.next()) {
                all.add(event);
            }
            events.part();
        }
        return all;
    }

    private static String line(int second, String type, String from, String to, String rest) {
        String[] orig = from.split(" ");
        String[] resp = to.split(" ");
        return """
               {"timestamp":"2026-01-01T12:00:%02d.500000+0000","flow_id":77,"event_type":"%s",\
               "src_ip":"%s","src_port":%s,"dest_ip":"%s","dest_port":%s,%s}"""
                .formatted(second, type, orig[0], orig[1], resp[0], resp[1], rest);
    }

    private static final String CLIENT = "10.0.0.5 40000";
    private static final String SERVER = "203.0.113.7 443";

    @Test
    void a_flow_is_a_connection_and_stays_a_line() throws IOException {
        List<Event> events =
                read(
                        line(
                                9,
                                "flow",
                                CLIENT,
                                SERVER,
                                """
                                "proto":"TCP","app_proto":"tls","flow":{"pkts_toserver":10,"pkts_toclient":8,\
                                "bytes_toserver":1660,"bytes_toclient":5528,"start":"2026-01-01T12:00:01.250000+0000",\
                                "end":"2026-01-01T12:00:03.500000+0000","state":"closed"},\
                                "tcp":{"tcp_flags_ts":"1b","tcp_flags_tc":"1b"}"""));
        assertThat(events).hasSize(2).last().isInstanceOf(LogEvent.class);
        Conn conn = (Conn) events.getFirst();
        assertThat(conn.ts()).isEqualTo(NOON + 1_250_000_000L);
        assertThat(conn.seen()).isEqualTo(NOON + 9_500_000_000L);
        assertThat(conn.duration()).isEqualTo(2_250_000_000L);
        assertThat(conn.uid()).isEqualTo("S77");
        assertThat(conn.id())
                .hasToString(
                        "Endpoints[orig_h=10.0.0.5, orig_p=40000, resp_h=203.0.113.7, resp_p=443]");
        assertThat(conn.service()).isEqualTo("ssl");
        assertThat(conn.conn_state()).isEqualTo("SF");
        assertThat(conn.local_orig()).isTrue();
        assertThat(conn.orig_ip_bytes()).isEqualTo(1660 - 10 * 14);
        assertThat(conn.orig_bytes()).isEqualTo(1660 - 10 * (14 + 20 + 32));
        assertThat(conn.resp_pkts()).isEqualTo(8);
    }

    @Test
    void flags_tell_how_a_connection_ended() throws IOException {
        assertThat(state("02", "", 0)).isEqualTo("S0");
        assertThat(state("02", "14", 1)).isEqualTo("REJ");
        assertThat(state("1a", "1a", 5)).isEqualTo("S1");
        assertThat(state("1e", "1a", 5)).isEqualTo("RSTO");
        assertThat(state("1a", "1e", 5)).isEqualTo("RSTR");
        assertThat(state("18", "18", 5)).isEqualTo("OTH");
    }

    private static String state(String orig, String resp, int answers) throws IOException {
        String flow =
                "\"proto\":\"TCP\",\"flow\":{\"pkts_toserver\":3,\"pkts_toclient\":%d},"
                        + "\"tcp\":{\"tcp_flags_ts\":\"%s\",\"tcp_flags_tc\":\"%s\"}";
        List<Event> events =
                read(line(1, "flow", CLIENT, SERVER, flow.formatted(answers, orig, resp)));
        return ((Conn) events.getFirst()).conn_state();
    }

    @Test
    void a_query_and_its_answer_are_one_event_in_either_version() throws IOException {
        String asked2 =
                "\"proto\":\"UDP\",\"dns\":{\"type\":\"query\",\"id\":5,\"rrname\":\"WWW.example.com\",\"rrtype\":\"A\"}";
        String told2 =
                "\"proto\":\"UDP\",\"dns\":{\"version\":2,\"type\":\"answer\",\"id\":5,\"rrname\":\"WWW.example.com\",\"rrtype\":\"A\",\"rcode\":\"NOERROR\",\"rd\":true,\"answers\":[{\"rrname\":\"WWW.example.com\",\"rrtype\":\"A\",\"ttl\":60,\"rdata\":\"203.0.113.7\"}]}";
        String asked3 =
                "\"proto\":\"UDP\",\"dns\":{\"version\":3,\"type\":\"request\",\"id\":5,\"queries\":[{\"rrname\":\"WWW.example.com\",\"rrtype\":\"A\"}]}";
        String told3 =
                told2.replace("\"answer\"", "\"response\"")
                        .replace(
                                "\"rrname\":\"WWW.example.com\",\"rrtype\":\"A\",\"rcode\"",
                                "\"queries\":[{\"rrname\":\"WWW.example.com\",\"rrtype\":\"A\"}],\"rcode\"");
        List<Event> two =
                read(
                        line(1, "dns", CLIENT, "10.0.0.1 53", asked2),
                        line(2, "dns", CLIENT, "10.0.0.1 53", told2));
        List<Event> three =
                read(
                        line(1, "dns", CLIENT, "10.0.0.1 53", asked3),
                        line(2, "dns", "10.0.0.1 53", CLIENT, told3)); // as the packet went
        for (List<Event> events : List.of(two, three)) {
            List<Dns> queries = of(Dns.class, events);
            assertThat(queries).hasSize(1);
            Dns dns = queries.getFirst();
            assertThat(dns.query()).isEqualTo("www.example.com");
            assertThat(dns.qtype()).isEqualTo(1);
            assertThat(dns.rcode()).isZero();
            assertThat(dns.rd()).isTrue();
            assertThat(dns.answers()).containsExactly("203.0.113.7");
            assertThat(dns.ttls()).containsExactly(60_000_000_000L);
            assertThat(dns.rtt()).isEqualTo(1_000_000_000L);
            assertThat(dns.id().resp_p()).isEqualTo(53);
        }
    }

    @Test
    void a_query_that_nobody_answers_is_an_event_in_the_end() throws IOException {
        String asked =
                "\"proto\":\"UDP\",\"dns\":{\"type\":\"query\",\"id\":5,\"rrname\":\"a.example\",\"rrtype\":\"TXT\"}";
        List<Dns> queries = of(Dns.class, read(line(1, "dns", CLIENT, "10.0.0.1 53", asked)));
        assertThat(queries).hasSize(1);
        assertThat(queries.getFirst().rcode()).isNull();
        assertThat(queries.getFirst().qtype()).isEqualTo(16);
    }

    @Test
    void a_handshake_is_told_as_ours_are() throws IOException {
        List<Event> events =
                read(
                        line(
                                1,
                                "tls",
                                CLIENT,
                                SERVER,
                                """
                                "proto":"TCP","tls":{"subject":"C=DE, O=Made, Up, CN=www.example.com","issuerdn":"CN=Home",\
                                "serial":"00:AB:01","fingerprint":"0a:1b","sni":"www.example.com","version":"TLS 1.2",\
                                "notbefore":"2026-01-01T00:00:00","notafter":"2027-01-01T00:00:00","ja4":"t12d"}"""));
        Ssl ssl = of(Ssl.class, events).getFirst();
        assertThat(ssl.version()).isEqualTo("TLSv12");
        assertThat(ssl.subject()).isEqualTo("CN=www.example.com,O=Made, Up,C=DE");
        assertThat(ssl.server_name()).isEqualTo("www.example.com");
        assertThat(ssl.cert_sha1()).isEqualTo("0a1b");
        assertThat(ssl.ja4()).isEqualTo("t12d");
        assertThat(ssl.established()).isTrue();
        assertThat(ssl.cert_not_before()).isEqualTo(NOON - 43_200_000_000_000L);
    }

    @Test
    void requests_files_and_leases_are_events() throws IOException {
        List<Event> events =
                read(
                        line(
                                1,
                                "http",
                                CLIENT,
                                "203.0.113.7 80",
                                "\"tx_id\":2,\"http\":{\"hostname\":\"h.example\",\"url\":\"/a\",\"http_method\":\"GET\",\"protocol\":\"HTTP/1.1\",\"status\":200,\"length\":12,\"http_user_agent\":\"x\"}"),
                        line(
                                2,
                                "fileinfo",
                                "203.0.113.7 80",
                                CLIENT,
                                "\"app_proto\":\"http\",\"fileinfo\":{\"filename\":\"/a\",\"sha256\":\"ff\",\"size\":12,\"tx_id\":2}"),
                        line(
                                3,
                                "dhcp",
                                "10.0.0.1 67",
                                "10.0.0.5 68",
                                "\"dhcp\":{\"type\":\"reply\",\"id\":9,\"client_mac\":\"02:00:00:00:00:01\",\"assigned_ip\":\"10.0.0.5\",\"dhcp_type\":\"ack\",\"lease_time\":3600}"));
        Http http = of(Http.class, events).getFirst();
        assertThat(http.trans_depth()).isEqualTo(3);
        assertThat(http.version()).isEqualTo("1.1");
        assertThat(http.response_body_len()).isEqualTo(12);
        FileSeen file = of(FileSeen.class, events).getFirst();
        assertThat(file.id().resp_p()).isEqualTo(80);
        assertThat(file.is_orig()).isFalse();
        assertThat(file.source()).isEqualTo("HTTP");
        Dhcp lease = of(Dhcp.class, events).getFirst();
        assertThat(lease.msg_types()).containsExactly("ACK");
        assertThat(lease.assigned_addr()).hasToString("10.0.0.5");
        assertThat(lease.mac()).isEqualTo("02:00:00:00:00:01");
    }

    @Test
    void an_alert_and_what_is_no_json_are_lines_alone() throws IOException {
        List<Event> events =
                read(
                        line(1, "alert", CLIENT, SERVER, "\"alert\":{\"signature\":\"Something\"}"),
                        "{\"timestamp\":\"2026-01-01T12:00:00\",\"event_type\":\"stats\",\"stats\":{\"uptime\":3}}",
                        "not at all",
                        "{\"event_type\":\"flow\",\"timestamp\":7,\"src_ip\":[],\"flow\":\"x\",\"dns\":3}",
                        "{\"event_type\":\"dns\",\"timestamp\":\"x\",\"src_ip\":\"10.0.0.1\",\"dns\":{\"type\":\"answer\",\"answers\":[7,{\"rdata\":{}}]}}");
        assertThat(events).hasSize(5).allMatch(LogEvent.class::isInstance);
    }

    private static <E extends Event> List<E> of(Class<E> kind, List<Event> events) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
