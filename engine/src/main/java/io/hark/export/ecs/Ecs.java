package io.hark.export.ecs;

import io.hark.Exporter;
import io.hark.event.Event;
import io.hark.event.LogEvent;
import io.hark.schema.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// Elastic Common Schema, one object a line.
///
/// *Source*: ECS 9; `hark.*` holds what it has no field for.
public final class Ecs implements Exporter {

    static final String FILE = "ecs.json";

    private final Map<Class<?>, EcsMapping<?>> mappings = new HashMap<>();

    /// The dialect with the mappings that the build found.
    public Ecs() {
        for (EcsMapping<?> mapping :
                ServiceLoader.load(EcsMapping.class, Ecs.class.getClassLoader())) {
            mappings.put(mapping.kind(), mapping);
        }
    }

    @Override
    public String name() {
        return "ecs";
    }

    @Override
    public String about() {
        return "Elastic Common Schema, one JSON object with dotted keys a line: ecs.json";
    }

    @Override
    public String file() {
        return FILE;
    }

    @Override
    public @Nullable Plan plan(Kind<? extends Event> kind) {
        if (kind.type() == LogEvent.class) {
            return new EcsLogPlan();
        }
        return kind.detailOf() == null ? planOf(kind) : null;
    }

    @SuppressWarnings("unchecked") // put by its own kind
    private <E extends Event> Plan planOf(Kind<E> kind) {
        return new EcsPlan<>(kind, (EcsMapping<E>) mappings.get(kind.type()));
    }
}
