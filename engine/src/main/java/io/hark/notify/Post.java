package io.hark.notify;

import static java.lang.System.Logger.Level.ERROR;

import io.hark.config.NotifyTarget;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A target with what waits for it, and the thread that delivers it.
final class Post {

    private static final System.Logger LOG = System.getLogger(Post.class.getName());
    private static final Duration AFTER_FAULT = Duration.ofMinutes(1);

    private final NotifyTarget target;
    private final Outbox outbox;
    private final Courier courier;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private boolean fresh;
    private boolean ends;

    Post(NotifyTarget target, Outbox outbox, Courier courier, InstantSource clock) {
        this.target = target;
        this.outbox = outbox;
        this.courier = courier;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("notify-" + target.name()).unstarted(this::run);
    }

    NotifyTarget target() {
        return target;
    }

    Outbox outbox() {
        return outbox;
    }

    Courier courier() {
        return courier;
    }

    void start() {
        thread.start();
    }

    /// Something new waits.
    void wake() {
        lock.lock();
        try {
            fresh = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Ends when nothing waits that can be delivered at once.
    void end() {
        lock.lock();
        try {
            ends = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the end, and hastens it when the time is over.
    void join(Duration patience) throws InterruptedException {
        if (!thread.join(patience)) {
            thread.interrupt();
            thread.join();
        }
    }

    private void run() {
        try {
            while (isToGoOn(step())) {}
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ends; what waits is on the disk
        }
    }

    private @Nullable Instant step() throws InterruptedException {
        lock.lock();
        try {
            fresh = false;
        } finally {
            lock.unlock();
        }
        Instant now = clock.instant();
        try {
            return courier.step(now);
        } catch (IOException e) { // of the spool: what was delivered may be told once more
            LOG.log(ERROR, "cannot keep the spool of " + target.name(), e);
            return now.plus(AFTER_FAULT);
        } catch (RuntimeException e) { // ours: it costs this target a minute, not its thread
            LOG.log(ERROR, "failed on " + target.name(), e);
            return now.plus(AFTER_FAULT);
        }
    }

    /// Waits until there is something to do.
    ///
    /// @param next when there will be, without anything new; null for never
    private boolean isToGoOn(@Nullable Instant next) throws InterruptedException {
        lock.lock();
        try {
            while (!fresh && !ends) {
                long nanos =
                        next == null
                                ? Long.MAX_VALUE
                                : Duration.between(clock.instant(), next).toNanos();
                if (nanos <= 0) {
                    return true;
                }
                changed.await(nanos, TimeUnit.NANOSECONDS);
            }
            return fresh || next != null && !next.isAfter(clock.instant());
        } finally {
            lock.unlock();
        }
    }
}
