package io.hark.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `hark monitor` listens to beside what `collect` receives: the `monitor` part of
/// `hark.yaml`.
///
/// @param interfaces to capture from
/// @param dir where spool and, if `collect` names none, the lake are; null where it is said
///   elsewhere
/// @param user whose rights are kept; empty for those that the service has
/// @param room the most octets of what was seen and is not in the lake yet
/// @param port where the capture and the lake meet, on the loopback address
/// @param metrics where Prometheus asks; null for nowhere
/// @param engagement the declared environment; null for none
/// @param suppressions findings that nobody wants to be told of; null for none
/// @param keys what decoders may try
public record MonitorConfig(
        List<String> interfaces,
        @Nullable Path dir,
        String user,
        long room,
        int port,
        @Nullable Metrics metrics,
        @Nullable Path engagement,
        @Nullable Path suppressions,
        List<Path> keys) {

    /// Where capture and lake meet where nothing is said.
    public static final int PORT = 8445;

    /// Room where nothing is said.
    public static final long ROOM = 1_000_000_000L;

    /// Where Prometheus asks where nothing is said.
    public static final Metrics METRICS = new Metrics("127.0.0.1", 9464);

    /// All as it is where nothing is said.
    public static final MonitorConfig NONE =
            new MonitorConfig(List.of(), null, "", ROOM, PORT, METRICS, null, null, List.of());

    /// Where Prometheus asks.
    ///
    /// @param address to listen at
    public record Metrics(String address, int port) {}

    /// Keeps its own copies.
    public MonitorConfig {
        interfaces = List.copyOf(interfaces);
        keys = List.copyOf(keys);
    }
}
