package io.hark;

import io.hark.format.tlscrypt.KeyLog;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The secrets that decoders may try, in the order they were given.
///
/// *Shape* of what is loaded: a private RSA key in PEM (PKCS#1 or PKCS#8), an NSS key log, a
/// `keys.yaml`, or a folder of those. A `keys.yaml` is a list of `{name, kind: rsa-private |
/// tls-key-log, file | value}`; a file in it is beside it.
///
/// *Thread*: immutable, any thread. Nothing here is ever printed but names and kinds.
///
/// @param secrets all of them
public record Keyring(List<Secret> secrets) {

    /// No secrets.
    public static final Keyring EMPTY = new Keyring(List.of());

    /// The largest file that is read: a key log of a busy day.
    private static final long MAX_FILE = 256L << 20;

    private static final String FORMS = "a PEM private RSA key, an NSS key log, or a keys.yaml";
    private static final Set<String> MEMBERS = Set.of("name", "kind", "file", "value");

    /// Keeps its own copy.
    public Keyring {
        secrets = List.copyOf(secrets);
    }

    /// The secrets of one kind, in order.
    public List<Secret> secrets(Secret.Kind kind) {
        return secrets.stream().filter(secret -> secret.kind() == kind).toList();
    }

    /// Names and kinds only.
    @Override
    public String toString() {
        return secrets.toString();
    }

    /// Loads files and folders. In a folder, files that hold no secret are passed over; a file that
    /// is named must hold one.
    ///
    /// @throws UserError if a file is missing, too large, or holds nothing that can be used
    public static Keyring load(List<Path> paths) {
        List<Secret> secrets = new ArrayList<>();
        for (Path path : paths) {
            try {
                if (Files.isDirectory(path)) {
                    folder(path, secrets);
                } else if (!Files.isReadable(path)) {
                    throw new UserError(
                            "no keys at "
                                    + path
                                    + ": it is not there or cannot be read; give "
                                    + FORMS);
                } else if (!file(path, secrets)) {
                    throw new UserError(path + " holds no key that Hark can use: give " + FORMS);
                }
            } catch (IOException e) {
                throw new UserError("cannot read keys from " + path + ": " + e.getMessage(), e);
            }
        }
        return new Keyring(secrets);
    }

    private static void folder(Path folder, List<Secret> secrets) throws IOException {
        List<Path> files;
        try (var inside = Files.list(folder)) {
            files = inside.filter(Files::isRegularFile).sorted().toList();
        }
        int before = secrets.size();
        for (Path file : files) {
            file(file, secrets);
        }
        if (secrets.size() == before) {
            throw new UserError("no key in the folder " + folder + ": put there " + FORMS);
        }
    }

    /// Whether the file held a secret.
    private static boolean file(Path file, List<Secret> secrets) throws IOException {
        if (Files.size(file) > MAX_FILE) {
            throw new UserError(
                    file + " is larger than " + (MAX_FILE >> 20) + " MB: split the key log");
        }
        String name = name(file);
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        if (name.equals("keys.yaml") || name.equals("keys.yml")) {
            list(file, text, secrets);
            return true;
        }
        Secret secret = text(name, file.toString(), text, null);
        if (secret != null) {
            secrets.add(secret);
        }
        return secret != null;
    }

    private static @Nullable Secret text(
            String name, String where, String text, Secret.@Nullable Kind wanted) {
        if (wanted != Secret.Kind.TLS_KEY_LOG && text.contains("-----BEGIN ")) {
            byte[] key = privateKey(where, text);
            return key == null
                    ? null
                    : new Secret(name, Secret.Kind.RSA_PRIVATE, Map.of("pkcs8", key));
        }
        Map<String, byte[]> log = wanted == Secret.Kind.RSA_PRIVATE ? Map.of() : KeyLog.parse(text);
        return log.isEmpty() ? null : new Secret(name, Secret.Kind.TLS_KEY_LOG, Map.copyOf(log));
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

    private static void list(Path file, String text, List<Secret> secrets) throws IOException {
        JsonNode root;
        try {
            root = YAMLMapper.builder().build().readTree(text);
        } catch (JacksonException e) {
            throw new UserError(file + " is no YAML: line " + e.getLocation().getLineNr(), e);
        }
        if (root == null || !root.isArray()) {
            throw new UserError(file + " must be a list of {name, kind, file | value}");
        }
        for (JsonNode entry : root) {
            secrets.add(entry(file, entry));
        }
    }

    private static Secret entry(Path file, JsonNode entry) throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        entry.propertyStream()
                .forEach(member -> members.put(member.getKey(), member.getValue().asString()));
        Set<String> unknown = new HashSet<>(members.keySet());
        unknown.removeAll(MEMBERS);
        String name = members.getOrDefault("name", "");
        if (!unknown.isEmpty()
                || name.isEmpty()
                || members.containsKey("file") == members.containsKey("value")) {
            throw new UserError(
                    "%s: entry '%s' must have name, kind, and either file or value%s"
                            .formatted(
                                    file, name, unknown.isEmpty() ? "" : "; unknown: " + unknown));
        }
        Secret.Kind kind = kind(file, members.getOrDefault("kind", ""));
        String where = file + ", entry '" + name + "'";
        String value = members.get("value");
        if (value == null) {
            Path beside = file.resolveSibling(members.getOrDefault("file", ""));
            if (!Files.isReadable(beside)) {
                throw new UserError(where + ": no file " + beside);
            }
            value = new String(Files.readAllBytes(beside), StandardCharsets.UTF_8);
        }
        Secret secret = text(name, where, value, kind);
        if (secret == null) {
            throw new UserError(where + " holds no " + members.get("kind") + ": give " + FORMS);
        }
        return secret;
    }

    private static Secret.Kind kind(Path file, String word) {
        for (Secret.Kind kind : Secret.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
                return kind;
            }
        }
        throw new UserError(
                file + ": unknown kind '" + word + "'; known: rsa-private, tls-key-log");
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }
}
