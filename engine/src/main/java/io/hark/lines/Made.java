package io.hark.lines;

import io.hark.schema.Addr;
import io.hark.schema.Kind;
import io.hark.schema.RecordAccess;
import io.hark.schema.Stored;
import io.hark.schema.ValueSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values of an event that is being made from a row, by column.
///
/// @param places the number of a column by its name
record Made(Kind<?> kind, @Nullable Object[] values, Map<String, Integer> places)
        implements ValueSource {

    private static final Addr NOBODY = new Addr(0, 0);

    /// The value of that column, null if it is absent, or the kind has none of that name.
    @Nullable Object get(String column) {
        Integer place = places.get(column);
        return place == null ? null : values[place];
    }

    /// The number in that column, 0 if it is absent.
    long numberOf(String column) {
        return get(column) instanceof Long number ? number : 0;
    }

    /// Puts a value where the kind has that column and no value is there yet.
    void set(String column, @Nullable Object value) {
        Integer place = places.get(column);
        if (place != null && values[place] == null) {
            values[place] = value;
        }
    }

    @Override
    public boolean isAbsent(int column) {
        return values[column] == null;
    }

    @Override
    public long number(int column) {
        return values[column] instanceof Long number ? number : 0;
    }

    @Override
    public double real(int column) {
        return values[column] instanceof Double real ? real : 0;
    }

    @Override
    public boolean flag(int column) {
        return values[column] instanceof Boolean flag && flag;
    }

    @Override
    public String text(int column) {
        return values[column] instanceof String text ? text : "";
    }

    @Override
    public Addr addr(int column) {
        return values[column] instanceof Addr addr ? addr : NOBODY;
    }

    @Override
    public byte[] bytes(int column) {
        return values[column] instanceof byte[] bytes ? bytes : new byte[0];
    }

    @Override
    public long[] numbers(int column) {
        return values[column] instanceof long[] numbers ? numbers : new long[0];
    }

    @Override
    @SuppressWarnings("unchecked") // columns of texts hold lists of them
    public List<String> texts(int column) {
        return values[column] instanceof List<?> texts ? (List<String>) texts : List.of();
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    public List<Addr> addrs(int column) {
        return values[column] instanceof List<?> addrs ? (List<Addr>) addrs : List.of();
    }

    @Override
    public <R extends Stored> List<R> rows(int column, RecordAccess<R> access) {
        return List.of();
    }
}
