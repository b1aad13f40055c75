package io.hark.lines;

import io.hark.format.web.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A JSON object a line: names with dots (`id.orig_h`), or objects in objects.
record JsonRow(JsonNode object) implements Row {

    /// The row that a line is; null if it is no object.
    static @Nullable JsonRow of(String line) {
        JsonNode object = line.startsWith("{") ? Json.object(line) : null;
        return object == null ? null : new JsonRow(object);
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (member.getValue().isObject()) {
                for (String inner : member.getValue().propertyNames()) {
                    names.add(member.getKey() + '.' + inner);
                }
            } else {
                names.add(member.getKey());
            }
        }
        return names;
    }

    /// The value of that name; of a name with dots also the one inside of objects.
    private @Nullable JsonNode value(String name) {
        JsonNode found = object.get(name);
        JsonNode in = object;
        int from = 0;
        for (int dot = name.indexOf('.'); found == null && dot > 0; dot = name.indexOf('.', from)) {
            in = in.get(name.substring(from, dot));
            if (in == null || !in.isObject()) {
                return null;
            }
            from = dot + 1;
            found = in.get(name.substring(from));
        }
        return found == null || found.isNull() ? null : found;
    }

    @Override
    public @Nullable String text(String name) {
        List<String> all = texts(name);
        return all == null ? null : String.join(",", all);
    }

    @Override
    public @Nullable List<String> texts(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        } else if (!value.isArray()) {
            return List.of(text(value));
        }
        List<String> all = new ArrayList<>();
        value.forEach(one -> all.add(text(one)));
        return all;
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asString() : value.toString();
    }
}
