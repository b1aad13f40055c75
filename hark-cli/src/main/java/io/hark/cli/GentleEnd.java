package io.hark.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Turns Ctrl-C and SIGTERM into a request to end: what was taken by then is analysed and written
/// before the process goes.
///
/// *Thread*: the request comes on a thread of the Java runtime's own.
final class GentleEnd implements AutoCloseable {

    private static final long MAX_MINUTES = 5; // what is not written by then is stuck

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    /// @param request asks the work to end, and returns at once
    GentleEnd(Runnable request) {
        hook =
                Thread.ofPlatform()
                        .name("hark-end")
                        .unstarted(
                                () -> {
                                    request.run();
                                    awaitDone();
                                });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void awaitDone() {
        try {
            if (!done.await(MAX_MINUTES, TimeUnit.MINUTES)) {
                System.getLogger(GentleEnd.class.getName())
                        .log(System.Logger.Level.ERROR, "gave up waiting for the end of the run");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The work is over and all is written: leaves with this status if the process was told to go,
    /// and returns if it was not.
    void leave(int exit) {
        if (hook.getState() != Thread.State.NEW) {
            Runtime.getRuntime().halt(exit); // the runtime would make it that of the signal
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) { // the process is on its way out: it runs already
            Thread.yield();
        }
    }
}
