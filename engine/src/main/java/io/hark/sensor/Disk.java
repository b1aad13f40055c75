package io.hark.sensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/// What becomes of a run when its case cannot be written.
///
/// One over files ends: it can be run again. One that listens goes on, since what passes by comes
/// once: what could not be written is counted where it was lost, the trouble is told when it begins
/// and when it is over, and what comes after that is written as before.
///
/// *Thread*: any.
abstract sealed class Disk {

    /// A run that ends.
    static final Disk ENDS = new Ends();

    /// A run that goes on.
    ///
    /// @param dir the case
    /// @param told takes what there is to tell, on any thread
    static Disk enduring(Path dir, Consumer<String> told) {
        return new Endures(dir, told);
    }

    /// Something that writes.
    interface Writing {
        /// Writes it.
        void run() throws IOException;
    }

    /// Writes; answers whether that went well.
    ///
    /// @throws UncheckedIOException if not, and the run ends
    final boolean write(Writing writing) {
        try {
            writing.run();
            return true;
        } catch (UncheckedIOException e) {
            failed(Objects.requireNonNull(e.getCause(), "its constructors want one"));
        } catch (IOException e) {
            failed(e);
        }
        return false;
    }

    /// Something could not be written.
    ///
    /// @throws UncheckedIOException if the run ends
    abstract void failed(IOException why);

    /// Looks whether the disk takes something again. Asked now and then.
    abstract void probe();

    private static final class Ends extends Disk {
        @Override
        void failed(IOException why) {
            throw new UncheckedIOException(why);
        }

        @Override
        void probe() {}
    }

    private static final class Endures extends Disk {

        /// With less room than that there is none: the next files would not be whole.
        private static final int PROBE = 1 << 20;

        private final Path probe;
        private final Consumer<String> told;
        private boolean isFull;

        Endures(Path dir, Consumer<String> told) {
            this.probe = dir.resolve("case.probe.tmp");
            this.told = told;
        }

        @Override
        synchronized void failed(IOException why) {
            if (!isFull) {
                isFull = true;
                told.accept(
                        "the case cannot be written ("
                                + why.getMessage()
                                + "): capturing goes on, what is not written is counted, and writing goes on"
                                + " when there is room");
            }
        }

        @Override
        synchronized void probe() {
            if (!isFull) {
                return;
            }
            try {
                Files.write(probe, new byte[PROBE]);
                isFull = false;
                told.accept("the case is written again");
            } catch (IOException e) {
                return; // as before; that was told
            } finally {
                remove();
            }
        }

        private void remove() {
            try {
                Files.deleteIfExists(probe);
            } catch (IOException e) {
                failed(e);
            }
        }
    }
}
