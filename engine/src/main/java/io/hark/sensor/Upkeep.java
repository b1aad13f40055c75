package io.hark.sensor;

import io.hark.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// When a case that grows for days is written, so that others see what is in it.
///
/// It goes by event time, so that a test can replay it. *Thread*: the merge's.
final class Upkeep {

    /// How long rows of logs, conversations and findings may wait.
    static final long FLUSH_NANOS = 1_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE;
    private static final long NOT_HERE = Long.MAX_VALUE;

    private final long rollNanos;
    private final String run;
    private final @Nullable Consumer<String> told;
    private long flushed = NEVER;
    private long rolled = NEVER;

    /// @param roll how often files of events are finished: more often means more and smaller files
    /// @param run what files of events are called by: others of the case may be of runs before
    /// @param told takes what there is to tell of a disk that is full, on any thread
    Upkeep(Duration roll, String run, Consumer<String> told) {
        this(roll.toNanos(), run, told);
    }

    private Upkeep(long rollNanos, String run, @Nullable Consumer<String> told) {
        this.rollNanos = rollNanos;
        this.run = run;
        this.told = told;
    }

    /// Of a case whose files of events somebody else finishes, who begins again where they cannot
    /// be written.
    ///
    /// @param batch what the first ones are called by
    static Upkeep inBatches(String batch) {
        return new Upkeep(NOT_HERE, batch, null);
    }

    /// A store that keeps what it has said to have.
    Store store(Path dir) {
        return Store.lasting(dir, run);
    }

    /// What goes on where nothing can be written.
    Disk disk(Path dir) {
        return told == null ? Disk.ENDS : Disk.enduring(dir, told);
    }

    /// Whether the case keeps what was learned for the next run; in batches, who finishes them
    /// does.
    boolean keepsLearned() {
        return rollNanos != NOT_HERE;
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
        if (rollNanos == NOT_HERE) {
            return false;
        }
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
