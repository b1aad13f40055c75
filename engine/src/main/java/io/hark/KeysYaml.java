package io.hark;

import io.hark.bytes.Spelling;
import io.hark.format.tlscrypt.KeyLog;
import io.hark.schema.Prefix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a `keys.yaml`: a list of entries, each a secret, or a list of them.
///
/// *Shape*: `{name, kind, value | file | key [iv] [hmac], scope, source}`. Octets are written
/// `hex:…`, `base64:…` or `text:…`, and without such a word are hex. `docs/reference/keys.md` has
/// all of it; [#MEMBERS], [#LISTS] and [#SCOPES] are what it is made of.
///
/// *Errors*: always with the line, and with the nearest known word where one is not known.
///
/// *Thread*: one owner. No message of it repeats a value.
public final class KeysYaml {

    /// What an entry may have, and what it is.
    public static final Map<String, String> MEMBERS =
            words(
                    "name", "what messages call it; required",
                    "kind", "what it is; required",
                    "value", "the secret as text: of `bytes` octets, of others as in a file",
                    "file",
                            "a file beside keys.yaml that holds it; of `bytes` its octets as they are",
                    "key", "of `aes`: 16, 24 or 32 octets",
                    "iv", "of `aes`: 16 octets, where the family does not fix or send it",
                    "hmac", "of `aes`: the key of the HMAC beside it",
                    "scope", "where it may be tried; everywhere if it is missing",
                    "source",
                            "where it comes from, in words: a host log, a report, a memory image");

    /// Kinds that stand for many secrets of another.
    public static final Map<String, String> LISTS =
            words(
                    "word-list", "a `password` a line",
                    "key-list", "`bytes` a line; empty lines and lines with `#` are passed over");

    /// What a scope may be.
    public static final Map<String, String> SCOPES =
            words(
                    "any", "everywhere, as if there were none",
                    "campaign", "everywhere; the name is for the reader, traffic does not tell it",
                    "host", "where one end of the connection is this address or network",
                    "server",
                            "where the responder is: `203.0.113.5`, `203.0.113.5:443`, `[2001:db8::5]:443`",
                    "conversation",
                            "where the conversation has this name: a session id, an implant's id");

    /// The most secrets of one list. Each is tried on each conversation that needs one.
    public static final int MAX_LIST = 1 << 16;

    private static final int IV = 16;

    private final Path file;

    /// The reader of that file; its text is handed over.
    KeysYaml(Path file) {
        this.file = file;
    }

    private static Map<String, String> words(String... pairs) {
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            words.put(pairs[i], pairs[i + 1]);
        }
        return words;
    }

    /// All secrets in it.
    List<Secret> read(String text) throws IOException {
        List<Secret> secrets = new ArrayList<>();
        for (YamlEntry entry : YamlEntry.list(file, text)) {
            secrets.addAll(secrets(entry));
        }
        return secrets;
    }

    private List<Secret> secrets(YamlEntry entry) throws IOException {
        entry.members().forEach((member, at) -> known(member, at.line(), MEMBERS.keySet(), "key"));
        String name = entry.required("name");
        String word = entry.required("kind");
        int line = entry.line("kind");
        List<String> kinds =
                Stream.concat(
                                Arrays.stream(Secret.Kind.values()).map(Secret.Kind::word),
                                LISTS.keySet().stream())
                        .toList();
        known(word, line, kinds, "kind");
        Scope scope = scope(entry);
        String source = entry.text("source");
        String from = source == null ? file.toString() : source;
        List<Map<String, byte[]>> found = values(entry, word);
        Secret.Kind one = Secret.Kind.of(word);
        boolean list = one == null;
        Secret.Kind many = word.equals("word-list") ? Secret.Kind.PASSWORD : Secret.Kind.BYTES;
        Secret.Kind kind = one == null ? many : one;
        List<Secret> secrets = new ArrayList<>();
        for (Map<String, byte[]> values : found) {
            String numbered = list ? name + " #" + (secrets.size() + 1) : name;
            secrets.add(new Secret(numbered, kind, values, scope, from));
        }
        return secrets;
    }

    private List<Map<String, byte[]>> values(YamlEntry entry, String kind) throws IOException {
        int line = entry.line("name");
        if (kind.equals("aes")) {
            only(entry, kind, List.of("key", "iv", "hmac"));
            return List.of(aes(entry));
        }
        only(entry, kind, List.of("value", "file"));
        String value = entry.text("value");
        if ((value == null) == (entry.text("file") == null)) {
            throw error(line, "'" + entry.required("name") + "' must have either value or file");
        }
        byte[] octets = value == null ? beside(entry) : value.getBytes(StandardCharsets.UTF_8);
        String text = new String(octets, StandardCharsets.UTF_8);
        int at = entry.line(value == null ? "file" : "value");
        Map<String, byte[]> one =
                switch (kind) {
                    case "rsa-private" -> KeyFile.rsaPrivate(file + ":" + at, text);
                    case "tls-key-log" -> KeyLog.parse(text);
                    case "bytes" -> Map.of("bytes", value == null ? octets : octets(value, at));
                    case "profile" -> Map.of("profile", octets);
                    case "password" ->
                            Map.of("password", text.strip().getBytes(StandardCharsets.UTF_8));
                    default -> Map.of();
                };
        if (LISTS.containsKey(kind)) {
            return list(kind, text, at);
        } else if (one.isEmpty() || one.values().iterator().next().length == 0) {
            throw error(at, "there is no " + kind + " in '" + entry.required("name") + "'");
        }
        return List.of(one);
    }

    private List<Map<String, byte[]>> list(String kind, String text, int at) {
        List<Map<String, byte[]>> found = new ArrayList<>();
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            if (found.size() == MAX_LIST) {
                throw error(at, "a " + kind + " has at most " + MAX_LIST + " lines: shorten it");
            } else if (kind.equals("word-list")) {
                found.add(Map.of("password", line.getBytes(StandardCharsets.UTF_8)));
            } else if (!line.startsWith("#")) {
                found.add(Map.of("bytes", octets(line.strip(), at)));
            }
        }
        return found;
    }

    private Map<String, byte[]> aes(YamlEntry entry) {
        Map<String, byte[]> values = new LinkedHashMap<>();
        for (String part : List.of("key", "iv", "hmac")) {
            String text = entry.text(part);
            if (text != null) {
                values.put(part, octets(text, entry.line(part)));
            }
        }
        byte[] key = values.get("key");
        if (key == null || !List.of(16, 24, 32).contains(key.length)) {
            int line = entry.line(key == null ? "name" : "key");
            throw error(line, "an aes entry must have a key of 16, 24 or 32 octets");
        }
        byte[] iv = values.get("iv");
        if (iv != null && iv.length != IV) {
            throw error(entry.line("iv"), "an iv has 16 octets, this one " + iv.length);
        }
        return values;
    }

    private void only(YamlEntry entry, String kind, List<String> wanted) {
        for (String member : List.of("value", "file", "key", "iv", "hmac")) {
            if (entry.text(member) != null && !wanted.contains(member)) {
                throw error(
                        entry.line(member),
                        "a "
                                + kind
                                + " has no "
                                + member
                                + ": give it "
                                + String.join(", ", wanted));
            }
        }
    }

    private Scope scope(YamlEntry entry) {
        YamlEntry.At at = entry.members().get("scope");
        if (at == null) {
            return Scope.ANY;
        }
        Map<String, String> narrowed = at.nested();
        if (narrowed.size() != 1 && !at.text().equals("any")) {
            throw error(
                    at.line(),
                    "a scope is any, or one of {campaign: …}, {host: …}, {server: …}, {conversation: …}");
        }
        String reach = narrowed.isEmpty() ? "any" : narrowed.keySet().iterator().next();
        String of = narrowed.getOrDefault(reach, "");
        known(reach, at.line(), SCOPES.keySet(), "scope");
        Scope scope =
                switch (reach) {
                    case "campaign" -> new Scope.Campaign(of);
                    case "conversation" -> new Scope.Conversation(of);
                    case "host" -> host(Prefix.parse(of));
                    case "server" -> Scope.Server.parse(of);
                    default -> Scope.ANY;
                };
        if (scope == null) {
            throw error(
                    at.line(),
                    "'%s' is no address and no network; write it like 203.0.113.5 or 10.0.0.0/8"
                            .formatted(of));
        }
        return scope;
    }

    private static @Nullable Scope host(@Nullable Prefix network) {
        return network == null ? null : new Scope.Host(network);
    }

    private byte[] octets(String text, int line) {
        try {
            if (text.startsWith("text:")) {
                return text.substring(5).getBytes(StandardCharsets.UTF_8);
            } else if (text.startsWith("base64:")) {
                return Base64.getDecoder().decode(text.substring(7).strip());
            }
            String hex = text.startsWith("hex:") ? text.substring(4) : text;
            return HexFormat.of().parseHex(hex.replaceAll("[\\s:]", ""));
        } catch (IllegalArgumentException e) {
            // Its message would repeat the secret.
            throw error(
                    line,
                    "these are no octets: write hex, or say how with hex:…, base64:… or text:…");
        }
    }

    private byte[] beside(YamlEntry entry) throws IOException {
        Path beside = file.resolveSibling(entry.required("file"));
        if (!Files.isReadable(beside)) {
            throw error(entry.line("file"), "no file " + beside);
        }
        return KeyFile.octets(beside);
    }

    private void known(String word, int line, Collection<String> known, String what) {
        if (!known.contains(word)) {
            throw error(
                    line,
                    "unknown %s '%s': did you mean '%s'? known: %s"
                            .formatted(
                                    what,
                                    word,
                                    Spelling.nearest(word, known),
                                    String.join(", ", known)));
        }
    }

    private UserError error(int line, String what) {
        return new UserError(file + ":" + line + ": " + what);
    }
}
