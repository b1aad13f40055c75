package io.hark.schema;

import java.util.List;

/// Gives the values of one row by the number of the column. The reading of an absent column answers
/// zero, false, or an empty value; who must tell asks [#isAbsent] first.
public interface ValueSource {

    /// Whether the row has no value there.
    boolean isAbsent(int column);

    /// See [ValueSink#number].
    long number(int column);

    /// See [ValueSink#real].
    double real(int column);

    /// See [ValueSink#flag].
    boolean flag(int column);

    /// See [ValueSink#text].
    String text(int column);

    /// See [ValueSink#addr].
    Addr addr(int column);

    /// See [ValueSink#bytes].
    byte[] bytes(int column);

    /// See [ValueSink#numbers].
    long[] numbers(int column);

    /// See [ValueSink#texts].
    List<String> texts(int column);

    /// See [ValueSink#addrs].
    List<Addr> addrs(int column);

    /// See [ValueSink#rows].
    <R extends Stored> List<R> rows(int column, RecordAccess<R> access);
}
