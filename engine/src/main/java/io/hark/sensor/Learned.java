package io.hark.sensor;

import io.hark.schema.Codec;
import io.hark.schema.Kind;
import io.hark.schema.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// What a run that listens has learned of its site, in a file of the case: the next one goes on
/// with it, so that nobody learns anew after every restart.
///
/// @param until event time up to which it was learned: of use for what comes later alone
/// @param state what was learned
record Learned(long until, LakeState state) implements Stored {

    /// Beside the events of the case.
    static final String FILE = "learned";

    private static final System.Logger LOG = System.getLogger(Learned.class.getName());

    /// Writes it in the place of what was there: after a crash it is the old one or the new one.
    void write(Path dir) throws IOException {
        Path begun = dir.resolve(FILE + ".tmp");
        Files.write(begun, Codec.write(Kind.of(Learned.class), this));
        Files.move(
                begun,
                dir.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /// What the run before wrote; empty if there was none, or if it cannot be read, which is
    /// logged.
    static Optional<Learned> read(Path dir) throws IOException {
        Path file = dir.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Codec.read(Kind.of(Learned.class), Files.readAllBytes(file)));
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.WARNING, file + " is damaged: learning anew", e);
            return Optional.empty();
        }
    }

    /// Whether what comes at that time comes after it; else the clock was set back, which is
    /// logged.
    boolean isBefore(long nanos) {
        if (nanos < until) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "what was learned before is of a later time than now: learning anew");
        }
        return nanos >= until;
    }
}
