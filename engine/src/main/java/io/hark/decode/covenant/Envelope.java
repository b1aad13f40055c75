package io.hark.decode.covenant;

import io.hark.Decoder.Secrets;
import io.hark.Secret;
import io.hark.bytes.Digests;
import io.hark.bytes.Letters;
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
    private static final int MAX_FORM = 1 << 20; // octets that are read as a form
    private static final Letters BASE64 =
            new Letters("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");
    private static final int MAX_NAME = 64;
    private static final int KEY = 32;
    private static final int IV = 16;

    /// The first envelope in a body, or null.
    static @Nullable Envelope in(byte[] body) {
        if (body.length < MAX_FORM && isInForm(body)) {
            for (Field field : Field.form(new String(body, StandardCharsets.ISO_8859_1))) {
                Envelope found = ofBase64(field.value().replace(' ', '+'));
                if (found != null) {
                    return found;
                }
            }
        }
        int from = BASE64.run(body, 0, MIN_RUN);
        for (int runs = 0; from >= 0 && runs < MAX_RUNS; runs++) {
            int to = BASE64.end(body, from);
            if (body[from] == BEGIN.charAt(0) && body[from + 1] == BEGIN.charAt(1)) {
                String run = new String(body, from, to - from, StandardCharsets.ISO_8859_1);
                Envelope found = ofBase64(run);
                if (found != null) {
                    return found;
                }
            }
            from = BASE64.run(body, to, MIN_RUN);
        }
        return null;
    }

    /// Whether the value of a field is long enough and begins as an envelope does: only then the
    /// form is worth to be read.
    private static boolean isInForm(byte[] body) {
        for (int i = 0; i + MIN_RUN < body.length; i++) {
            if (body[i] == '=' && begins(body, i + 1)) {
                int to = i + 1;
                while (to < body.length && to - i <= MIN_RUN && body[to] != '&') {
                    to++;
                }
                if (to - i > MIN_RUN) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether [#BEGIN] stands there, its letters as they are or in percent coding.
    private static boolean begins(byte[] body, int at) {
        int second = letter(body, at, 'e', '6', '5');
        return second > 0 && letter(body, second, 'y', '7', '9') > 0;
    }

    /// Where the letter at `at` ends if it is this one; 0 if it is not.
    private static int letter(byte[] body, int at, char letter, char high, char low) {
        if (at < body.length && body[at] == letter) {
            return at + 1;
        }
        boolean coded =
                at + 2 < body.length
                        && body[at] == '%'
                        && body[at + 1] == high
                        && body[at + 2] == low;
        return coded ? at + 3 : 0;
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
