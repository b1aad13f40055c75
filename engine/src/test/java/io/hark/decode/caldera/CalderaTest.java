package io.hark.decode.caldera;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Decoder;
import io.hark.Keyring;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.carry.HttpExchange;
import io.hark.decode.Rehearsal;
import io.hark.event.Endpoints;
import io.hark.event.Side;
import io.hark.schema.Addr;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalderaTest {

    private static final String PROFILE =
            "{\"architecture\":\"amd64\",\"exe_name\":\"%s\",\"executors\":%s,\"host\":\"victim\",\"location\":\"./x\",\"paw\":\"%s\",\"pid\":7,"
                    + "\"platform\":\"linux\",\"ppid\":1,\"server\":\"s\",\"username\":\"root\"%s}";

    private static final List<String> AGENT = List.of("User-Agent: Go-http-client/1.1");

    // ---- Sandcat

    @Test
    void three_nested_encodings_are_undone() {
        Rehearsal<Sandcat.Session> rehearsal = new Rehearsal<>(new Sandcat(), Keyring.EMPTY);
        rehearsal.play(exchange(0, 1, profile(""), answer("abcdef", instruction("i-1", "whoami"))));
        rehearsal.play(exchange(1, 1, results("abcdef", "i-1", "root\n"), answer("abcdef")));
        rehearsal.end();
        assertThat(rehearsal.lines())
                .containsExactly(
                        "IMPLANT root@victim linux/amd64 splunkd pid 7",
                        "OPERATOR whoami",
                        "IMPLANT root",
                        "IMPLANT checked in 2 times in 1 s");
        assertThat(rehearsal.said.get(2).fields()).anyMatch(fact -> "whoami".equals(fact.text()));
        assertThat(rehearsal.said.get(1).layers())
                .containsExactly("tcp", "http", "base64", "json", "json", "base64");
    }

    @Test
    void one_agent_over_three_servers_is_one_conversation() {
        Rehearsal<Sandcat.Session> rehearsal = new Rehearsal<>(new Sandcat(), Keyring.EMPTY);
        rehearsal.play(exchange(0, 1, profile(""), answer("abcdef")));
        rehearsal.play(
                exchange(1, 2, profile("abcdef"), answer("abcdef", instruction("i-1", "id"))));
        rehearsal.play(exchange(2, 3, results("abcdef", "i-1", "uid=0\n"), answer("abcdef")));
        rehearsal.play(exchange(3, 1, profile("ghijkl"), answer("ghijkl")));
        assertThat(rehearsal.end().conversations()).isEqualTo(2);
        assertThat(
                        rehearsal.said.stream()
                                .filter(m -> m.conversation().equals("abcdef"))
                                .map(m -> m.side() + " " + m.text()))
                .contains("OPERATOR id", "IMPLANT uid=0");
    }

    @Test
    void sandcat_tastes_its_own_and_leaves_other_posts_alone() {
        HttpExchange own = exchange(0, 1, profile(""), answer("abcdef"));
        Sandcat sandcat = new Sandcat();
        assertThat(sandcat.taste(new Decoder.ExchangeSeen(own, false))).isEqualTo(Verdict.MORE);
        assertThat(sandcat.taste(new Decoder.ExchangeSeen(own, true))).isEqualTo(Verdict.YES);
        HttpExchange other = exchange(0, 1, "{\"a\":1}", "ok");
        assertThat(sandcat.taste(new Decoder.ExchangeSeen(other, true))).isEqualTo(Verdict.NO);
    }

    @Test
    void damaged_exchanges_never_throw() {
        HttpExchange whole =
                exchange(
                        0,
                        1,
                        results("abcdef", "i-1", "x"),
                        answer("abcdef", instruction("i-1", "whoami")));
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            Rehearsal<Sandcat.Session> rehearsal = new Rehearsal<>(new Sandcat(), Keyring.EMPTY);
            HttpExchange broken =
                    exchange(
                            0,
                            1,
                            damaged(whole.requestBody(), random),
                            damaged(whole.responseBody(), random));
            assertThat(new Sandcat().taste(new Decoder.ExchangeSeen(broken, true)))
                    .isBetween(Verdict.NO, Verdict.YES);
            assertThat(rehearsal.play(broken).end().said).as("seed %d", seed).isNotNull();
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        // half of them inside the base64, so that the JSON is what is damaged
        byte[] inner = random.nextBoolean() ? bytes.clone() : Base64.getDecoder().decode(bytes);
        for (int i = 0; i < 3; i++) {
            inner[random.nextInt(inner.length)] ^= (byte) (1 << random.nextInt(7));
        }
        return inner.length == bytes.length ? inner : Base64.getEncoder().encode(inner);
    }

    // ---- Manx

    @Test
    void manx_over_tcp_gives_commands_and_answers() {
        Rehearsal<Manx.Session> rehearsal = new Rehearsal<>(new Manx(), Keyring.EMPTY);
        rehearsal
                .say(Side.ORIGINATOR, PROFILE.formatted("manx.go", "\"sh\"", "", ""))
                .say(Side.ORIGINATOR, "\n")
                .say(Side.RESPONDER, " ")
                .say(Side.RESPONDER, "ujm")
                .say(Side.RESPONDER, "sra\n ")
                .say(Side.RESPONDER, " whoami\n")
                .say(Side.ORIGINATOR, "{\"pwd\":\"/root\",\"response\":\"ro")
                .say(Side.ORIGINATOR, "ot }\\\"\\n\\n\",\"status\":0}")
                .end();
        assertThat(rehearsal.lines())
                .containsExactly(
                        "IMPLANT root@victim linux/amd64 manx.go pid 7",
                        "OPERATOR ujmsra",
                        "OPERATOR whoami",
                        "IMPLANT root }\"",
                        "OPERATOR 3 heartbeats");
    }

    @Test
    void beacons_and_answers_on_other_flows_meet_in_one_conversation() {
        Addr agent = Addr.v4(0x0a000005);
        Addr server = Addr.v4(0x0a000009);
        Endpoints beacon = new Endpoints(agent, 40000, server, 7011);
        Endpoints next = new Endpoints(agent, 40001, server, 7011);
        Endpoints answer = new Endpoints(server, 51111, agent, 6000);
        String profile =
                PROFILE.formatted(
                        "manx.go", "\"sh\"", "123456", ",\"callback\":6000,\"tag\":\"beacon\"");
        Rehearsal<Manx.Session> rehearsal = new Rehearsal<>(new Manx(), Keyring.EMPTY);
        rehearsal
                .datagram(beacon, Side.ORIGINATOR, profile)
                .datagram(answer, Side.ORIGINATOR, "roger")
                .datagram(next, Side.ORIGINATOR, profile)
                .datagram(answer, Side.ORIGINATOR, "whoami\n")
                .datagram(
                        answer,
                        Side.RESPONDER,
                        "{\"pwd\":\"/\",\"response\":\"root\\n\",\"status\":0}")
                .end();
        assertThat(rehearsal.conversations()).isEqualTo(1);
        assertThat(rehearsal.lines())
                .containsExactly(
                        "IMPLANT root@victim linux/amd64 manx.go pid 7",
                        "OPERATOR roger",
                        "IMPLANT beacon",
                        "OPERATOR whoami",
                        "IMPLANT root");
        assertThat(rehearsal.said).allMatch(message -> !message.verified());
    }

    @Test
    void manx_tastes_its_own_and_nothing_else() {
        Manx manx = new Manx();
        String profile = PROFILE.formatted("renamed", "\"sh\"", "", "");
        assertThat(
                        Rehearsal.taste(
                                manx,
                                Rehearsal.dialogue(
                                        ">" + profile.substring(0, 50),
                                        ">" + profile.substring(50))))
                .isEqualTo(Verdict.YES);
        assertThat(
                        Rehearsal.taste(
                                manx,
                                Rehearsal.dialogue(
                                        "< ", ">{\"pwd\":\"/\",\"response\":\"x\",\"status\":0}")))
                .isEqualTo(Verdict.YES);
        assertThat(
                        Rehearsal.taste(
                                manx,
                                Rehearsal.dialogue(">{\"method\":\"login\",\"params\":{}}", "<{}")))
                .isEqualTo(Verdict.NO);
        assertThat(datagram(manx, "roger")).isEqualTo(Verdict.YES);
        assertThat(datagram(manx, "roger that")).isEqualTo(Verdict.NO);
    }

    @Test
    void damaged_manx_never_throws() {
        byte[] whole =
                ("\n" + PROFILE.formatted("manx.go", "\"sh\"", "", ",\"callback\":6000"))
                        .getBytes(StandardCharsets.UTF_8);
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            byte[] bytes = whole.clone();
            for (int i = 0; i < 3; i++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Rehearsal<Manx.Session> rehearsal = new Rehearsal<>(new Manx(), Keyring.EMPTY);
            rehearsal.say(Side.ORIGINATOR, bytes).say(Side.RESPONDER, bytes);
            rehearsal.datagram(
                    Rehearsal.ID, Side.ORIGINATOR, new String(bytes, StandardCharsets.ISO_8859_1));
            assertThat(rehearsal.end().said).as("seed %d", seed).isNotNull();
        }
    }

    private static int datagram(Manx manx, String text) {
        Bytes payload = Bytes.of(text.getBytes(StandardCharsets.UTF_8));
        return manx.taste(new Decoder.DatagramSeen(Rehearsal.ID, Side.ORIGINATOR, payload));
    }

    // ---- making

    private static String profile(String paw) {
        return PROFILE.formatted("splunkd", "[\"sh\"]", paw, "");
    }

    private static String results(String paw, String id, String output) {
        return "{\"paw\":\"%s\",\"results\":[{\"id\":\"%s\",\"output\":\"%s\",\"pid\":\"9\",\"status\":\"0\"}]}"
                .formatted(paw, id, base64(output));
    }

    private static String instruction(String id, String command) {
        return "{\"id\": \"%s\", \"sleep\": 0, \"command\": \"%s\", \"executor\": \"sh\", \"timeout\": 60}"
                .formatted(id, base64(command));
    }

    private static String answer(String paw, String... instructions) {
        StringBuilder list = new StringBuilder("[");
        for (String instruction : instructions) {
            list.append(list.length() == 1 ? "" : ", ").append(quoted(instruction));
        }
        return "{\"paw\": \"%s\", \"sleep\": 37, \"watchdog\": 0, \"instructions\": %s}"
                .formatted(paw, quoted(list.append(']').toString()));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpExchange exchange(int n, int server, String request, String response) {
        return exchange(
                n,
                server,
                base64(request).getBytes(StandardCharsets.UTF_8),
                base64(response).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpExchange exchange(int n, int server, byte[] request, byte[] response) {
        Endpoints id =
                new Endpoints(
                        Addr.v4(0x0a000005), 40000 + server, Addr.v4(0x0a000100 + server), 8888);
        long ts = 1_700_000_000_000_000_000L + n * 1_000_000_000L;
        return new HttpExchange(
                ts,
                "C" + server,
                id,
                "sandcat",
                n,
                "POST",
                "/beacon",
                AGENT,
                request,
                200,
                List.of(),
                response,
                true);
    }

    /// As `contact_html.py` of mitre/caldera answers.
    @Test
    void an_agent_that_asks_for_pages_is_read_out_of_them() {
        String profile =
                """
                {"paw":"abc123","architecture":"amd64","exe_name":"r","platform":"linux","executors":["sh"],\
                "host":"host1","username":"user","pid":7,"contact":"html"}""";
        String order =
                """
                {"paw":"abc123","sleep":30,"watchdog":0,"instructions":\
                "[\\"{\\\\\\"id\\\\\\":\\\\\\"1\\\\\\",\\\\\\"command\\\\\\":\\\\\\"d2hvYW1p\\\\\\"}\\"]"}""";
        Rehearsal<Sandcat.Session> rehearsal = new Rehearsal<>(new Sandcat(), Keyring.EMPTY);
        String query = Base64.getEncoder().encodeToString(profile.getBytes(StandardCharsets.UTF_8));
        String page =
                "<html><body><p>Sunny</p><!-- %s --></body></html>"
                        .formatted(
                                Base64.getEncoder()
                                        .encodeToString(order.getBytes(StandardCharsets.UTF_8)));
        rehearsal.exchange(
                "GET",
                "/weather?profile=" + query.replace("+", "%2B"),
                List.of(),
                new byte[0],
                List.of(),
                page.getBytes(StandardCharsets.UTF_8));
        assertThat(rehearsal.lines())
                .containsExactly("IMPLANT user@host1 linux/amd64 r pid 7", "OPERATOR whoami");
        assertThat(rehearsal.said)
                .allSatisfy(
                        message -> {
                            assertThat(message.family()).isEqualTo("ragdoll");
                            assertThat(message.conversation()).isEqualTo("abc123");
                            assertThat(message.verified()).isFalse();
                        });
    }
}
