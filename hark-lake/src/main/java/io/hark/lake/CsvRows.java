package io.hark.lake;

import io.hark.bytes.Csv;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Comma-separated values (see [Csv]), the names first; what is null is empty, lists and maps are
/// JSON.
///
/// *Thread*: one owner.
final class CsvRows implements Rows {

    private final List<String> names;
    private final Appendable out;
    private boolean isBegun;

    CsvRows(List<String> names, Appendable out) {
        this.names = List.copyOf(names);
        this.out = out;
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        begin();
        List<String> cells = new ArrayList<>();
        for (Object value : values) {
            cells.add(cell(Text.plain(value)));
        }
        out.append(Csv.line(cells));
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof List || value instanceof Map) {
            StringBuilder json = new StringBuilder();
            JsonRows.value(value, json);
            return json.toString();
        }
        return value.toString();
    }

    private void begin() throws IOException {
        if (!isBegun) {
            isBegun = true;
            out.append(Csv.line(names));
        }
    }

    @Override
    public void end() throws IOException {
        begin();
    }
}
