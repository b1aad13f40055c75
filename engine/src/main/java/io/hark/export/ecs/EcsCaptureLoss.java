package io.hark.export.ecs;

import io.hark.event.CaptureLoss;
import java.util.Map;

/// How much never reached the capture.
public final class EcsCaptureLoss implements EcsMapping<CaptureLoss> {

    /// The mapping.
    public EcsCaptureLoss() {}

    @Override
    public Class<CaptureLoss> kind() {
        return CaptureLoss.class;
    }

    @Override
    public String sort() {
        return "metric";
    }

    @Override
    public String action() {
        return "capture-loss";
    }

    @Override
    public Map<String, String> fields() {
        return Map.of("peer", "observer.name", "ts_delta", "event.duration");
    }
}
