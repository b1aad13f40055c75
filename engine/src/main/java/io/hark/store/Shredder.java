package io.hark.store;

import io.hark.schema.Addr;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import io.hark.schema.RecordAccess;
import io.hark.schema.Stored;
import io.hark.schema.Unit;
import io.hark.schema.ValueSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes rows apart into columns: the schema of a file, and the sink its rows are read into.
///
/// *Shape*: every column is `optional` in the file, whatever the schema says of it: a version of
/// Hark may add or drop columns, and readers lay files of all versions side by side. Lists have
/// Parquet's three levels; a list of records is a list of groups, whose columns are again those of
/// their kind.
///
/// - a time is `TIMESTAMP(NANOS)` in UTC, a duration `DOUBLE` in seconds, other integers `INT64`;
/// - text and enum constants are `STRING`, addresses and hardware addresses their text, raw bytes
///   `BYTE_ARRAY`.
///
/// *Thread*: one owner.
final class Shredder implements ValueSink {

    private static final int MAX_DEPTH = 4; // lists in lists: ours nest once
    private static final double NANOS = 1e9;
    private static final byte AS_IT_IS = 0;
    private static final byte AS_SECONDS = 1;
    private static final byte AS_MAC = 2;

    private final Column[] columns;
    private final Leaf[] leaves; // the column's own; of a column of records its first
    private final @Nullable Shredder[] inner;
    private final byte[] forms; // of numbers
    private final int depth;
    private int repetition; // of the first value of the record that is read
    private final int definition; // of the record itself

    private Shredder(Kind<?> kind, int depth, List<String> path, Leaf.Group group, List<Leaf> all) {
        if (depth > MAX_DEPTH) {
            throw new IllegalStateException(kind + " nests lists deeper than " + MAX_DEPTH);
        }
        this.depth = depth;
        this.definition = depth * 2;
        columns = kind.columns().toArray(Column[]::new);
        leaves = new Leaf[columns.length];
        inner = new Shredder[columns.length];
        forms = new byte[columns.length];
        for (int i = 0; i < columns.length; i++) {
            Column column = columns[i];
            forms[i] = form(column.unit());
            List<String> own = new ArrayList<>(path);
            own.add(column.name());
            if (isList(column)) {
                own.add("list");
                own.add("element");
            }
            int first = all.size();
            if (column.type() == Column.Type.ROWS) {
                inner[i] = new Shredder(kind.rowsOf(i), depth + 1, own, group, all);
            } else {
                all.add(leaf(column, List.copyOf(own), group));
            }
            leaves[i] = all.get(first);
        }
    }

    /// A sink for rows of `kind`; adds the leaves to `all`, in the order of the file.
    static Shredder of(Kind<?> kind, Leaf.Group group, List<Leaf> all) {
        return new Shredder(kind, 0, List.of(), group, all);
    }

    private static byte form(Unit unit) {
        return switch (unit) {
            case DURATION -> AS_SECONDS;
            case MAC -> AS_MAC;
            case NONE, TIME, BYTES, PACKETS, SHARE, BITS -> AS_IT_IS;
        };
    }

    private static boolean isList(Column column) {
        return switch (column.type()) {
            case NUMBERS, TEXTS, ADDRS, ROWS -> true;
            case NUMBER, REAL, FLAG, TEXT, ADDR, BYTES -> false;
        };
    }

    private Leaf leaf(Column column, List<String> path, Leaf.Group group) {
        int defined = definition + (isList(column) ? 2 : 1);
        int repeated = depth + (isList(column) ? 1 : 0);
        return switch (column.type()) {
            case NUMBER, NUMBERS ->
                    column.unit() == Unit.MAC
                            ? new Texts(path, Texts.Of.MAC, defined, repeated, group)
                            : new Numbers(
                                    path, column.unit() == Unit.DURATION, defined, repeated, group);
            case REAL -> new Numbers(path, true, defined, repeated, group);
            case FLAG -> new Flags(path, defined, repeated, group);
            case TEXT, TEXTS -> new Texts(path, Texts.Of.TEXT, defined, repeated, group);
            case ADDR, ADDRS -> new Texts(path, Texts.Of.ADDR, defined, repeated, group);
            case BYTES -> new Texts(path, Texts.Of.BYTES, defined, repeated, group);
            case ROWS -> throw new IllegalStateException("records are no values");
        };
    }

    /// How many elements of the file's schema the columns are, those within them counted.
    int schemaSize() {
        int size = 0;
        for (int i = 0; i < columns.length; i++) {
            Shredder rows = inner[i];
            size += rows != null ? 3 + rows.schemaSize() : isList(columns[i]) ? 3 : 1;
        }
        return size;
    }

    /// How many columns there are.
    int width() {
        return columns.length;
    }

    /// Writes the columns into the schema of a footer.
    void describe(Thrift footer) {
        for (int i = 0; i < columns.length; i++) {
            Column column = columns[i];
            Shredder rows = inner[i];
            if (isList(column)) {
                footer.struct()
                        .i32(3, Format.OPTIONAL)
                        .text(4, column.name())
                        .i32(5, 1)
                        .i32(6, Format.LIST);
                footer.struct(10).struct(3).end().end().end();
                footer.struct().i32(3, Format.REPEATED).text(4, "list").i32(5, 1).end();
            }
            if (rows != null) {
                footer.struct()
                        .i32(3, Format.REQUIRED)
                        .text(4, "element")
                        .i32(5, rows.width())
                        .end();
                rows.describe(footer);
            } else {
                describe(footer, column, leaves[i]);
            }
        }
    }

    private static void describe(Thrift footer, Column column, Leaf leaf) {
        footer.struct()
                .i32(1, leaf.type)
                .i32(3, isList(column) ? Format.REQUIRED : Format.OPTIONAL);
        footer.text(4, isList(column) ? "element" : column.name());
        if (leaf instanceof Texts texts && texts.isText()) {
            footer.i32(6, Format.UTF8).struct(10).struct(1).end().end();
        } else if (column.unit() == Unit.TIME) {
            // Not "adjusted to UTC" in the format's sense, which would make readers show it in
            // their own zone.
            footer.struct(10).struct(8).flag(1, false).struct(2).struct(3).end().end().end().end();
        }
        footer.end();
    }

    // ---- rows

    private void number(int column, int at, long value) {
        Leaf leaf = leaves[column];
        switch (forms[column]) {
            case AS_SECONDS -> ((Numbers) leaf).add(at, value / NANOS);
            case AS_MAC -> ((Texts) leaf).addMac(at, value);
            default -> ((Numbers) leaf).add(at, value);
        }
    }

    @Override
    public void number(int column, long value) {
        number(column, repetition, value);
    }

    @Override
    public void real(int column, double value) {
        ((Numbers) leaves[column]).add(repetition, value);
    }

    @Override
    public void flag(int column, boolean value) {
        ((Flags) leaves[column]).add(repetition, value);
    }

    @Override
    public void text(int column, String value) {
        ((Texts) leaves[column]).add(repetition, value);
    }

    @Override
    public void addr(int column, Addr value) {
        ((Texts) leaves[column]).add(repetition, value);
    }

    @Override
    public void bytes(int column, byte[] value) {
        ((Texts) leaves[column]).add(repetition, value);
    }

    @Override
    public void numbers(int column, long[] value) {
        if (value.length == 0) {
            leaves[column].absent(repetition, definition + 1);
        }
        for (int i = 0; i < value.length; i++) {
            number(column, i == 0 ? repetition : depth + 1, value[i]);
        }
    }

    @Override
    public void texts(int column, List<String> value) {
        if (value.isEmpty()) {
            leaves[column].absent(repetition, definition + 1);
        }
        int at = repetition;
        for (String text : value) {
            ((Texts) leaves[column]).add(at, text);
            at = depth + 1;
        }
    }

    @Override
    public void addrs(int column, List<Addr> value) {
        if (value.isEmpty()) {
            leaves[column].absent(repetition, definition + 1);
        }
        int at = repetition;
        for (Addr addr : value) {
            ((Texts) leaves[column]).add(at, addr);
            at = depth + 1;
        }
    }

    @Override
    public <R extends Stored> void rows(int column, List<R> value, RecordAccess<R> access) {
        Shredder rows = java.util.Objects.requireNonNull(inner[column]);
        if (value.isEmpty()) {
            rows.absentRow(repetition, definition + 1);
        }
        rows.repetition = repetition;
        for (R row : value) {
            access.read(row, rows);
            rows.repetition = depth + 1;
        }
    }

    @Override
    public void absent(int column) {
        absent(column, repetition, definition);
    }

    private void absent(int column, int repeated, int defined) {
        Shredder rows = inner[column];
        if (rows != null) {
            rows.absentRow(repeated, defined);
        } else {
            leaves[column].absent(repeated, defined);
        }
    }

    private void absentRow(int repeated, int defined) {
        for (int i = 0; i < columns.length; i++) {
            absent(i, repeated, defined);
        }
    }
}
