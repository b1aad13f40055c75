package io.hark.sensor;

import io.hark.wire.Input;
import io.hark.wire.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How one analysis ended: what the command reports and `case.json` repeats.
///
/// @param name what was analysed, for a person
/// @param inputs the captures, in the order they were named
/// @param out the case's folder, or null
/// @param status how the input ended; of several, whether all were read to the end
/// @param trouble what was wrong with it, for a person; empty if nothing
/// @param seconds wall time
/// @param firstNanos time of the first frame, or 0 without frames
/// @param lastNanos time of the last
/// @param counters what was counted, by name
/// @param kinds events by kind
/// @param summary what a report is made of
/// @param deterministic whether any number of workers would have given the same
public record Outcome(
        String name,
        List<Seen> inputs,
        @Nullable Path out,
        Status status,
        String trouble,
        double seconds,
        long firstNanos,
        long lastNanos,
        Map<String, Long> counters,
        Map<String, Long> kinds,
        Summary summary,
        boolean deterministic) {

    /// Keeps its own copy.
    public Outcome {
        inputs = List.copyOf(inputs);
    }

    /// One capture and how it ended.
    ///
    /// @param path where it lies, or `-`, or `host:port`
    /// @param packets frames taken from it
    /// @param size bytes of the file, null of what is none
    /// @param sha256 of the file, null where it was not asked for
    public record Seen(
            Path path,
            Status status,
            String trouble,
            long packets,
            @Nullable Long size,
            @Nullable String sha256) {

        Seen(Path path, Status status, String trouble, long packets) {
            this(path, status, trouble, packets, null, null);
        }

        private Seen identified(boolean digest) {
            try {
                return Files.isRegularFile(path) && Files.isReadable(path)
                        ? new Seen(
                                path,
                                status,
                                trouble,
                                packets,
                                Files.size(path),
                                digest ? Input.sha256(path) : null)
                        : this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// The same, the files among the inputs with their sizes and digests.
    ///
    /// @param digest whether digests are wanted
    /// @throws IOException if a file can no longer be read
    Outcome identified(boolean digest) throws IOException {
        try {
            return new Outcome(
                    name,
                    inputs.stream().map(seen -> seen.identified(digest)).toList(),
                    out,
                    status,
                    trouble,
                    seconds,
                    firstNanos,
                    lastNanos,
                    counters,
                    kinds,
                    summary,
                    deterministic);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Whether any of the inputs could not be read, or we failed on it.
    public boolean isAnyUnread() {
        return inputs.stream()
                .anyMatch(i -> i.status == Status.UNREADABLE || i.status == Status.FAILED);
    }

    /// An outcome of inputs that nothing was read of.
    static Outcome without(
            String name,
            List<Path> captures,
            @Nullable Path out,
            Status status,
            String trouble,
            double seconds) {
        return new Outcome(
                name,
                captures.stream().map(path -> new Seen(path, status, trouble, 0)).toList(),
                out,
                status,
                trouble,
                seconds,
                0,
                0,
                Map.of(),
                Map.of(),
                new Summary(),
                true);
    }

    /// The share of payload bytes known to be missing, of all.
    public double captureLoss() {
        return Summary.share(summary.missedBytes(), summary.payloadBytes());
    }

    /// How an input ended.
    public enum Status {
        /// Read to the end.
        OK,
        /// Broken somewhere, analysed as far as it goes.
        DAMAGED,
        /// No known format.
        UNREADABLE,
        /// Our own error.
        FAILED;

        /// The status of what ended so; what has not ended breaks off.
        static Status of(Source.Status status) {
            return switch (status) {
                case OK -> OK;
                case DAMAGED, OPEN -> DAMAGED;
                case UNREADABLE -> UNREADABLE;
            };
        }
    }
}
