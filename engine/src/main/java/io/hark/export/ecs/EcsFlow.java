package io.hark.export.ecs;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Flow;
import java.util.List;
import java.util.Map;

/// A record that an exporter sent.
public final class EcsFlow implements EcsMapping<Flow> {

    private static final Key START = new Key("event.start");
    private static final Key END = new Key("event.end");
    private static final Key OBSERVER = new Key("observer.ip");

    /// The mapping.
    public EcsFlow() {}

    @Override
    public Class<Flow> kind() {
        return Flow.class;
    }

    @Override
    public List<String> types() {
        return List.of("connection");
    }

    @Override
    public String action() {
        return "flow-record";
    }

    @Override
    public Map<String, String> fields() {
        return Map.ofEntries(
                Map.entry("exporter", ""),
                Map.entry("duration", "event.duration"),
                Map.entry("bytes", "source.bytes"),
                Map.entry("packets", "source.packets"),
                Map.entry("reverse_bytes", "destination.bytes"),
                Map.entry("reverse_packets", "destination.packets"),
                Map.entry("nat_orig_h", "source.nat.ip"),
                Map.entry("nat_orig_p", "source.nat.port"),
                Map.entry("nat_resp_h", "destination.nat.ip"),
                Map.entry("nat_resp_p", "destination.nat.port"),
                Map.entry("vlan", "network.vlan.id"));
    }

    @Override
    public void more(Flow flow, JsonWriter out) {
        out.text(OBSERVER, flow.exporter().toString());
        if (flow.duration() != null) {
            out.field(START).put('"').time(flow.ts()).put("Z\"");
            out.field(END).put('"').time(flow.ts() + flow.duration()).put("Z\"");
        }
    }
}
