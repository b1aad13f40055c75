package io.hark.export.eve;

import io.hark.Exporter;
import io.hark.bytes.TextBuffer;
import io.hark.event.Event;
import io.hark.schema.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// Suricata's EVE, one object a line.
///
/// *Source*: Suricata 8, its documentation of the format.
public final class Eve implements Exporter {

    private static final String FILE = "eve.json";

    private final Map<Class<?>, EveMapping<?>> mappings = new HashMap<>();

    /// The dialect with the mappings that the build found.
    public Eve() {
        for (EveMapping<?> mapping :
                ServiceLoader.load(EveMapping.class, Eve.class.getClassLoader())) {
            mappings.put(mapping.kind(), mapping);
        }
    }

    @Override
    public String name() {
        return "eve";
    }

    @Override
    public String about() {
        return "Suricata's EVE, one nested JSON object a line: eve.json";
    }

    @Override
    public String file() {
        return FILE;
    }

    @Override
    @SuppressWarnings("unchecked") // put by its own kind
    public @Nullable Plan plan(Kind<? extends Event> kind) {
        EveMapping<?> mapping = mappings.get(kind.type());
        return mapping == null ? null : new EvePlan((EveMapping<Event>) mapping);
    }

    private record EvePlan(EveMapping<Event> mapping) implements Plan {

        @Override
        public String file() {
            return FILE;
        }

        @Override
        public void write(Event event, long frame, TextBuffer out) {
            mapping.write(event, new EveLines(out, frame));
        }
    }
}
