package io.hark.sensor;

import io.hark.wire.Source;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Tells the progress four times a second, while the pipeline runs.
final class Watch implements AutoCloseable {
    private static final long EVERY_NANOS = 250_000_000L;
    private final Thread thread;

    Watch(Source source, Consumer<Analysis.Progress> progress) {
        thread =
                Thread.ofVirtual()
                        .unstarted(
                                () -> {
                                    while (!Thread.currentThread().isInterrupted()) {
                                        LockSupport.parkNanos(EVERY_NANOS);
                                        if (!Thread.currentThread().isInterrupted()) {
                                            progress.accept(
                                                    new Analysis.Progress(
                                                            source.position(),
                                                            source.size(),
                                                            source.frameCount()));
                                        }
                                    }
                                });
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
