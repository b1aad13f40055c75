package io.hark.config;

import io.hark.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the `monitor` part of `hark.yaml`. `docs/reference/hark.md` is made of [#MONITOR].
public final class MonitorPart {

    /// What `monitor` may have.
    public static final Map<String, String> MONITOR = new LinkedHashMap<>();

    private static final Pattern PLACE = Pattern.compile("(?:(.+):)?([0-9]{1,5})");
    private static final long LEAST_ROOM = 16_000_000;
    private static final int MAX_PORT = 0xffff;

    static {
        MONITOR.put("interfaces", "what to capture from, a list; `-i` goes before it");
        MONITOR.put(
                "dir",
                "a folder of the service's: the spool of what was seen and, where `collect` has no `out`, the lake; `--out` goes before it");
        MONITOR.put(
                "user",
                "where root starts the service: whose rights are kept once the interfaces are open");
        MONITOR.put(
                "room",
                "the most octets of what was seen and is not in the lake yet, from `16MB`; `1GB` where it is missing");
        MONITOR.put(
                "port",
                "where capture and lake meet, on the loopback address; `8445` where it is missing");
        MONITOR.put(
                "metrics",
                "where Prometheus asks, `9464` or `192.0.2.1:9464`, or `none`; `127.0.0.1:9464` where it is missing");
        MONITOR.put("engagement", "the declared environment, a file");
        MONITOR.put("suppressions", "findings that nobody wants to be told of, a file");
        MONITOR.put("keys", "what decoders may try, files or folders");
    }

    private MonitorPart() {}

    static MonitorConfig read(YamlPart part) {
        long room = part.bytes("room", MonitorConfig.ROOM);
        if (room < LEAST_ROOM) {
            throw part.error("room", "'room' needs 16MB at least");
        }
        List<Integer> ports = part.ports("port");
        return new MonitorConfig(
                part.texts("interfaces"),
                part.path("dir"),
                Objects.requireNonNullElse(part.text("user", ""), ""),
                room,
                ports.isEmpty() ? MonitorConfig.PORT : ports.getFirst(),
                metrics(part),
                part.path("engagement"),
                part.path("suppressions"),
                part.paths("keys"));
    }

    private static MonitorConfig.@Nullable Metrics metrics(YamlPart part) {
        String text = part.text("metrics", null);
        if (text == null) {
            return MonitorConfig.METRICS;
        }
        return text.equals("none")
                ? null
                : part.one("metrics", MonitorPart::place, MonitorConfig.METRICS);
    }

    private static MonitorConfig.Metrics place(String text) {
        Matcher place = PLACE.matcher(text);
        if (!place.matches() || Integer.parseInt(place.group(2)) > MAX_PORT) {
            throw new UserError("'metrics' is a port, an address and a port, or none, not " + text);
        }
        String address = place.group(1);
        return new MonitorConfig.Metrics(
                address == null ? MonitorConfig.METRICS.address() : address,
                Integer.parseInt(place.group(2)));
    }
}
