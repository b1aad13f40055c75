package io.hark.decode.webshell;

import io.hark.Decoder.Secrets;
import io.hark.Secret;
import io.hark.bytes.Digests;
import io.hark.bytes.Legible;
import io.hark.bytes.codec.BlockCipher;
import io.hark.bytes.codec.BlockCipher.Algorithm;
import io.hark.bytes.codec.BlockCipher.Mode;
import io.hark.bytes.codec.TextCodec;
import io.hark.format.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How Behinder and Godzilla seal orders and answers: under the first 16 hex digits of the
/// password's MD5, with AES-128 (ECB for Java; CBC from zeros for PHP), or XORed with them from the
/// second on.
///
/// *Source*: xsgwork/webshell-decryptor, published analyses.
final class Crypt {

    private static final int MAX_TRIED = 4096; // passwords on one exchange
    private static final int BLOCK = 16;
    private static final int MIN_SEALED = 48; // octets of an order
    private static final Pattern PHP = Pattern.compile("base64_decode\\('([A-Za-z0-9+/=]+)'\\)");
    private static final Pattern ARGUMENT = Pattern.compile("\\$\\w+=\"([A-Za-z0-9+/=]+)\";");
    private static final int MAX_ARGUMENTS = 16;

    private Crypt() {}

    /// A key.
    ///
    /// @param secret the password it is made of; null for the one that the shell comes with
    /// @param key 16 hex digits
    record Key(@Nullable Secret secret, byte[] key) {

        static Key of(@Nullable Secret secret, String password) {
            return of(secret, password.getBytes(StandardCharsets.UTF_8));
        }

        static Key of(@Nullable Secret secret, byte[] password) {
            String digits = HexFormat.of().formatHex(Digests.md5(password)).substring(0, 16);
            return new Key(secret, digits.getBytes(StandardCharsets.US_ASCII));
        }

        /// What sealed octets may be, one for each way of sealing.
        List<byte[]> opened(byte[] sealed) {
            List<byte[]> all = new ArrayList<>();
            for (BlockCipher cipher :
                    List.of(
                            new BlockCipher(Algorithm.AES, Mode.ECB_PADDED, key, new byte[0]),
                            new BlockCipher(
                                    Algorithm.AES, Mode.CBC_PADDED, key, new byte[BLOCK]))) {
                byte[] plain = cipher.decode(sealed);
                if (plain != null) {
                    all.add(plain);
                }
            }
            all.add(xored(sealed));
            return all;
        }

        byte[] xored(byte[] sealed) {
            byte[] plain = sealed.clone();
            for (int i = 0; i < plain.length; i++) {
                plain[i] ^= key[(i + 1) % key.length];
            }
            return plain;
        }

        /// A Behinder order in words, or null if this is not its key: it must be code.
        @Nullable String order(byte[] body) {
            byte[] sealed =
                    TextCodec.BASE64.decode(new String(body, StandardCharsets.ISO_8859_1).strip());
            for (byte[] plain : sealed == null ? List.<byte[]>of() : opened(sealed)) {
                boolean java =
                        plain.length > 4
                                && plain[0] == (byte) 0xca
                                && plain[1] == (byte) 0xfe
                                && plain[2] == (byte) 0xba
                                && plain[3] == (byte) 0xbe;
                if (java) {
                    return "Java class, " + plain.length + " bytes: " + Legible.of(plain);
                }
                Matcher php = PHP.matcher(new String(plain, StandardCharsets.UTF_8));
                byte[] code = php.find() ? TextCodec.BASE64.decode(php.group(1)) : null;
                if (code != null) {
                    return arguments(new String(code, StandardCharsets.UTF_8));
                }
            }
            return null;
        }

        /// A Behinder answer, or null.
        @Nullable String answer(byte[] body) {
            byte[] coded =
                    TextCodec.BASE64.decode(new String(body, StandardCharsets.ISO_8859_1).strip());
            for (byte[] sealed : coded == null ? List.of(body) : List.of(coded, body)) {
                for (byte[] plain : opened(sealed)) {
                    JsonNode json = Json.object(new String(plain, StandardCharsets.UTF_8));
                    if (json != null && json.has("status") && json.has("msg")) {
                        return Json.unwrapped(Json.text(json, "msg"));
                    }
                }
            }
            return null;
        }
    }

    /// What PHP code is given: the texts that it has in base64; the code itself where it has none.
    private static String arguments(String code) {
        List<String> texts = new ArrayList<>();
        Matcher found = ARGUMENT.matcher(code);
        while (found.find() && texts.size() < MAX_ARGUMENTS) {
            String text = Json.unwrapped(found.group(1));
            if (Legible.isText(text)) {
                texts.add(text);
            }
        }
        String all = texts.isEmpty() ? code : String.join(" ", texts);
        return all.substring(0, Math.min(all.length(), Legible.MAX_TEXT));
    }

    /// Behinder's keys: of the passwords at hand, behind the one it comes with.
    static List<Key> behinder(Secrets secrets) {
        return keys(secrets, "rebeyond");
    }

    /// Godzilla's.
    static List<Key> godzilla(Secrets secrets) {
        return keys(secrets, "key");
    }

    private static List<Key> keys(Secrets secrets, String comesWith) {
        List<Key> keys = new ArrayList<>(List.of(Key.of(null, comesWith)));
        for (Secret secret : secrets.secrets(Secret.Kind.PASSWORD)) {
            if (keys.size() <= MAX_TRIED) {
                keys.add(Key.of(secret, secret.value("password")));
            }
        }
        return keys;
    }

    /// Whether a body is nothing but base64 of whole blocks that are no text.
    static boolean isSealed(byte[] body) {
        int length = body.length;
        if (length * 3L / 4 < MIN_SEALED || length % 4 != 0) {
            return false;
        }
        byte[] start = TextCodec.BASE64.decode(Arrays.copyOf(body, 64));
        if (start == null || Legible.isText(new String(start, StandardCharsets.UTF_8))) {
            return false;
        }
        byte[] sealed = TextCodec.BASE64.decode(body);
        return sealed != null && sealed.length >= MIN_SEALED;
    }
}
