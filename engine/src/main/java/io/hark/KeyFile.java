package io.hark;

import io.hark.format.tlscrypt.KeyLog;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/// Reads the secrets of one file by what it holds.
final class KeyFile {

    static final String FORMS = "a PEM private RSA key, an NSS key log, or a keys.yaml";

    /// The largest file that is read: a key log of a busy day.
    private static final long MAX_FILE = 256L << 20;

    private KeyFile() {}

    /// The secrets in a file; none if it holds none.
    static List<Secret> read(Path file) throws IOException {
        String name = name(file);
        String text = new String(octets(file), StandardCharsets.UTF_8);
        if (name.endsWith("keys.yaml") || name.endsWith("keys.yml")) {
            return new KeysYaml(file).read(text);
        }
        Map<String, byte[]> rsa = rsaPrivate(file.toString(), text);
        if (!rsa.isEmpty()) {
            return List.of(secret(name, Secret.Kind.RSA_PRIVATE, rsa, file));
        }
        Map<String, byte[]> log = text.contains("-----BEGIN ") ? Map.of() : KeyLog.parse(text);
        return log.isEmpty()
                ? List.of()
                : List.of(secret(name, Secret.Kind.TLS_KEY_LOG, log, file));
    }

    private static Secret secret(
            String name, Secret.Kind kind, Map<String, byte[]> values, Path file) {
        return new Secret(name, kind, values, Scope.ANY, file.toString());
    }

    /// A file's octets, if there are not too many.
    static byte[] octets(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE) {
            throw new UserError(file + " is larger than " + (MAX_FILE >> 20) + " MB: split it");
        }
        return Files.readAllBytes(file);
    }

    /// The first private RSA key in PEM, under `pkcs8`; empty where there is none.
    static Map<String, byte[]> rsaPrivate(String where, String text) {
        byte[] key = text.contains("-----BEGIN ") ? privateKey(where, text) : null;
        return key == null ? Map.of() : Map.of("pkcs8", key);
    }

    /// The PKCS#8 octets of the first private RSA key, or null where there is none.
    private static byte @Nullable [] privateKey(String where, String text) {
        try (PEMParser pem = new PEMParser(new StringReader(text))) {
            for (Object read = pem.readObject(); read != null; read = pem.readObject()) {
                PrivateKeyInfo key =
                        switch (read) {
                            case PEMKeyPair pair -> pair.getPrivateKeyInfo();
                            case PrivateKeyInfo info -> info;
                            case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
                                    throw new UserError(
                                            where
                                                    + " is encrypted: take its passphrase off with"
                                                    + " 'openssl pkey -in FILE -out FILE.clear'");
                            default -> null;
                        };
                if (key != null && isRsa(key)) {
                    return key.getEncoded();
                }
            }
            return null;
        } catch (IOException e) {
            throw new UserError(where + " looks like PEM but is damaged: " + e.getMessage(), e);
        }
    }

    private static boolean isRsa(PrivateKeyInfo key) {
        return key.getPrivateKeyAlgorithm()
                .getAlgorithm()
                .equals(PKCSObjectIdentifiers.rsaEncryption);
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }
}
