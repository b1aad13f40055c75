package io.hark.schema;

import java.util.List;

/// Takes the values of one row, each with the number of its column.
public interface ValueSink {

    /// An integer of any width, a time or a duration (nanoseconds), as the column says.
    void number(int column, long value);

    /// A floating point number.
    void real(int column, double value);

    /// A truth value.
    void flag(int column, boolean value);

    /// A text, or the name of an enum constant.
    void text(int column, String value);

    /// A network address.
    void addr(int column, Addr value);

    /// Raw bytes, not copied.
    void bytes(int column, byte[] value);

    /// Several integers, not copied.
    void numbers(int column, long[] value);

    /// Several texts.
    void texts(int column, List<String> value);

    /// Several addresses.
    void addrs(int column, List<Addr> value);

    /// Several records of one type.
    <R extends Stored> void rows(int column, List<R> value, RecordAccess<R> access);

    /// No value in this row.
    void absent(int column);
}
