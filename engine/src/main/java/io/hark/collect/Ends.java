package io.hark.collect;

/// The end of a thread that was asked to end.
final class Ends {

    /// How long it may take for what it has in hand: a full journal is given back in parts.
    private static final long PATIENCE_MILLIS = 5000;

    private Ends() {}

    /// Waits until it has ended; one that waits for what does not come is interrupted.
    static void await(Thread thread) {
        try {
            thread.join(PATIENCE_MILLIS);
            thread.interrupt();
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
