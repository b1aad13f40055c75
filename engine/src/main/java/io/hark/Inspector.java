package io.hark;

import io.hark.bytes.Bytes;
import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// Looks at what parsers hand on, below the wall: hashes, carving, rules. Subscribes to what it
/// needs and costs nothing else.
///
/// *Thread*: one owner, the worker.
public interface Inspector {

    /// Name for `hark list`.
    String name();

    /// One line for `hark list`.
    String about();

    /// A body begins; null if it is of no interest.
    ///
    /// @param fuid the file's id
    /// @param source what carries it: `HTTP`, `FTP_DATA`
    @Nullable Reader body(String fuid, String source);

    /// The same, with the side that sends it: who cares only for one side is asked here.
    default @Nullable Reader body(String fuid, String source, Side side) {
        return body(fuid, source);
    }

    /// Reads one body.
    interface Reader {

        /// The next decoded bytes; valid during the call.
        void bytes(Bytes piece);

        /// Bytes are missing here.
        void gap(long bytes);

        /// The body is over; `notes` takes what was found out.
        void end(boolean whole, FileNotes notes);
    }
}
