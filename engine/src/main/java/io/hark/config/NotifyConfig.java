package io.hark.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is told of findings: the `notify` part of `hark.yaml`.
///
/// @param spool where what is not delivered yet waits; null where nobody is told
/// @param giveUp after how long what could not be delivered is given up
/// @param targets who is told
public record NotifyConfig(@Nullable Path spool, Duration giveUp, List<NotifyTarget> targets) {

    /// When it is given up where nothing is said: a weekend, so that whoever comes in on Monday has
    /// it.
    public static final Duration GIVE_UP = Duration.ofDays(3);

    /// Nobody.
    public static final NotifyConfig NONE = new NotifyConfig(null, GIVE_UP, List.of());

    /// Keeps its own copy.
    public NotifyConfig {
        targets = List.copyOf(targets);
        if (spool == null && !targets.isEmpty()) {
            throw new IllegalArgumentException("targets without a spool");
        }
    }
}
