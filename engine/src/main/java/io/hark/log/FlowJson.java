package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.format.log.Transports;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// NetFlow records that a collector wrote as JSON under Cisco's names of their fields.
///
/// *Source*: Cisco, NetFlow Version 9 Flow-Record Format (RFC 3954 §8); version 5 under the names
/// that collectors give its fields.
public final class FlowJson implements LineParser {

    private static final long MILLI = 1_000_000L;

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "IPV4_SRC_ADDR", "source.ip",
                    "IPV6_SRC_ADDR", "source.ip",
                    "L4_SRC_PORT", "source.port",
                    "SRC_PORT", "source.port",
                    "IN_SRC_MAC", "source.mac",
                    "IPV4_DST_ADDR", "destination.ip",
                    "IPV6_DST_ADDR", "destination.ip",
                    "L4_DST_PORT", "destination.port",
                    "DST_PORT", "destination.port",
                    "IN_DST_MAC", "destination.mac",
                    "IN_BYTES", "network.bytes",
                    "IN_OCTETS", "network.bytes",
                    "IN_PKTS", "network.packets",
                    "IN_PACKETS", "network.packets",
                    "PROTOCOL", "",
                    "PROTO", "");

    /// The parser.
    public FlowJson() {}

    @Override
    public String name() {
        return "netflow";
    }

    @Override
    public String about() {
        return "NetFlow records as JSON, as collectors write them";
    }

    @Override
    public List<String> signs() {
        return List.of("_SRC_ADDR\"");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Pairs pairs = line.json();
        if (pairs == null || !pairs.has("IPV4_SRC_ADDR") && !pairs.has("IPV6_SRC_ADDR")) {
            return false;
        }
        out.of(name(), "");
        FIELDS.apply(pairs, line, name(), out);
        out.put("network.transport", Transports.name(pairs.first("PROTOCOL", "PROTO")));
        Long first = millis(pairs.text("FIRST_SWITCHED"));
        Long last = millis(pairs.text("LAST_SWITCHED"));
        if (first != null && last != null && last >= first) {
            out.time("event.duration", (last - first) * MILLI);
        }
        out.is("network", "connection");
        return true;
    }

    private static @Nullable Long millis(String text) {
        return text.matches("\\d{1,13}") ? Long.valueOf(text) : null;
    }
}
