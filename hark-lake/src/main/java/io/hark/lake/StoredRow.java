package io.hark.lake;

import io.hark.schema.Addr;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import io.hark.schema.RecordAccess;
import io.hark.schema.Stored;
import io.hark.schema.Unit;
import io.hark.schema.ValueSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One row of a Parquet file as the record it was made of.
///
/// *Thread*: one owner.
record StoredRow(Kind<?> kind, Map<String, @Nullable Object> row) implements ValueSource {

    private static final double NANOS = 1e9;

    /// The latest moment that a number can say is for ever to DuckDB.
    private static final String MOMENT =
            "CASE WHEN NOT isinf(@) THEN epoch_ns(@) WHEN @ > '1970-01-01' THEN "
                    + Long.MAX_VALUE
                    + " ELSE "
                    + -Long.MAX_VALUE
                    + " END";

    /// What to select so that a row of `kind` can be made: columns that an older file lacks are
    /// null.
    static String columns(Kind<?> kind, Set<String> there) {
        List<String> selected = new ArrayList<>();
        for (Column column : kind.columns()) {
            String name = Query.quoted(column.name());
            boolean isMoment = column.type() == Column.Type.NUMBER && column.unit() == Unit.TIME;
            String value =
                    !there.contains(column.name())
                            ? "NULL"
                            : isMoment ? MOMENT.replace("@", name) : name;
            selected.add(value + " AS " + name);
        }
        return String.join(", ", selected);
    }

    private @Nullable Object value(int column) {
        return row.get(kind.columns().get(column).name());
    }

    @Override
    public boolean isAbsent(int column) {
        return value(column) == null;
    }

    @Override
    public long number(int column) {
        return number(kind.columns().get(column).unit(), value(column));
    }

    private static long number(Unit unit, @Nullable Object value) {
        return switch (value) {
            case Number n when unit == Unit.DURATION -> Math.round(n.doubleValue() * NANOS);
            case Number n -> n.longValue();
            case String time when unit == Unit.TIME -> nanos(time);
            case String mac when unit == Unit.MAC ->
                    HexFormat.fromHexDigitsToLong(mac.replace(":", ""));
            case null, default -> 0;
        };
    }

    /// A moment as [Text#plain] writes it.
    private static long nanos(String time) {
        OffsetDateTime moment = OffsetDateTime.parse(time);
        return Math.addExact(
                Math.multiplyExact(moment.toEpochSecond(), 1_000_000_000L), moment.getNano());
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
        Kind<?> inner = kind.rowsOf(column);
        List<R> rows = new ArrayList<>();
        for (Object row : list(column)) {
            Map<String, @Nullable Object> values = new HashMap<>();
            if (row instanceof Map<?, ?> map) {
                map.forEach((name, value) -> values.put(String.valueOf(name), value));
            }
            rows.add(access.make(new StoredRow(inner, values)));
        }
        return rows;
    }
}
