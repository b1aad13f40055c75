package io.hark.format.log;

import io.hark.event.LogDraft;
import io.hark.event.LogEvent;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import io.hark.schema.Unit;
import java.util.HashMap;
import java.util.Map;

/// Which of a product's names is which column of a [LogEvent]: a table, and no code.
///
/// For example, `FieldMap.of("srcip", "source.ip", "srcport", "source.port")`. Names that it has
/// not are kept as fields under `<module>.<name>`; an empty column drops one.
///
/// *Thread*: immutable.
public final class FieldMap {

    private static final int NOWHERE = -1;

    private final Map<String, Integer> columns;

    private FieldMap(Map<String, Integer> columns) {
        this.columns = columns;
    }

    /// A table of name, column, name, column …; two names may go to one column: the first of them
    /// that a line has wins.
    ///
    /// @throws IllegalArgumentException if there is no such column: a slip in the table
    public static FieldMap of(String... namesAndColumns) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i + 1 < namesAndColumns.length; i += 2) {
            String column = namesAndColumns[i + 1];
            columns.put(namesAndColumns[i], column.isEmpty() ? NOWHERE : LogDraft.column(column));
        }
        return new FieldMap(columns);
    }

    /// Puts every pair into its column, or among the fields.
    ///
    /// @param prefix what fields that no column has are called by
    public void apply(Pairs pairs, LogLine line, String prefix, LogDraft out) {
        for (int i = 0; i < pairs.size(); i++) {
            Integer column = columns.get(pairs.name(i));
            if (column == null) {
                out.more(prefix + "." + pairs.name(i), pairs.value(i));
            } else if (column != NOWHERE && !out.has(column)) {
                put(column, pairs.value(i), line, out);
            } else if (column != NOWHERE && !out.text(column).equals(pairs.value(i))) {
                out.more(prefix + "." + pairs.name(i), pairs.value(i));
            }
        }
    }

    private static void put(int column, String value, LogLine line, LogDraft out) {
        Column of = Kind.of(LogEvent.class).columns().get(column);
        if (of.unit() == Unit.TIME) {
            line.time(of.name(), value, out);
        } else {
            out.put(column, value);
        }
    }
}
