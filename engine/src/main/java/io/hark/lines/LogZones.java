package io.hark.lines;

import io.hark.UserError;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the clocks stand of those who write times without a zone.
///
/// @param others of whoever is not named
/// @param sources by the host that a line names, or the input it stands in, as it was named
public record LogZones(ZoneId others, Map<String, ZoneId> sources) {

    /// All in Greenwich.
    public static final LogZones UTC = new LogZones(ZoneOffset.UTC, Map.of());

    /// Keeps its own copy.
    public LogZones {
        sources = Map.copyOf(sources);
    }

    /// Reads `Europe/Berlin` for all, `fw1=Europe/Berlin` for one source; the later wins.
    ///
    /// @throws UserError if there is no such zone
    public static LogZones of(List<String> told) {
        ZoneId others = ZoneOffset.UTC;
        Map<String, ZoneId> sources = new HashMap<>();
        for (String one : told) {
            int equals = one.lastIndexOf('=');
            ZoneId zone = zone(one.substring(equals + 1));
            if (equals < 0) {
                others = zone;
            } else {
                sources.put(one.substring(0, equals), zone);
            }
        }
        return new LogZones(others, sources);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new UserError(
                    "--log-zone: there is no time zone '"
                            + name
                            + "'; write one as Europe/Berlin, UTC or +02:00",
                    e);
        }
    }

    /// The zone of one input.
    ZoneId ofInput(String input) {
        return sources.getOrDefault(input, others);
    }

    /// The zone of a host, where it is named; null for that of the input.
    @Nullable ZoneId ofHost(@Nullable String host) {
        return host == null || sources.isEmpty() ? null : sources.get(host);
    }
}
