package io.hark.lake;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Writes the rows of a result, one after the other.
///
/// *Thread*: one owner.
interface Rows {

    /// Writes one row; the array is the caller's and changes afterwards.
    void row(@Nullable Object[] values) throws IOException;

    /// Writes what is still held back.
    void end() throws IOException;
}
