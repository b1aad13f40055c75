package io.hark.export.eve;

import io.hark.event.Event;

/// What one kind of event is in EVE. One file a kind; the build finds it.
///
/// *Thread*: stateless, any worker.
public interface EveMapping<E extends Event> {

    /// The kind.
    Class<E> kind();

    /// Writes the event: one line, several, or none where Suricata would say nothing.
    void write(E event, EveLines out);
}
