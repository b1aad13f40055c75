package io.hark.collect;

import java.time.Instant;
import java.time.InstantSource;

/// What every receiver needs: where what it takes goes, who sends, how far streams are read, and
/// what time it is.
///
/// @param journal where it goes
/// @param sources who sends
/// @param marks how far streams are read
/// @param clock what time it is
record Intake(Journal journal, Sources sources, Marks marks, InstantSource clock) {

    private static final long NANOS = 1_000_000_000L;

    /// Now, nanoseconds since 1970 UTC.
    long now() {
        return nanos(clock.instant());
    }

    /// A moment as nanoseconds since 1970 UTC.
    static long nanos(Instant moment) {
        return moment.getEpochSecond() * NANOS + moment.getNano();
    }
}
