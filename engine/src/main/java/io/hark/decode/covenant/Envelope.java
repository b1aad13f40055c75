package io.hark.decode.covenant;

import io.hark.Decoder.Secrets;
import io.hark.Secret;
import io.hark.bytes.Digests;
import io.hark.bytes.codec.BlockCipher;
import io.hark.bytes.codec.TextCodec;
import io.hark.format.web.Field;
import io.hark.format.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What Grunt and server say to each other: JSON `{GUID, Type, Meta, IV, EncryptedMessage, HMAC}`,
/// in base64, anywhere in a body.
///
/// *Source*: cobbr/Covenant (`GruntEncryptedMessage`), a recorded operation.
///
/// @param guid whose it is
/// @param type 0 routing, 1 tasking
/// @param meta a task's name, or empty
/// @param iv of AES-256-CBC
/// @param sealed what is encrypted
/// @param hmac HMAC-SHA-256 of that, under the same key
record Envelope(String guid, int type, String meta, byte[] iv, byte[] sealed, byte[] hmac) {

    private static final int MIN_RUN = 120; // characters: an empty envelope has more
    private static final String BEGIN = "ey"; // {" in base64
    private static final int MAX_TRIED = 4096; // keys on one envelope
    private static final int MAX_RUNS = 32; // of base64 in a page
    private static final int MAX_NAME = 64;
    private static final int KEY = 32;
    private static final int IV = 16;

    /// The first envelope in a body, or null.
    static @Nullable Envelope in(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        if (!text.contains(BEGIN)) {
            return null;
        }
        for (Field field : Field.form(text.length() < 1 << 20 ? text : "")) {
            Envelope found = ofBase64(field.value().replace(' ', '+'));
            if (found != null) {
                return found;
            }
        }
        int runs = 0;
        int from = 0;
        for (int i = 0; i <= body.length && runs < MAX_RUNS; i++) {
            if (i < body.length && isBase64(body[i])) {
                continue;
            }
            if (i - from >= MIN_RUN) {
                runs++;
                Envelope found = ofBase64(text.substring(from, i));
                if (found != null) {
                    return found;
                }
            }
            from = i + 1;
        }
        return null;
    }

    private static boolean isBase64(byte c) {
        return c >= 'A' && c <= 'Z'
                || c >= 'a' && c <= 'z'
                || c >= '0' && c <= '9'
                || c == '+'
                || c == '/'
                || c == '=';
    }

    private static @Nullable Envelope ofBase64(String text) {
        boolean begins = text.length() >= MIN_RUN && text.startsWith(BEGIN);
        byte[] octets = begins ? TextCodec.BASE64.decode(text) : null;
        JsonNode json =
                octets == null ? null : Json.object(new String(octets, StandardCharsets.UTF_8));
        if (json == null) {
            return null;
        }
        byte[] iv = TextCodec.BASE64.decode(Json.text(json, "IV"));
        byte[] sealed = TextCodec.BASE64.decode(Json.text(json, "EncryptedMessage"));
        byte[] hmac = TextCodec.BASE64.decode(Json.text(json, "HMAC"));
        String guid = Json.text(json, "GUID");
        String type = Json.text(json, "Type");
        if (iv == null || sealed == null || hmac == null) {
            return null;
        }
        boolean fits =
                iv.length == IV
                        && hmac.length == 32
                        && sealed.length % IV == 0
                        && guid.matches("[0-9A-Za-z-]{4,64}")
                        && type.matches("[0-9]{1,3}");
        if (!fits) {
            return null;
        }
        String meta = Json.text(json, "Meta");
        return new Envelope(
                guid,
                Integer.parseInt(type),
                meta.substring(0, Math.min(meta.length(), MAX_NAME)),
                iv,
                sealed,
                hmac);
    }

    /// What it was opened with, and what was in it.
    record Opened(Secret secret, byte[] plain) {}

    /// Tries the secrets; the HMAC is the key check.
    @Nullable Opened open(Secrets secrets) {
        List<Secret> all = new ArrayList<>(secrets.secrets(Secret.Kind.AES));
        all.addAll(secrets.secrets(Secret.Kind.BYTES));
        for (Secret secret : all.subList(0, Math.min(all.size(), MAX_TRIED))) {
            byte[] key = secret.value(secret.kind() == Secret.Kind.AES ? "key" : "bytes");
            if (key.length == KEY && Arrays.equals(Digests.hmacSha256(key, sealed), hmac)) {
                byte[] plain =
                        new BlockCipher(
                                        BlockCipher.Algorithm.AES,
                                        BlockCipher.Mode.CBC_PADDED,
                                        key,
                                        iv)
                                .decode(sealed);
                return plain == null ? null : new Opened(secret, plain);
            }
        }
        return null;
    }
}
