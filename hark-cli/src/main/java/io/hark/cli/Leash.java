package io.hark.cli;

import io.hark.lake.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends the process where a statement obeys no limit: one operation of DuckDB on one huge value is
/// neither counted as memory of the database nor to be stopped before it is done. A query only
/// reads, so nothing is lost with it.
///
/// *Thread*: one owner; a thread of its own looks.
final class Leash implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final long OURS = 1_000_000_000L; // what the process takes besides

    private final Limits limits;
    private final Terminal terminal;
    private final CountDownLatch over = new CountDownLatch(1);

    Leash(Limits limits, Terminal terminal) {
        this.limits = limits;
        this.terminal = terminal;
    }

    /// Begins to look.
    void hold() {
        Thread.ofPlatform().daemon().name("leash").start(this::look);
    }

    private void look() {
        long end = System.nanoTime() + limits.time().plus(GRACE).toNanos();
        try {
            while (!over.await(LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
                if (System.nanoTime() - end > 0) {
                    end("runs on after " + limits.time().toSeconds() + " s", "--max-time");
                }
                if (resident() > limits.memory() + OURS) {
                    end("takes more memory than it may", "--max-memory");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("the memory of the query cannot be watched", e);
        }
    }

    private void end(String why, String option) {
        terminal.complain("the statement " + why + " and was ended; " + option + " allows more");
        Runtime.getRuntime().halt(Main.USAGE);
    }

    /// Octets of the process, or 0 on systems that do not tell.
    private static long resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        return 0;
    }

    @Override
    public void close() {
        over.countDown();
    }
}
