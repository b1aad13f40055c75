package io.hark.schema;

/// Reads and makes one type of record, column by column. Written by the build for every [Stored]
/// record.
///
/// *Thread*: stateless, any thread.
public interface RecordAccess<R extends Stored> {

    /// Hands every component to `sink`, in order, columns counted from 0.
    void read(R row, ValueSink sink);

    /// Makes a record from the columns of `source`.
    R make(ValueSource source);
}
