package io.hark.lake;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON of rows that [Query#rows] gave, in which every character shows itself.
public final class JsonLine {

    private JsonLine() {}

    /// One object, without a line end.
    public static String of(Map<String, @Nullable Object> row) {
        StringBuilder out = new StringBuilder();
        JsonRows.value(row, out);
        return out.toString();
    }
}
