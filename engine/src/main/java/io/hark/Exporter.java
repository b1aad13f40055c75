package io.hark;

import io.hark.bytes.TextBuffer;
import io.hark.event.Event;
import io.hark.schema.Kind;
import org.jspecify.annotations.Nullable;

/// Events → bytes of a dialect that other programs read. One file per dialect; the build finds it.
public interface Exporter {

    /// What `--logs` calls it.
    String name();

    /// One line for `hark list`.
    String about();

    /// How rows of that kind are written, or null if the dialect has no place for them.
    @Nullable Plan plan(Kind<? extends Event> kind);

    /// Writes rows of one kind.
    ///
    /// *Thread*: stateless, any worker.
    interface Plan {

        /// The file under `logs/`.
        String file();

        /// Appends one row with its line end.
        void write(Event event, TextBuffer out);
    }
}
