package io.hark.sensor;

import io.hark.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/// When a case that grows for days is written, so that others see what is in it.
///
/// It goes by event time, so that a test can replay it. *Thread*: the merge's.
final class Upkeep {

    /// How long rows of logs, conversations and findings may wait.
    static final long FLUSH_NANOS = 1_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE;

    private final long rollNanos;
    private final String run;
    private final Consumer<String> told;
    private long flushed = NEVER;
    private long rolled = NEVER;

    /// @param roll how often files of events are finished: more often means more and smaller files
    /// @param run what files of events are called by: others of the case may be of runs before
    /// @param told takes what there is to tell of a disk that is full, on any thread
    Upkeep(Duration roll, String run, Consumer<String> told) {
        this.rollNanos = roll.toNanos();
        this.run = run;
        this.told = told;
    }

    /// A store that keeps what it has said to have.
    Store store(Path dir) {
        return Store.lasting(dir, run);
    }

    /// What goes on where nothing can be written.
    Disk disk(Path dir) {
        return Disk.enduring(dir, told);
    }

    /// Whether rows have waited long enough.
    boolean isTimeToFlush(long nanos) {
        if (isDue(flushed, nanos, FLUSH_NANOS)) {
            flushed = nanos;
            return true;
        }
        return false;
    }

    /// Whether files of events have.
    boolean isTimeToRoll(long nanos) {
        if (rolled == NEVER) {
            rolled = nanos;
        }
        if (isDue(rolled, nanos, rollNanos)) {
            rolled = nanos;
            return true;
        }
        return false;
    }

    /// Also where the clock was set back.
    private static boolean isDue(long last, long nanos, long every) {
        return last == NEVER || nanos < last || nanos - last >= every;
    }
}
