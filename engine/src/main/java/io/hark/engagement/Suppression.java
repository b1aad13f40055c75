package io.hark.engagement;

import io.hark.event.Finding;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A finding that somebody has looked at and does not want to be told of again, until a day.
///
/// What is not said holds for all; a finding it holds for stays in the case, marked.
///
/// *Thread*: immutable, any thread.
///
/// @param detector whose findings; null for all
/// @param from who calls; null for anybody
/// @param to who is called; null for anybody
/// @param ports at which; none for any
/// @param names names of who is called, `*.example.org` for all below; none for any
/// @param who answers for it
/// @param why it is no matter
/// @param until the last day, UTC, on which evidence is suppressed
public record Suppression(
        @Nullable String detector,
        @Nullable Networks from,
        @Nullable Networks to,
        List<Integer> ports,
        List<String> names,
        String who,
        String why,
        LocalDate until) {

    private static final String BELOW = "*.";

    /// Keeps its own copies.
    public Suppression {
        ports = List.copyOf(ports);
        names = List.copyOf(names);
    }

    /// Whether it holds for a finding, by its last evidence.
    public boolean holds(Finding finding) {
        return (detector == null || detector.equals(finding.detector()))
                && (from == null || from.isLocal(finding.orig_h()))
                && (to == null || to.isLocal(finding.resp_h()))
                && (ports.isEmpty() || isAt(finding.resp_p()))
                && (names.isEmpty() || isNamed(finding.host()))
                && finding.last() < end();
    }

    private long end() {
        return until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1_000_000_000L;
    }

    private boolean isAt(@Nullable Integer port) {
        return port != null && ports.contains(port);
    }

    private boolean isNamed(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT);
        return names.stream()
                .map(pattern -> pattern.toLowerCase(Locale.ROOT))
                .anyMatch(
                        pattern ->
                                pattern.startsWith(BELOW)
                                        ? name.endsWith(pattern.substring(1))
                                        : name.equals(pattern));
    }
}
