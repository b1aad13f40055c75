package io.hark.export.zeek;

import io.hark.bytes.TextBuffer;
import io.hark.schema.Column;
import java.util.List;

/// How a row and its values look: what differs between Zeek's two forms of the same logs.
///
/// *Thread*: stateless, any worker.
sealed interface Syntax permits JsonSyntax, TsvSyntax {

    /// The octets in front of a value of that column.
    ///
    /// @param first whether it is the first column of the log
    byte[] before(Column column, boolean first);

    /// Begins a value under a name that no column has; answers false where a row has none but those
    /// of its columns.
    boolean beforeNamed(String name, TextBuffer out);

    /// Ends the row that began at `start`.
    void end(int start, TextBuffer out);

    /// The column has no value in this row.
    ///
    /// @param before what stands in front of a value of that column
    void absent(byte[] before, TextBuffer out);

    /// A text.
    void text(String value, TextBuffer out);

    /// What stands on both sides of an address and the like, which need no escapes.
    void plain(TextBuffer out);

    /// A truth value.
    void flag(boolean value, TextBuffer out);

    /// Begins a list of `size` values.
    void list(int size, TextBuffer out);

    /// Between two values of a list.
    void between(TextBuffer out);

    /// A text in a list.
    void item(String value, TextBuffer out);

    /// Ends a list.
    void endList(TextBuffer out);

    /// What comes before the first row.
    void open(String log, List<Column> columns, long nanos, TextBuffer out);

    /// What comes behind the last row.
    void close(long nanos, TextBuffer out);
}
