package io.hark.wire;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Captures that become ready to be read while a [Timeline] runs.
///
/// *Thread*: the reading thread's; [#stop] may come from any.
public interface Arrivals {

    /// Those that became ready since the last time this was asked.
    List<Path> ready() throws IOException;

    /// Asks for the end: what is there becomes ready, and nothing after it.
    void stop();

    /// Whether nothing will become ready any more.
    boolean isOver();
}
