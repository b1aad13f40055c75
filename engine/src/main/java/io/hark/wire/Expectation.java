package io.hark.wire;

import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// A connection that another one negotiated.
///
/// @param host who will be called
/// @param port at which port
/// @param parser name of the parser that reads it
/// @param context what the negotiating session wants its reader to know
/// @param until when it is given up, nanoseconds
public record Expectation(
        Addr host, int port, String parser, @Nullable Object context, long until) {

    /// How long a negotiated connection may take to come.
    static final long PATIENCE_NANOS = 60_000_000_000L;
}
