package io.hark.export.ecs;

import io.hark.bytes.JsonWriter;
import io.hark.event.Event;
import java.util.List;
import java.util.Map;

/// What one kind of event is in the Elastic Common Schema. One file a kind; the build finds it.
///
/// For example, `Map.of("user_agent", "user_agent.original")` writes that column under ECS's name.
/// Columns that are not named there, nor among those that every kind has (endpoints, transport),
/// come out as `hark.<kind>.<column>`.
public interface EcsMapping<E extends Event> {

    /// The kind.
    Class<E> kind();

    /// ECS's `event.category`.
    default List<String> categories() {
        return List.of("network");
    }

    /// ECS's `event.type`.
    default List<String> types() {
        return List.of("info");
    }

    /// ECS's `event.kind`.
    default String sort() {
        return "event";
    }

    /// ECS's `event.action`; empty if a column or [#more] says it.
    String action();

    /// Columns that have a field in ECS; empty for one that [#more] writes in another form. What is
    /// absent is left out.
    Map<String, String> fields();

    /// Writes what is no column: sums, parts, names in other words.
    default void more(E event, JsonWriter out) {}
}
