package io.hark.sensor;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the analysis of one input ended: what the command reports and `case.json` repeats.
///
/// @param input the capture
/// @param out the case's folder, or null
/// @param status how the input ended
/// @param trouble what was wrong with it, for a person; empty if nothing
/// @param seconds wall time
/// @param firstNanos time of the first frame, or 0 without frames
/// @param lastNanos time of the last
/// @param counters what was counted, by name
/// @param kinds events by kind
/// @param summary what a report is made of
/// @param deterministic whether any number of workers would have given the same
public record Outcome(
        Path input,
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

    /// An outcome of an input that nothing was read of.
    static Outcome without(
            Path input, @Nullable Path out, Status status, String trouble, double seconds) {
        return new Outcome(
                input,
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
        double all = (double) summary.payloadBytes() + summary.missedBytes();
        return all == 0 ? 0 : summary.missedBytes() / all;
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
        FAILED
    }
}
