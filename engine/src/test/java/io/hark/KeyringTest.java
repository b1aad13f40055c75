package io.hark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertThat(keyring.toString()).isEqualTo("[a.log (TLS_KEY_LOG), b.key (RSA_PRIVATE)]");
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
                .hasMessageContaining("rsa-private, tls-key-log");
        Path damaged =
                write(
                        "damaged.key",
                        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> Keyring.load(List.of(damaged))).isInstanceOf(UserError.class);
    }
}
