package io.hark.plan;

import io.hark.schema.Addr;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a case or lake holds, as far as a plan can be held against it.
///
/// @param talks who talked to whom, a row a pair of hosts
/// @param logs who logged
/// @param counters of `case.json`; none where there is no such file
/// @param captureLoss share of the payload known to be missing, 0 to 1
public record Observation(
        List<Talk> talks, List<Logged> logs, Map<String, Long> counters, double captureLoss) {

    /// Connections of a pair of hosts.
    ///
    /// @param conns how many
    /// @param answered those in which the responder sent something
    /// @param tcp TCP connections that got as far as to acknowledge or to carry something
    /// @param oneWay those of them of which one direction never came by
    /// @param bytes payload of both directions
    /// @param missed payload bytes known to be missing
    public record Talk(
            Addr orig,
            Addr resp,
            long conns,
            long answered,
            long tcp,
            long oneWay,
            long bytes,
            long missed) {}

    /// Lines of one kind.
    ///
    /// @param module who wrote them, one word: `fortigate`
    /// @param host the device that wrote them; null if the lines do not say
    /// @param lines how many
    /// @param matched lines that tell of a connection which was also seen on the wire
    /// @param apart seconds between the line and that connection, the median; null without such
    public record Logged(
            String module,
            @Nullable String host,
            long lines,
            long matched,
            @Nullable Double apart) {}

    /// Keeps its own copies.
    public Observation {
        talks = List.copyOf(talks);
        logs = List.copyOf(logs);
        counters = Map.copyOf(counters);
    }
}
