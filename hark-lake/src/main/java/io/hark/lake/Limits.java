package io.hark.lake;

import java.time.Duration;

/// What one statement may take.
///
/// @param memory octets that DuckDB holds in memory
/// @param spill octets that it may put into temporary files where memory does not suffice
/// @param time how long it may run
public record Limits(long memory, long spill, Duration time) {

    /// Plenty for a question, and a bound for a slip of the pen.
    public static final Limits USUAL =
            new Limits(2_000_000_000L, 20_000_000_000L, Duration.ofMinutes(10));
}
