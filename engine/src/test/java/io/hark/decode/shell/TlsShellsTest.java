package io.hark.decode.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Keyring;
import io.hark.Secret;
import io.hark.Verdict;
import io.hark.carry.StreamPiece;
import io.hark.decode.Rehearsal;
import io.hark.event.Side;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsShellsTest {

    private static final String[] TALK = {
        "<id\n",
        ">uid=0(root) gid=0(root)\n",
        "<echo marker-17\n",
        ">marker-17\n",
        "<uname\n",
        ">Linux\n",
        "<exit\n"
    };

    private static TlsDialogue tls;
    private static TlsDialogue other;

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException, IOException {
        tls = new TlsDialogue();
        other = new TlsDialogue();
    }

    private static final List<String> READ =
            List.of(
                    "OPERATOR id",
                    "IMPLANT uid=0(root) gid=0(root)",
                    "OPERATOR echo marker-17",
                    "IMPLANT marker-17",
                    "OPERATOR uname",
                    "IMPLANT Linux",
                    "OPERATOR exit");

    @ParameterizedTest
    @CsvSource({
        "TLSv1,   TLS_RSA_WITH_AES_128_CBC_SHA",
        "TLSv1,   TLS_RSA_WITH_AES_256_CBC_SHA",
        "TLSv1,   SSL_RSA_WITH_3DES_EDE_CBC_SHA",
        "TLSv1,   SSL_RSA_WITH_RC4_128_SHA",
        "TLSv1,   SSL_RSA_WITH_RC4_128_MD5",
        "TLSv1.1, TLS_RSA_WITH_AES_256_CBC_SHA",
        "TLSv1.1, SSL_RSA_WITH_RC4_128_SHA",
        "TLSv1.2, TLS_RSA_WITH_AES_128_CBC_SHA",
        "TLSv1.2, TLS_RSA_WITH_AES_128_CBC_SHA256",
        "TLSv1.2, TLS_RSA_WITH_AES_256_CBC_SHA256",
        "TLSv1.2, TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_RSA_WITH_AES_256_GCM_SHA384",
    })
    void an_rsa_key_opens_what_was_agreed_under_it(String version, String suite) throws Exception {
        List<StreamPiece> wire = tls.speak(version, suite, TALK);
        assertThat(Rehearsal.taste(new TlsShells(), wire)).isEqualTo(Verdict.YES);
        Rehearsal<TlsState> rehearsal = play(wire, keyring(other.privateKey(), tls.privateKey()));
        assertThat(rehearsal.lines()).isEqualTo(READ);
        assertThat(rehearsal.opened).containsOnly("key-1");
        assertThat(rehearsal.wanted).isEmpty();
        assertThat(rehearsal.said)
                .allSatisfy(message -> assertThat(message.secret()).isEqualTo("key-1"));
    }

    @Test
    void without_its_key_it_says_what_would_open_it() throws Exception {
        List<StreamPiece> wire = tls.speak("TLSv1.2", "TLS_RSA_WITH_AES_128_GCM_SHA256", TALK);
        Rehearsal<TlsState> rehearsal = play(wire, keyring(other.privateKey()));
        assertThat(rehearsal.said).isEmpty();
        assertThat(rehearsal.wanted)
                .containsExactly(Secret.Kind.RSA_PRIVATE, Secret.Kind.TLS_KEY_LOG);
    }

    @Test
    void an_rsa_key_does_not_open_what_a_key_exchange_forgets() throws Exception {
        List<StreamPiece> wire =
                tls.speak("TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", TALK);
        Rehearsal<TlsState> rehearsal = play(wire, keyring(tls.privateKey()));
        assertThat(rehearsal.said).isEmpty();
        assertThat(rehearsal.wanted).containsExactly(Secret.Kind.TLS_KEY_LOG);
    }

    @Test
    void what_proves_to_be_no_shell_is_shown_as_it_is() throws Exception {
        List<StreamPiece> wire =
                tls.speak(
                        "TLSv1.2",
                        "TLS_RSA_WITH_AES_128_GCM_SHA256",
                        ">GET / HTTP/1.1\r\nHost: a.test\r\n\r\n",
                        "<HTTP/1.1 200 OK\r\n\r\nhello\r\n");
        Rehearsal<TlsState> rehearsal = play(wire, keyring(tls.privateKey()));
        assertThat(rehearsal.lines())
                .containsExactly(
                        "UNKNOWN GET / HTTP/1.1\nHost: a.test", "UNKNOWN HTTP/1.1 200 OK\n\nhello");
    }

    @Test
    void the_bytes_may_be_cut_anywhere() throws Exception {
        List<StreamPiece> wire = tls.speak("TLSv1", "TLS_RSA_WITH_AES_128_CBC_SHA", TALK);
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(play(cut(wire, new Random(seed)), keyring(tls.privateKey())).lines())
                    .as("seed %d", seed)
                    .isEqualTo(READ);
        }
    }

    @Test
    void a_gap_ends_the_reading_of_its_direction() throws Exception {
        List<StreamPiece> wire = tls.speak("TLSv1.2", "TLS_RSA_WITH_AES_128_CBC_SHA", TALK);
        Rehearsal<TlsState> rehearsal = new Rehearsal<>(new TlsShells(), keyring(tls.privateKey()));
        wire.subList(0, wire.size() - 3)
                .forEach(piece -> rehearsal.say(piece.side(), piece.bytes()));
        rehearsal.gap(Side.ORIGINATOR, 100);
        wire.subList(wire.size() - 3, wire.size())
                .forEach(piece -> rehearsal.say(piece.side(), piece.bytes()));
        assertThat(rehearsal.end().lines())
                .contains("IMPLANT 100 bytes are missing here", "OPERATOR exit");
    }

    @Test
    void flipped_bits_never_throw() throws Exception {
        for (String suite :
                List.of("TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_GCM_SHA384")) {
            List<StreamPiece> wire = tls.speak("TLSv1.2", suite, TALK);
            for (long seed = 1; seed <= 150; seed++) {
                Random random = new Random(seed);
                List<StreamPiece> broken = new ArrayList<>();
                for (StreamPiece piece : wire) {
                    byte[] bytes = piece.bytes().clone();
                    for (int i = 0; i < random.nextInt(3); i++) {
                        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                    }
                    broken.add(with(piece, bytes));
                }
                assertThat(play(broken, keyring(tls.privateKey())).said)
                        .as("seed %d", seed)
                        .isNotNull();
                assertThat(Rehearsal.taste(new TlsShells(), broken))
                        .isBetween(Verdict.NO, Verdict.YES);
            }
        }
    }

    @Test
    void other_streams_are_no_tls() {
        assertThat(
                        Rehearsal.taste(
                                new TlsShells(),
                                Rehearsal.dialogue(
                                        ">GET / HTTP/1.1\r\n\r\n", "<HTTP/1.1 200 OK\r\n")))
                .isEqualTo(Verdict.NO);
        assertThat(
                        Rehearsal.taste(
                                new TlsShells(),
                                Rehearsal.dialogue("<SSH-2.0-x\r\n", ">SSH-2.0-y\r\n")))
                .isLessThanOrEqualTo(Verdict.MORE);
    }

    private static List<StreamPiece> cut(List<StreamPiece> wire, Random random) {
        List<StreamPiece> cut = new ArrayList<>();
        for (StreamPiece piece : wire) {
            for (int at = 0; at < piece.bytes().length; ) {
                int end = Math.min(piece.bytes().length, at + 1 + random.nextInt(90));
                cut.add(with(piece, Arrays.copyOfRange(piece.bytes(), at, end)));
                at = end;
            }
        }
        return cut;
    }

    private static StreamPiece with(StreamPiece piece, byte[] bytes) {
        return new StreamPiece(0, piece.uid(), piece.id(), "", 0, piece.side(), 0, bytes, 0, false);
    }

    private static Rehearsal<TlsState> play(List<StreamPiece> wire, Keyring keyring) {
        Rehearsal<TlsState> rehearsal = new Rehearsal<>(new TlsShells(), keyring);
        wire.forEach(piece -> rehearsal.say(piece.side(), piece.bytes()));
        return rehearsal.end();
    }

    private static Keyring keyring(byte[]... keys) throws GeneralSecurityException, IOException {
        List<Secret> secrets = new ArrayList<>();
        for (byte[] key : keys) {
            secrets.add(
                    new Secret(
                            "key-" + secrets.size(),
                            Secret.Kind.RSA_PRIVATE,
                            Map.of("pkcs8", key)));
        }
        return new Keyring(secrets);
    }
}
