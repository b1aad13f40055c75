package io.hark.event;

/// An event that belongs to one connection.
public interface OfConnection extends Event {

    /// The connection's id, the same in every event about it.
    String uid();

    /// Its endpoints.
    Endpoints id();
}
