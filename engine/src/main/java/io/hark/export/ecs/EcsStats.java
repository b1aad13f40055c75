package io.hark.export.ecs;

import io.hark.event.Stats;
import java.util.List;
import java.util.Map;

/// What was taken in and lost.
public final class EcsStats implements EcsMapping<Stats> {

    /// The mapping.
    public EcsStats() {}

    @Override
    public Class<Stats> kind() {
        return Stats.class;
    }

    @Override
    public String sort() {
        return "metric";
    }

    @Override
    public List<String> types() {
        return List.of("info");
    }

    @Override
    public String action() {
        return "capture-statistics";
    }

    @Override
    public Map<String, String> fields() {
        return Map.of("peer", "observer.name", "ts_delta", "event.duration");
    }
}
