package io.hark.parse.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Driver;
import io.hark.Script;
import io.hark.TestConnection;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.event.Ssl;
import io.hark.event.X509;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Handshakes of OpenSSL as `record.sh` recorded them, and what can go wrong with them. JA3 and
/// JA3S are tshark's.
class TlsParserTest {

    private static final TlsParser PARSER = new TlsParser();
    private static final int ROUNDS = 60;

    private static List<Script.Step> recorded(String name) throws IOException {
        Script script = new Script();
        try (InputStream in =
                Objects.requireNonNull(
                        TlsParserTest.class.getResourceAsStream(name + ".txt"), name)) {
            for (String line :
                    new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
                byte[] bytes = HexFormat.of().parseHex(line.substring(2));
                if (line.startsWith("O")) {
                    script.originator(bytes);
                } else {
                    script.responder(bytes);
                }
            }
        }
        return script.steps();
    }

    private static Ssl ssl(TestConnection connection) {
        assertThat(connection.events(Ssl.class)).hasSize(1);
        return connection.events(Ssl.class).getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "tls10, TLSv10, TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, x25519, CsxknGIti, false, true",
        "tls11, TLSv11, TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, x25519, CsxknGIti, false, true",
        "tls12, TLSv12, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, x25519, CsxknGIti, false, true",
        "tls12-ticket-1, TLSv12, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, x25519, CsxknGIti, false, true",
        "tls12-ticket-2, TLSv12, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, , CsiI, true, true",
        "tls12-session-id-1, TLSv12, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, x25519, CsxknGIi, false, true",
        "tls12-session-id-2, TLSv12, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, , CsiI, true, true",
        "tls12-client-certificate, TLSv12, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, x25519, CsxkrnXGYIti, false, true",
        "tls12-refused, TLSv12, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, x25519, CsxkrnXGIl, false, false",
        "tls12-fragments, TLSv12, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, x25519, CsxknGIti, false, true",
        "tls12-dhe, TLSv12, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, , CsxknGIti, false, true",
        "tls13, TLSv13, TLS_AES_256_GCM_SHA384, x25519, CsiI, false, true",
        "tls13-resumed-1, TLSv13, TLS_AES_256_GCM_SHA384, x25519, CsiI, false, true",
        "tls13-resumed-2, TLSv13, TLS_AES_256_GCM_SHA384, x25519, CsiI, true, true",
        "tls13-retry, TLSv13, TLS_AES_256_GCM_SHA384, secp384r1, CjiICs, false, true",
        "tls13-no-compatibility, TLSv13, TLS_AES_256_GCM_SHA384, x25519, Cs, false, true",
        "version-refused, , , , Cl, false, false",
    })
    void handshakes(
            String name,
            String version,
            String cipher,
            String curve,
            String history,
            boolean resumed,
            boolean established)
            throws IOException {
        TestConnection connection = Driver.torture(PARSER, recorded(name), ROUNDS);

        Ssl ssl = ssl(connection);
        assertThat(ssl.version()).isEqualTo(version);
        assertThat(ssl.cipher()).isEqualTo(cipher);
        assertThat(ssl.curve()).isEqualTo(curve);
        assertThat(ssl.ssl_history()).isEqualTo(history);
        assertThat(ssl.resumed()).isEqualTo(resumed);
        assertThat(ssl.established()).isEqualTo(established);
        assertThat(connection.confirmed).isTrue();
        assertThat(connection.anomalies).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tls10, 53652b2730564404986852cde177b6d9, bd665c27797205a73c67f1be8b8ed90f",
        "tls11, f465b14dea9dace32abde596ddc56e04, 35b72bd6c43cf850b77a476c54cee5ab",
        "tls12-client-certificate, fbe7e189e37a07ee33706f86bc746344, ec74a5c51106f0419184d0dd08fb05bc",
        "tls12-dhe, fbe7e189e37a07ee33706f86bc746344, 6083fd0ddad8c75177f2e05a0d16748f",
        "tls12-fragments, 871a754af286dfb70c1b53c6887c62e0, ec74a5c51106f0419184d0dd08fb05bc",
        "tls12-refused, fbe7e189e37a07ee33706f86bc746344, ec74a5c51106f0419184d0dd08fb05bc",
        "tls12-session-id-1, fbe7e189e37a07ee33706f86bc746344, e54965894d6b45ecb4323c7ea3d6c115",
        "tls12-session-id-2, fbe7e189e37a07ee33706f86bc746344, fd4bc6cea4877646ccd62f0792ec0b62",
        "tls12-ticket-1, fbe7e189e37a07ee33706f86bc746344, ec74a5c51106f0419184d0dd08fb05bc",
        "tls12-ticket-2, 871a754af286dfb70c1b53c6887c62e0, fd4bc6cea4877646ccd62f0792ec0b62",
        "tls12, 22558766122974704364c9c75c5cce0a, 895252f3ce80cebf7a8837be83ec8e16",
        "tls13-no-compatibility, c1e58b5fa361cf5bfc0635a61bd8573c, 15af977ce25de452b96affa2addb1036",
        "tls13-resumed-1, c1e58b5fa361cf5bfc0635a61bd8573c, 15af977ce25de452b96affa2addb1036",
        "tls13-resumed-2, eea20e284925cd8657090566bd8438e3, 2253c82f03b621c5144709b393fde2c9",
        "tls13-retry, c274a880c632d8621295491f1abb2a8d, 15af977ce25de452b96affa2addb1036",
        "tls13, 9dffdb8b608a430b774a2ff7d36c1a0c, 15af977ce25de452b96affa2addb1036",
        "version-refused, fbe7e189e37a07ee33706f86bc746344, ",
    })
    void fingerprints_are_those_of_a_peer(String name, String ja3, String ja3s) throws IOException {
        Ssl ssl = ssl(Driver.run(PARSER, recorded(name)));

        assertThat(ssl.ja3()).isEqualTo(ja3);
        assertThat(ssl.ja3s()).isEqualTo(ja3s);
    }

    @Test
    void what_a_heartbeat_in_the_clear_brings_back_beyond_what_it_brought_is_counted()
            throws IOException {
        Script script = new Script();
        for (Script.Step step : recorded("tls12").subList(0, 2)) {
            if (step.side() == Side.ORIGINATOR) {
                script.originator(step.bytes());
            } else {
                script.responder(step.bytes());
            }
        }
        // RFC 6520 §4: a request that claims 64 octets and brings none; the answer has them
        script.originator(HexFormat.of().parseHex("1803030003010040"));
        byte[] answer = new byte[5 + 3 + 64 + 16];
        System.arraycopy(HexFormat.of().parseHex("1803030053020040"), 0, answer, 0, 8);
        script.responder(answer);

        Ssl ssl = ssl(Driver.torture(PARSER, script.steps(), ROUNDS));

        assertThat(ssl.ssl_history()).contains("Bb");
        assertThat(ssl.heartbeat_surplus()).isEqualTo(80);
        assertThat(ssl(Driver.run(PARSER, recorded("tls12"))).heartbeat_surplus()).isNull();
    }

    @Test
    void names_and_certificates() throws IOException {
        TestConnection connection = Driver.run(PARSER, recorded("tls12"));
        Ssl ssl = ssl(connection);
        X509 certificate = connection.events(X509.class).getFirst();

        assertThat(ssl.server_name()).isEqualTo("www.example.org");
        assertThat(connection.names)
                .containsExactly("sni: www.example.org", "certificate: www.example.org");
        assertThat(ssl.next_protocol()).isEqualTo("http/1.1");
        assertThat(ssl.sni_matches_cert()).isTrue();
        assertThat(ssl.subject()).isEqualTo("CN=www.example.org,O=Example\\, Ltd,C=NO");
        assertThat(ssl.cert_chain_fps()).containsExactly(certificate.fingerprint());
        assertThat(ssl.client_cert_chain_fps()).isEmpty();
        assertThat(certificate.subject()).isEqualTo(ssl.subject());
        assertThat(certificate.cn()).isEqualTo("www.example.org");
        assertThat(certificate.key_alg()).isEqualTo("rsaEncryption");
        assertThat(certificate.sig_alg()).isEqualTo("sha256WithRSAEncryption");
        assertThat(certificate.key_type()).isEqualTo("rsa");
        assertThat(certificate.key_length()).isEqualTo(2048);
        assertThat(certificate.exponent()).isEqualTo("65537");
        assertThat(certificate.san_dns()).containsExactly("www.example.org", "*.example.net");
        assertThat(certificate.san_ip()).containsExactly("192.0.2.7", "2001:db8::7");
        assertThat(certificate.san_email()).containsExactly("a@example.org");
        assertThat(certificate.san_uri()).containsExactly("https://example.org/");
        assertThat(certificate.ca()).isTrue();
        assertThat(certificate.path_len()).isEqualTo(2);
        assertThat(certificate.host_cert()).isTrue();
        assertThat(certificate.client_cert()).isFalse();
    }

    @Test
    void a_client_certificate_is_told_apart() throws IOException {
        TestConnection connection = Driver.run(PARSER, recorded("tls12-client-certificate"));

        assertThat(ssl(connection).client_subject())
                .isEqualTo("emailAddress=c@example.org,CN=client.example.org");
        assertThat(connection.events(X509.class))
                .extracting(X509::client_cert)
                .containsExactly(false, true);
        assertThat(connection.events(X509.class).getLast().curve()).isEqualTo("prime256v1");
    }

    @Test
    void a_server_name_that_the_certificate_is_not_for() throws IOException {
        assertThat(ssl(Driver.run(PARSER, recorded("tls12-fragments"))).sni_matches_cert())
                .isFalse();
    }

    @Test
    void an_alert_is_the_last_word_of_a_refused_handshake() throws IOException {
        assertThat(ssl(Driver.run(PARSER, recorded("tls12-refused"))).last_alert())
                .isEqualTo("handshake_failure");
        assertThat(ssl(Driver.run(PARSER, recorded("version-refused"))).last_alert())
                .isEqualTo("protocol_version");
    }

    @Test
    void one_side_alone_is_said_at_the_end() throws IOException {
        Ssl client = ssl(Driver.run(PARSER, Script.only(recorded("tls12"), Side.ORIGINATOR)));
        Ssl server = ssl(Driver.run(PARSER, Script.only(recorded("tls12"), Side.RESPONDER)));

        assertThat(client.ssl_history()).isEqualTo("CGI");
        assertThat(client.established()).isFalse();
        assertThat(client.ja3()).isNotNull();
        assertThat(client.version()).isNull();
        assertThat(server.ssl_history()).isEqualTo("sxknti");
        assertThat(server.subject()).isNotNull();
        assertThat(server.ja3s()).isNotNull();
        assertThat(server.server_name()).isNull();
    }

    @Test
    void a_client_that_is_the_responder_turns_the_letters() throws IOException {
        List<Script.Step> turned = new ArrayList<>();
        recorded("tls12")
                .forEach(
                        step ->
                                turned.add(
                                        new Script.Step(
                                                step.nanos(),
                                                step.side().other(),
                                                step.bytes(),
                                                0,
                                                false)));

        assertThat(ssl(Driver.run(PARSER, turned)).ssl_history()).isEqualTo("^CsxknGIti");
    }

    @Test
    void a_gap_in_the_handshake_leaves_it_unestablished() throws IOException {
        List<Script.Step> steps = new ArrayList<>(recorded("tls12"));
        Script.Step hello = steps.get(1);
        steps.set(
                1,
                new Script.Step(
                        hello.nanos(), hello.side(), new byte[0], hello.bytes().length, false));

        assertThat(ssl(Driver.run(PARSER, steps)).established()).isFalse();
    }

    @Test
    void what_follows_the_handshake_is_not_looked_at() throws IOException {
        List<Script.Step> steps = new ArrayList<>(recorded("tls12"));
        byte[] junk = new byte[100_000];
        new Random(3).nextBytes(junk);
        steps.add(new Script.Step(9_000_000_000L, Side.RESPONDER, junk, 0, false));
        steps.add(new Script.Step(9_000_000_000L, Side.RESPONDER, new byte[0], 5_000, false));
        steps.add(new Script.Step(9_000_000_000L, Side.ORIGINATOR, junk, 0, false));

        assertThat(Driver.run(PARSER, steps).anomalies).isEmpty();
    }

    @Test
    void data_before_the_keys_is_an_anomaly() throws IOException {
        List<Script.Step> steps = new ArrayList<>(recorded("tls12").subList(0, 2));
        steps.add(
                new Script.Step(
                        9_000_000_000L,
                        Side.ORIGINATOR,
                        HexFormat.of().parseHex("170303000100"),
                        0,
                        false));

        assertThat(Driver.run(PARSER, steps).anomalies)
                .containsExactly("ssl_early_application_data");
    }

    @Test
    void sslv2_with_its_own_hellos() {
        String challenge = "5a".repeat(16);
        byte[] client =
                HexFormat.of()
                        .parseHex(
                                "801c 01 0002 0003 0000 0010 010080".replace(" ", "") + challenge);
        byte[] server =
                HexFormat.of()
                        .parseHex(
                                "801e 04 00 01 0002 0000 0003 0010 010080".replace(" ", "")
                                        + challenge);
        byte[] key = HexFormat.of().parseHex("800a02010080000000000000");
        List<Script.Step> steps =
                new Script()
                        .originator(client)
                        .responder(server)
                        .originator(key)
                        .responder(new byte[40])
                        .steps();

        Ssl ssl = ssl(Driver.torture(PARSER, steps, ROUNDS));
        assertThat(PARSER.probe(Bytes.of(client), Side.ORIGINATOR)).isEqualTo(Verdict.YES);
        assertThat(ssl.version()).isEqualTo("SSLv2");
        assertThat(ssl.cipher()).isEqualTo("SSLv20_CK_RC4_128_WITH_MD5");
        assertThat(ssl.ssl_history()).isEqualTo("Cs");
        assertThat(ssl.established()).isTrue();
    }

    @Test
    void a_message_too_long_to_keep_ends_the_session() throws IOException {
        List<Script.Step> steps = new ArrayList<>(recorded("tls12").subList(0, 1));
        steps.add(
                new Script.Step(
                        2,
                        Side.RESPONDER,
                        HexFormat.of().parseHex("16030300050bffffff00"),
                        0,
                        false));

        assertThat(ssl(Driver.run(PARSER, steps)).ssl_history()).isEqualTo("C");
    }

    // ---- whose is it?

    @Test
    void every_recorded_beginning_is_claimed_and_no_shorter_one_is_refused() throws IOException {
        for (Script.Step step : recorded("tls12").subList(0, 2)) {
            byte[] whole = step.bytes();
            assertThat(PARSER.probe(Bytes.of(whole), step.side())).isEqualTo(Verdict.YES);
            for (int length = 0; length < 11; length++) {
                assertThat(
                                PARSER.probe(
                                        Bytes.of(java.util.Arrays.copyOf(whole, length)),
                                        step.side()))
                        .as("%d bytes", length)
                        .isEqualTo(Verdict.MORE);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "474554202f20485454502f312e310d0a, GET",
        "1603, half a header is not enough",
        "17030300200000000000000000000000, data in the middle of a connection",
        "16030300040e000000, a hello is not done",
        "160303ffff010000000303, a record too long",
        "16050300aa010000a60303, no such version",
        "16030300aa01ff00a60303, a hello too long",
        "801c0500020003000000100100805a5a, no such message",
        "801d0100020003000000105a5a5a5a5a, lengths that disagree",
    })
    void what_is_not_tls_is_not_claimed(String hex, String what) {
        int verdict = PARSER.probe(Bytes.of(HexFormat.of().parseHex(hex)), Side.ORIGINATOR);

        assertThat(verdict).as(what).isEqualTo(hex.length() == 4 ? Verdict.MORE : Verdict.NO);
    }

    @Test
    void a_server_may_warn_first() {
        byte[] warning = HexFormat.of().parseHex("15030300020170" + "160303003e0200003a0303");
        byte[] refusal = HexFormat.of().parseHex("15030300020228");

        assertThat(PARSER.probe(Bytes.of(warning), Side.RESPONDER)).isEqualTo(Verdict.YES);
        assertThat(PARSER.probe(Bytes.of(refusal), Side.RESPONDER)).isEqualTo(Verdict.MORE);
    }

    @Test
    void random_bytes_are_refused_by_their_eleventh() {
        Random random = new Random(11);
        for (int i = 0; i < 100_000; i++) {
            byte[] junk = new byte[11];
            random.nextBytes(junk);
            assertThat(PARSER.probe(Bytes.of(junk), Side.ORIGINATOR)).isEqualTo(Verdict.NO);
        }
    }
}
