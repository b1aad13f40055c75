package io.hark.bench.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Runs an input and finds fault: with what was thrown, also where Hark went on without that
/// connection, with the time it took and with the memory it used.
///
/// *Thread*: one owner.
final class Limits {

    /// What an input of some KB may take; the coverage that is counted makes it some times slower
    /// than it is.
    private static final long MOST_NANOS = 1_000_000_000L;

    /// What an input may allocate beside [#MOST_EACH] an octet: an engine with all its parsers.
    private static final long MOST_BESIDE = 64L << 20;

    private static final long MOST_EACH = 16_384;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Target target;
    private final Ear ear = new Ear();

    /// Watches over that.
    Limits(Target target) {
        this.target = target;
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(ear);
    }

    /// Runs the input; throws what is wrong with us. What is too slow or too much once may be the
    /// JVM's loading of classes: it has to be so twice.
    void run(byte[] input) {
        if (excess(input) != null) {
            RuntimeException excess = excess(input);
            if (excess != null) {
                throw excess;
            }
        }
    }

    private @Nullable RuntimeException excess(byte[] input) {
        long began = threads.getCurrentThreadCpuTime();
        long before = threads.getCurrentThreadAllocatedBytes();
        read(input);
        if (threads.getCurrentThreadCpuTime() - began > MOST_NANOS) {
            return new TooSlow(input.length + " octets take more than a second");
        }
        long made = threads.getCurrentThreadAllocatedBytes() - before;
        boolean tooMuch = made > MOST_BESIDE + MOST_EACH * input.length;
        return tooMuch ? new TooMuch(input.length + " octets allocate " + made) : null;
    }

    private void read(byte[] input) {
        ear.heard = null;
        try {
            target.run(input);
        } catch (RuntimeException e) {
            throwHeard(); // says more
            throw e;
        }
        throwHeard();
    }

    /// What the engine caught and told of is the finding, with its stack.
    private void throwHeard() {
        switch (ear.heard) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null -> {}
            default -> throw new IllegalStateException(ear.heard);
        }
    }

    /// An input that takes too long.
    static final class TooSlow extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooSlow(String message) {
            super(message);
        }
    }

    /// An input that needs too much memory.
    static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMuch(String message) {
            super(message);
        }
    }

    /// Hears of the first exception that is logged.
    private static final class Ear extends Handler {
        private volatile @Nullable Throwable heard;

        @Override
        public void publish(LogRecord entry) {
            if (heard == null) {
                heard = entry.getThrown();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
