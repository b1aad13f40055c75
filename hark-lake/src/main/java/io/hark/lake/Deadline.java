package io.hark.lake;

import io.hark.UserError;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stops a statement that runs too long. DuckDB ends between two batches of rows; a single
/// operation on one huge value is not to be stopped from inside the process.
///
/// *Thread*: one owner; a thread of its own waits.
final class Deadline implements AutoCloseable {

    private final Duration time;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean past;
    private volatile @Nullable SQLException deaf;

    Deadline(Duration time, Statement statement) {
        this.time = time;
        Thread.ofVirtual().start(() -> watch(statement));
    }

    private void watch(Statement statement) {
        try {
            if (!over.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                past = true;
                statement.cancel();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            deaf = e;
        }
    }

    /// Says that the time is over, if it is: a statement that is stopped fails, or ends as if it
    /// had no more rows.
    ///
    /// @throws UserError if the statement was stopped
    void check() {
        if (!past) {
            return;
        }
        UserError stopped =
                new UserError(
                        "the statement took more than "
                                + time.toSeconds()
                                + " s and was stopped; --max-time allows more");
        if (deaf != null) {
            stopped.addSuppressed(deaf);
        }
        throw stopped;
    }

    @Override
    public void close() {
        over.countDown();
    }
}
