package io.hark.decode.mythic;

import io.hark.Decoder.Secrets;
import io.hark.Secret;
import io.hark.bytes.Digests;
import io.hark.bytes.codec.BlockCipher;
import io.hark.bytes.codec.TextCodec;
import io.hark.carry.HttpExchange;
import io.hark.format.web.Field;
import io.hark.format.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What agent and server say: base64 of a UUID in text, behind it JSON, or `IV[16] AES-256-CBC
/// HMAC-SHA-256[32]`, the MAC over both, under the same key.
///
/// *Source*: docs.mythic-c2.net ("Agent message format").
///
/// @param uuid the payload's until it has checked in, then the agent's
/// @param rest what follows
record Envelope(String uuid, byte[] rest) {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final int UUID_LENGTH = 36;
    private static final int LEAST = UUID_LENGTH * 4 / 3 + 2; // characters in base64
    private static final int IV = 16;
    private static final int MAC = 32;
    private static final int KEY = 32;
    private static final int MAX_TRIED = 4096; // keys on one envelope

    /// The envelope in a request: its body, a query's value, a cookie; or null.
    static @Nullable Envelope request(HttpExchange exchange) {
        String cookie = HttpExchange.header(exchange.requestHeaders(), "Cookie");
        byte[] body = exchange.requestBody();
        if (Math.max(body.length, Math.max(exchange.uri().length(), cookie.length())) < LEAST) {
            return null;
        }
        List<String> places = new ArrayList<>();
        places.add(new String(body, StandardCharsets.ISO_8859_1));
        Field.query(exchange.uri()).forEach(field -> places.add(field.value()));
        Field.cookies(cookie).forEach(field -> places.add(field.value()));
        for (String place : places) {
            Envelope found = of(place);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /// The envelope in an answer, or null.
    static @Nullable Envelope response(HttpExchange exchange) {
        return of(new String(exchange.responseBody(), StandardCharsets.ISO_8859_1));
    }

    private static @Nullable Envelope of(String text) {
        String trimmed = text.strip();
        if (trimmed.length() < LEAST) {
            return null;
        }
        byte[] start = base64(trimmed.substring(0, UUID_LENGTH * 4 / 3));
        if (start == null
                || !UUID.matcher(new String(start, StandardCharsets.ISO_8859_1)).matches()) {
            return null;
        }
        byte[] octets = base64(trimmed);
        if (octets == null) {
            return null;
        }
        byte[] rest = Arrays.copyOfRange(octets, UUID_LENGTH, octets.length);
        Envelope envelope = new Envelope(new String(start, StandardCharsets.ISO_8859_1), rest);
        int sealed = rest.length - IV - MAC;
        boolean mine = envelope.json() != null || sealed >= IV && sealed % IV == 0;
        return mine ? envelope : null;
    }

    private static byte @Nullable [] base64(String text) {
        return TextCodec.BASE64.decode(text.replace('-', '+').replace('_', '/').replace(' ', '+'));
    }

    /// The message if it is not encrypted, or null.
    @Nullable JsonNode json() {
        return message(rest);
    }

    private static @Nullable JsonNode message(byte[] octets) {
        JsonNode json =
                octets.length == 0 || octets[0] != '{'
                        ? null
                        : Json.object(new String(octets, StandardCharsets.UTF_8));
        return json != null && json.has("action") ? json : null;
    }

    /// What it was opened with, and the message.
    record Opened(Secret secret, JsonNode message) {}

    /// Tries the secrets; the MAC is the key check.
    @Nullable Opened open(Secrets secrets) {
        List<Secret> all = new ArrayList<>(secrets.secrets(Secret.Kind.AES));
        all.addAll(secrets.secrets(Secret.Kind.BYTES));
        for (Secret secret : all.subList(0, Math.min(all.size(), MAX_TRIED))) {
            byte[] key = secret.value(secret.kind() == Secret.Kind.AES ? "key" : "bytes");
            if (key.length == KEY && Digests.endsWithHmacSha256(key, rest, MAC)) {
                byte[] iv = Arrays.copyOf(rest, IV);
                byte[] plain =
                        new BlockCipher(
                                        BlockCipher.Algorithm.AES,
                                        BlockCipher.Mode.CBC_PADDED,
                                        key,
                                        iv)
                                .decode(Arrays.copyOfRange(rest, IV, rest.length - MAC));
                JsonNode message = plain == null ? null : message(plain);
                return message == null ? null : new Opened(secret, message);
            }
        }
        return null;
    }
}
