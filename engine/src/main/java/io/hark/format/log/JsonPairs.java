package io.hark.format.log;

import io.hark.format.web.Json;
import java.math.BigDecimal;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A JSON object as pairs: what lies deeper has names with dots (`event.clientip`), a list of plain
/// values is one text with commas, null is absent.
public final class JsonPairs {

    private static final int MAX_DEPTH = 8; // names of more parts nobody maps

    private JsonPairs() {}

    /// The pairs of the object that `text` is, or null if it is none.
    public static @Nullable Pairs read(String text) {
        JsonNode object = Json.object(text);
        if (object == null) {
            return null;
        }
        Pairs pairs = new Pairs();
        add(object, "", pairs, 0);
        return pairs;
    }

    private static void add(JsonNode object, String prefix, Pairs to, int depth) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = prefix + member.getKey();
            JsonNode value = member.getValue();
            if (value.isObject() && depth < MAX_DEPTH) {
                add(value, name + ".", to, depth + 1);
            } else if (value.isArray() && isPlain(value)) {
                StringJoiner all = new StringJoiner(",");
                value.forEach(one -> all.add(text(one)));
                to.add(name, all.toString());
            } else if (value.isArray() || value.isObject()) {
                to.add(name, value.toString());
            } else if (!value.isNull()) {
                to.add(name, text(value));
            }
        }
    }

    /// A number as people write it: `1717236000.25`, not `1.71723600025E9`.
    private static String text(JsonNode value) {
        boolean isReal = value.isDouble() && Double.isFinite(value.doubleValue());
        return isReal ? BigDecimal.valueOf(value.doubleValue()).toPlainString() : value.asString();
    }

    private static boolean isPlain(JsonNode list) {
        for (JsonNode one : list) {
            if (!one.isValueNode()) {
                return false;
            }
        }
        return true;
    }
}
