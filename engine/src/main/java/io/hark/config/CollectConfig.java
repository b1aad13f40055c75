package io.hark.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `hark collect` receives, and where it goes: the `collect` part of `hark.yaml`.
///
/// @param out the lake; null where it is said elsewhere
/// @param roll how often files of events are finished and can be asked
/// @param journal the most octets of what was taken and is not in the lake yet
/// @param silence after how long without a word a source counts as silent
/// @param listeners where it comes from
public record CollectConfig(
        @Nullable Path out,
        Duration roll,
        long journal,
        Duration silence,
        List<Listener> listeners) {

    /// How often files are finished where nothing is said.
    public static final Duration ROLL = Duration.ofMinutes(1);

    /// Room for the journal where nothing is said: half an hour of 5,000 lines a second.
    public static final long JOURNAL = 2_000_000_000L;

    /// The least room: the journal is removed in pieces.
    public static final long LEAST_JOURNAL = 16_000_000L;

    /// When a source is silent where nothing is said.
    public static final Duration SILENCE = Duration.ofMinutes(10);

    /// Keeps its own copy.
    public CollectConfig {
        listeners = List.copyOf(listeners);
        if (journal < LEAST_JOURNAL) {
            throw new IllegalArgumentException("a journal of " + journal + " bytes");
        }
    }

    /// Nothing received, and all as it is where nothing is said.
    public static CollectConfig of(List<Listener> listeners) {
        return new CollectConfig(null, ROLL, JOURNAL, SILENCE, listeners);
    }
}
