package io.hark.lake;

import io.hark.bytes.Visible;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One JSON object a line; what is null is left out of it, times are RFC 3339 in UTC.
///
/// Two columns of one name are `name` and `name_1`, since an object has each name once.
///
/// *Thread*: one owner.
final class JsonRows implements Rows {

    private final List<String> names;
    private final Appendable out;

    JsonRows(List<String> names, Appendable out) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (String name : names) {
            String free = name;
            for (int i = 1; seen.containsKey(free); i++) {
                free = name + "_" + i;
            }
            seen.put(free, 0);
        }
        this.names = List.copyOf(seen.keySet());
        this.out = out;
    }

    /// Values with names of their own.
    ///
    /// @param names of the values
    /// @param values the values
    record Shown(List<String> names, String[] values) {
        Map<String, @Nullable Object> map() {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i++) {
                map.put(names.get(i), values[i]);
            }
            return map;
        }
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        StringBuilder line = new StringBuilder();
        line.append('{');
        for (int i = 0; i < values.length; i++) {
            Object value = Text.plain(values[i]);
            if (value != null) {
                if (line.length() > 1) {
                    line.append(',');
                }
                text(names.get(i), line);
                line.append(':');
                value(value, line);
            }
        }
        out.append(line.append("}\n"));
    }

    @Override
    public void end() {}

    /// Appends a plain value (see [Text#plain]).
    static void value(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case null -> out.append("null");
            case Double real when !Double.isFinite(real) -> text(real.toString(), out);
            case Float real when !Float.isFinite(real) -> text(real.toString(), out);
            case Number number -> out.append(number);
            case Boolean truth -> out.append(truth);
            case List<?> list -> {
                String next = "[";
                for (Object each : list) {
                    out.append(next);
                    value(each, out);
                    next = ",";
                }
                out.append(list.isEmpty() ? "[]" : "]");
            }
            case Map<?, ?> map -> {
                String next = "{";
                for (Map.Entry<?, ?> each : map.entrySet()) {
                    out.append(next);
                    text(String.valueOf(each.getKey()), out);
                    out.append(':');
                    value(each.getValue(), out);
                    next = ",";
                }
                out.append(map.isEmpty() ? "{}" : "}");
            }
            default -> text(value.toString(), out);
        }
    }

    private static void text(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (point == '"' || point == '\\') {
                out.append('\\').append((char) point);
            } else if (Visible.isVisible(point)) {
                out.appendCodePoint(point);
            } else {
                for (char c : Character.toChars(point)) {
                    out.append("\\u%04x".formatted((int) c));
                }
            }
            i += Character.charCount(point);
        }
        out.append('"');
    }
}
