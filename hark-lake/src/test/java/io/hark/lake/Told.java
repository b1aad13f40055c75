package io.hark.lake;

import io.hark.schema.Addr;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import io.hark.schema.RecordAccess;
import io.hark.schema.Stored;
import io.hark.schema.Unit;
import io.hark.schema.ValueSink;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;

/// What a row should look like when a database hands it out, and what it does look like, in the
/// same words.
final class Told implements ValueSink {

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final List<Column> columns;

    private Told(List<Column> columns) {
        this.columns = columns;
    }

    /// A row as it was written: column name to value.
    static <R extends Stored> Map<String, Object> of(Kind<R> kind, R row) {
        Told told = new Told(kind.columns());
        kind.access().read(row, told);
        return told.values;
    }

    private void put(int column, Object value) {
        values.put(columns.get(column).name(), value);
    }

    @Override
    public void number(int column, long value) {
        put(column, number(columns.get(column).unit(), value));
    }

    private static Object number(Unit unit, long value) {
        return switch (unit) {
            case TIME -> time(value);
            case DURATION -> value / 1e9;
            case MAC ->
                    HexFormat.ofDelimiter(":")
                            .formatHex(
                                    BigInteger.valueOf(value & 0xffff_ffff_ffffL)
                                            .setBit(48)
                                            .toByteArray(),
                                    1,
                                    7);
            case NONE, BYTES, PACKETS, SHARE, BITS -> value;
        };
    }

    private static Object time(long nanos) {
        return LocalDateTime.ofInstant(
                Instant.ofEpochSecond(
                        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L)),
                ZoneOffset.UTC);
    }

    @Override
    public void real(int column, double value) {
        put(column, value);
    }

    @Override
    public void flag(int column, boolean value) {
        put(column, value);
    }

    @Override
    public void text(int column, String value) {
        put(column, value);
    }

    @Override
    public void addr(int column, Addr value) {
        put(column, value.toString());
    }

    @Override
    public void bytes(int column, byte[] value) {
        put(column, "bytes " + HexFormat.of().formatHex(value));
    }

    @Override
    public void numbers(int column, long[] value) {
        put(
                column,
                Arrays.stream(value)
                        .mapToObj(each -> number(columns.get(column).unit(), each))
                        .toList());
    }

    @Override
    public void texts(int column, List<String> value) {
        put(column, List.copyOf(value));
    }

    @Override
    public void addrs(int column, List<Addr> value) {
        put(column, value.stream().map(Addr::toString).toList());
    }

    @Override
    public <R extends Stored> void rows(int column, List<R> value, RecordAccess<R> access) {
        List<Object> rows = new ArrayList<>();
        for (R row : value) {
            rows.add(of(Kind.of(row), row));
        }
        put(column, rows);
    }

    @Override
    public void absent(int column) {
        put(column, null);
    }

    /// A value as the database hands it out.
    static Object plain(Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Timestamp time -> time.toLocalDateTime();
            case Blob blob ->
                    "bytes " + HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
            case java.sql.Array array -> {
                List<Object> list = new ArrayList<>();
                for (Object each : (Object[]) array.getArray()) {
                    list.add(plain(each));
                }
                yield list;
            }
            case DuckDBStruct struct -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (Map.Entry<String, Object> each : struct.getMap().entrySet()) {
                    map.put(each.getKey(), plain(each.getValue()));
                }
                yield map;
            }
            default -> value;
        };
    }
}
