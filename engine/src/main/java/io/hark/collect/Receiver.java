package io.hark.collect;

import io.hark.config.Listener;
import java.io.IOException;

/// Takes what comes in one way, into the journal.
///
/// *Thread*: threads of its own, from [#start] to [#close].
interface Receiver extends AutoCloseable {

    /// What it was asked to be.
    Listener listener();

    /// The port it is bound to; 0 where it has none.
    default int port() {
        return 0;
    }

    /// Connections now.
    default int connections() {
        return 0;
    }

    /// What the kernel dropped because nobody took it in time, since it was opened; -1 where nobody
    /// tells.
    default long dropped() {
        return -1;
    }

    /// Begins to take.
    void start();

    /// Takes what has come by now, and ends; a second time it does nothing.
    @Override
    void close() throws IOException;
}
