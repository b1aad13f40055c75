package io.hark.lines;

import io.hark.event.Event;
import io.hark.wire.Source;
import org.jspecify.annotations.Nullable;

/// What a text input tells, one event after the other.
///
/// *Thread*: one owner.
public interface TextEvents {

    /// The next event; null behind the last.
    @Nullable Event next();

    /// How it ended, once [#next] has answered null; `frames` are none.
    Source.Part part();
}
