package io.hark;

import io.hark.bytes.TextBuffer;
import io.hark.event.Event;
import io.hark.schema.Kind;
import org.jspecify.annotations.Nullable;

/// Events → bytes of a dialect that other programs read. One package per dialect; the build finds
/// it.
public interface Exporter {

    /// What `--logs` calls it.
    String name();

    /// One line for `hark list`.
    String about();

    /// The one file under `logs/` that rows of every kind go to, which is there even where nothing
    /// happened; null where every kind has its own, made with its first row.
    default @Nullable String file() {
        return null;
    }

    /// How rows of that kind are written, or null if the dialect has no place for them.
    @Nullable Plan plan(Kind<? extends Event> kind);

    /// Writes rows of one kind.
    ///
    /// *Thread*: stateless, any worker.
    interface Plan {

        /// The file under `logs/`.
        String file();

        /// Appends what the event is in this dialect: whole lines, none if it has no place for it.
        ///
        /// @param frame number of the frame that it was told at, from 1; 0 where it was none: a
        ///   deadline, the end
        void write(Event event, long frame, TextBuffer out);

        /// Appends what comes before the file's first row.
        ///
        /// @param nanos when the first row was told, nanoseconds since 1970 UTC
        default void open(long nanos, TextBuffer out) {}

        /// Appends what comes behind the file's last row.
        ///
        /// @param nanos the latest time that a row was told, nanoseconds since 1970 UTC
        default void close(long nanos, TextBuffer out) {}
    }
}
