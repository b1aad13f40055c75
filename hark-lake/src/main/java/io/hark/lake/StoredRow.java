package io.hark.lake;

import io.hark.schema.Addr;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import io.hark.schema.RecordAccess;
import io.hark.schema.Stored;
import io.hark.schema.Unit;
import io.hark.schema.ValueSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One row of a Parquet file as the record it was made of. Records in records are not read back:
/// they are empty.
///
/// *Thread*: one owner.
record StoredRow(Kind<?> kind, Map<String, @Nullable Object> row) implements ValueSource {

    private static final double NANOS = 1e9;

    /// What to select so that a row of `kind` can be made: columns that an older file lacks are
    /// null.
    static String columns(Kind<?> kind, Set<String> there) {
        List<String> selected = new ArrayList<>();
        for (Column column : kind.columns()) {
            String name = '"' + column.name() + '"';
            boolean read = there.contains(column.name()) && column.type() != Column.Type.ROWS;
            String value =
                    !read ? "NULL" : column.unit() == Unit.TIME ? "epoch_ns(" + name + ")" : name;
            selected.add(value + " AS " + name);
        }
        return String.join(", ", selected);
    }

    private @Nullable Object value(int column) {
        return row.get(kind.columns().get(column).name());
    }

    @Override
    public boolean isAbsent(int column) {
        return value(column) == null && kind.columns().get(column).type() != Column.Type.ROWS;
    }

    @Override
    public long number(int column) {
        return number(kind.columns().get(column).unit(), value(column));
    }

    private static long number(Unit unit, @Nullable Object value) {
        return switch (value) {
            case Number n when unit == Unit.DURATION -> Math.round(n.doubleValue() * NANOS);
            case Number n -> n.longValue();
            case String mac when unit == Unit.MAC ->
                    HexFormat.fromHexDigitsToLong(mac.replace(":", ""));
            case null, default -> 0;
        };
    }

    @Override
    public double real(int column) {
        return value(column) instanceof Number n ? n.doubleValue() : 0;
    }

    @Override
    public boolean flag(int column) {
        return Boolean.TRUE.equals(value(column));
    }

    @Override
    public String text(int column) {
        return value(column) instanceof String text ? text : "";
    }

    @Override
    public Addr addr(int column) {
        Addr addr = Addr.parse(text(column));
        return addr == null ? new Addr(0, 0) : addr;
    }

    @Override
    public byte[] bytes(int column) {
        return HexFormat.of().parseHex(text(column));
    }

    private List<?> list(int column) {
        return value(column) instanceof List<?> list ? list : List.of();
    }

    @Override
    public long[] numbers(int column) {
        Unit unit = kind.columns().get(column).unit();
        return list(column).stream().mapToLong(value -> number(unit, value)).toArray();
    }

    @Override
    public List<String> texts(int column) {
        return list(column).stream().map(String::valueOf).toList();
    }

    @Override
    public List<Addr> addrs(int column) {
        List<Addr> addrs = new ArrayList<>();
        for (String text : texts(column)) {
            Addr addr = Addr.parse(text);
            if (addr != null) {
                addrs.add(addr);
            }
        }
        return addrs;
    }

    @Override
    public <R extends Stored> List<R> rows(int column, RecordAccess<R> access) {
        return List.of();
    }
}
