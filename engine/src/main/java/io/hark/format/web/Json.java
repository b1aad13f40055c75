package io.hark.format.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads JSON and base64 from the network: what is none is null, never an exception.
public final class Json {

    private static final int MAX_DEPTH = 16; // an agent's JSON is three deep

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .build())
                    .build();

    private Json() {}

    /// The object that `text` is, or null.
    public static @Nullable JsonNode object(String text) {
        JsonNode node = read(text);
        return node != null && node.isObject() ? node : null;
    }

    /// The array that `text` is, or null.
    public static @Nullable JsonNode array(String text) {
        JsonNode node = read(text);
        return node != null && node.isArray() ? node : null;
    }

    private static @Nullable JsonNode read(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty() || (trimmed.charAt(0) != '{' && trimmed.charAt(0) != '[')) {
            return null;
        }
        try {
            return MAPPER.readTree(trimmed);
        } catch (JacksonException e) {
            return null; // not JSON: the answer to the question
        }
    }

    /// The member's text; empty where it is missing or no text or number.
    public static String text(JsonNode object, String member) {
        JsonNode node = object.get(member);
        return node == null || !node.isValueNode() || node.isNull() ? "" : node.asString();
    }

    /// The octets that base64 `text` stands for, or null.
    public static byte @Nullable [] base64(String text) {
        String trimmed = text.strip();
        if (!trimmed.chars().allMatch(Json::isBase64)) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(trimmed);
        } catch (IllegalArgumentException e) {
            return null; // padding in the wrong place: the answer to the question
        }
    }

    /// The text that base64 `text` stands for; the text itself where it is none.
    public static String unwrapped(String text) {
        byte[] octets = base64(text);
        return octets == null ? text : new String(octets, StandardCharsets.UTF_8);
    }

    private static boolean isBase64(int c) {
        return c >= 'A' && c <= 'Z'
                || c >= 'a' && c <= 'z'
                || c >= '0' && c <= '9'
                || c == '+'
                || c == '/'
                || c == '=';
    }
}
