package io.hark.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Gives whole files their names once they are on the disk for good. A disk takes its time for
/// that, in which packets come: so it has a thread of its own.
///
/// *Thread*: the store's owner.
final class Settler {

    /// Files on their way; with more, the store waits. A roll has one a kind of event.
    private static final int MOST = 256;

    private record OnItsWay(EventFile<?> file, Future<?> end) {}

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    work -> Thread.ofPlatform().name("hark-settler").daemon().unstarted(work));
    private final List<OnItsWay> files = new ArrayList<>();
    private @Nullable IOException failure;
    private long lost;

    /// Takes a whole file.
    void settle(EventFile<?> file) {
        if (files.size() >= MOST) {
            await();
        }
        files.removeIf(this::isOver);
        files.add(new OnItsWay(file, thread.submit(() -> forced(file))));
    }

    private static void forced(EventFile<?> file) {
        try {
            file.settle(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What went wrong since this was asked last.
    @Nullable IOException failure() {
        files.removeIf(this::isOver);
        IOException told = failure;
        failure = null;
        return told;
    }

    /// Rows of files that did not get there.
    long lost() {
        return lost;
    }

    /// Waits for all; answers what went wrong.
    @Nullable IOException all() {
        await();
        return failure();
    }

    /// The same; no more come.
    @Nullable IOException close() {
        await();
        thread.shutdown();
        return failure();
    }

    private void await() {
        for (OnItsWay one : files) {
            end(one);
        }
        files.clear();
    }

    private boolean isOver(OnItsWay one) {
        if (!one.end.isDone()) {
            return false;
        }
        end(one);
        return true;
    }

    private void end(OnItsWay one) {
        try {
            one.end.get();
        } catch (ExecutionException e) {
            lost += one.file.rows();
            Throwable why = Objects.requireNonNull(e.getCause(), "of what a task threw");
            failure = new IOException(String.valueOf(why.getMessage()), why);
            discard(one.file, failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = new IOException("interrupted while files of events were finished", e);
        }
    }

    private static void discard(EventFile<?> file, IOException why) {
        try {
            file.discard();
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }
}
