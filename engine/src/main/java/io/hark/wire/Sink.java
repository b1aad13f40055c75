package io.hark.wire;

import io.hark.carry.Carried;
import io.hark.event.Event;

/// Takes what an engine has to say, each with its place in the one order that any number of workers
/// agrees on: see [Order].
///
/// *Thread*: the engine's worker.
public interface Sink {

    /// Something was seen.
    void emit(Event event, Order order);

    /// Something is carried up.
    void carry(Carried carried, Order order);

    /// Other workers should know four chunks later.
    void publish(Expectation expectation, Order order);
}
