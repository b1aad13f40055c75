package io.hark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.event.Endpoints;
import io.hark.schema.Addr;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyringTest {

    private static final String LOG =
            "CLIENT_RANDOM " + "ab".repeat(32) + " " + "cd".repeat(48) + "\n";

    @TempDir Path dir;
    private KeyPair pair;

    @BeforeEach
    void makeKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        pair = generator.generateKeyPair();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }

    private static String pem(Object thing) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(thing);
        }
        return text.toString();
    }

    private String pkcs8() throws IOException {
        return pem(
                new PKCS8Generator(
                        PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded()), null));
    }

    @Test
    void both_forms_of_a_private_key_are_the_same_secret() throws IOException {
        Path old = write("old.key", pem(pair.getPrivate()));
        Path young = write("young.key", pkcs8());
        assertThat(Files.readString(old)).contains("BEGIN RSA PRIVATE KEY");
        List<Secret> secrets = Keyring.load(List.of(old, young)).secrets(Secret.Kind.RSA_PRIVATE);
        assertThat(secrets).extracting(Secret::name).containsExactly("old.key", "young.key");
        assertThat(secrets)
                .allSatisfy(
                        s ->
                                assertThat(s.values().get("pkcs8"))
                                        .isEqualTo(pair.getPrivate().getEncoded()));
    }

    @Test
    void a_folder_gives_its_keys_and_passes_over_the_rest() throws IOException {
        write("a.log", LOG);
        write("b.key", pkcs8());
        write("notes.txt", "nothing of value");
        Keyring keyring = Keyring.load(List.of(dir));
        assertThat(keyring.secrets())
                .extracting(Secret::kind)
                .containsExactly(Secret.Kind.TLS_KEY_LOG, Secret.Kind.RSA_PRIVATE);
        assertThat(keyring.toString()).isEqualTo("[a.log (tls-key-log), b.key (rsa-private)]");
    }

    @Test
    void a_list_names_files_and_values() throws IOException {
        write("b.key", pkcs8());
        Path list =
                write(
                        "keys.yaml",
                        "- {name: campaign, kind: rsa-private, file: b.key}\n"
                                + "- name: browser\n"
                                + "  kind: tls-key-log\n"
                                + "  value: |\n"
                                + "    "
                                + LOG);
        assertThat(Keyring.load(List.of(list)).secrets())
                .extracting(Secret::name)
                .containsExactly("campaign", "browser");
    }

    @Test
    void what_cannot_be_used_is_said_with_what_to_do() throws IOException {
        Path text = write("notes.txt", "nothing of value");
        Path wrong = write("keys.yaml", "- {name: a, kind: rsa-privat, file: b.key}\n");
        assertThatThrownBy(() -> Keyring.load(List.of(text)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("NSS key log");
        assertThatThrownBy(() -> Keyring.load(List.of(dir.resolve("gone"))))
                .hasMessageContaining("not there");
        assertThatThrownBy(() -> Keyring.load(List.of(wrong)))
                .hasMessageContaining("did you mean 'rsa-private'");
        Path damaged =
                write(
                        "damaged.key",
                        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> Keyring.load(List.of(damaged))).isInstanceOf(UserError.class);
    }

    @Test
    void octets_are_written_as_hex_base64_or_text() throws IOException {
        Path list =
                write(
                        "keys.yaml",
                        """
                        - {name: a, kind: bytes, value: "01 02:03"}
                        - {name: b, kind: bytes, value: "base64:AQID"}
                        - {name: c, kind: bytes, value: "text:key"}
                        - {name: d, kind: aes, key: "hex:00112233445566778899aabbccddeeff", hmac: "text:h"}
                        """);
        Keyring keyring = Keyring.load(List.of(list));
        assertThat(keyring.secrets(Secret.Kind.BYTES))
                .extracting(secret -> secret.value("bytes"))
                .containsExactly(new byte[] {1, 2, 3}, new byte[] {1, 2, 3}, "key".getBytes(UTF_8));
        Secret aes = keyring.secrets(Secret.Kind.AES).getFirst();
        assertThat(aes.value("key")).hasSize(16);
        assertThat(aes.value("iv")).isEmpty();
        assertThat(aes.value("hmac")).isEqualTo("h".getBytes(UTF_8));
    }

    @Test
    void a_list_of_words_is_a_password_a_line() throws IOException {
        write("words.txt", "admin\n\nharvest moon\n");
        Path list = write("keys.yaml", "- {name: usual ones, kind: word-list, file: words.txt}\n");
        assertThat(Keyring.load(List.of(list)).secrets(Secret.Kind.PASSWORD))
                .extracting(Secret::name)
                .containsExactly("usual ones #1", "usual ones #2");
    }

    @Test
    void a_scope_says_where_a_secret_may_be_tried() throws IOException {
        Path list =
                write(
                        "keys.yaml",
                        """
                        - {name: a, kind: password, value: x}
                        - {name: b, kind: password, value: x, scope: any}
                        - {name: c, kind: password, value: x, scope: {host: 10.0.0.0/8}}
                        - {name: d, kind: password, value: x, scope: {server: "203.0.113.5:443"}}
                        - {name: e, kind: password, value: x, scope: {server: "[2001:db8::5]:443"}}
                        - {name: f, kind: password, value: x, scope: {conversation: S1}}
                        - {name: g, kind: password, value: x, scope: {campaign: harvest}, source: a report}
                        """);
        List<Secret> secrets = Keyring.load(List.of(list)).secrets();
        assertThat(secrets.getLast().source()).isEqualTo("a report");
        assertThat(admitted(secrets, "192.0.2.1", "203.0.113.5", 443, "S2")).isEqualTo("abdg");
        assertThat(admitted(secrets, "10.1.2.3", "203.0.113.5", 80, "S1")).isEqualTo("abcfg");
        assertThat(admitted(secrets, "2001:db8::1", "2001:db8::5", 443, "S2")).isEqualTo("abeg");
    }

    private static String admitted(
            List<Secret> secrets, String from, String to, int port, String conversation) {
        Endpoints id = new Endpoints(Addr.parse(from), 50_000, Addr.parse(to), port);
        return secrets.stream()
                .filter(secret -> secret.scope().admits(id, conversation))
                .map(Secret::name)
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    - {name: a, knid: bytes, value: 00}           | 2: unknown key 'knid': did you mean 'kind'
                    - {name: a, kind: byte, value: 00}            | 2: unknown kind 'byte': did you mean 'bytes'
                    - {name: a, kind: bytes, value: hunter2}      | 2: these are no octets
                    - {name: a, kind: bytes}                      | 2: 'a' must have either value or file
                    - {name: a, kind: aes, key: hex:0011}         | 2: an aes entry must have a key of 16, 24 or 32
                    - {name: a, kind: aes, value: 00}             | 2: a aes has no value: give it key, iv, hmac
                    - {name: a, kind: bytes, file: gone}          | 2: no file
                    - {name: a, kind: password, value: x, scope: {hots: 10.0.0.1}} | 2: unknown scope 'hots': did you mean 'host'
                    - {name: a, kind: password, value: x, scope: {host: here}}     | 2: 'here' is no address
                    - {kind: password, value: hunter2}            | 2: this entry has no name
                    - {name: a, kind: password, value: [hunter2]} | 2: a text must stand here
                    - hunter2                                     | 2: an entry must have
                    - {name: a, name: b, kind: bytes, value: 00}  | 2: 'name' is there twice
                    """)
    void what_is_wrong_is_said_with_its_line_and_never_with_the_secret(String entry, String said)
            throws IOException {
        Path list = write("keys.yaml", "# secrets\n" + entry + "\n");
        assertThatThrownBy(() -> Keyring.load(List.of(list)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("keys.yaml:" + said)
                .hasMessageNotContaining("hunter2");
    }
}
