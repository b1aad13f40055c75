package io.hark.export.ecs;

import io.hark.event.Anomaly;
import java.util.List;
import java.util.Map;

/// Bytes that broke a protocol.
public final class EcsAnomaly implements EcsMapping<Anomaly> {

    /// The mapping.
    public EcsAnomaly() {}

    @Override
    public Class<Anomaly> kind() {
        return Anomaly.class;
    }

    @Override
    public List<String> types() {
        return List.of("protocol", "info");
    }

    @Override
    public String action() {
        return "";
    }

    @Override
    public Map<String, String> fields() {
        return Map.of("name", "event.action", "addl", "event.reason");
    }
}
