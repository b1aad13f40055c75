package io.hark.event;

import io.hark.schema.Stored;

/// Something seen, free of judgement: what crosses the wall.
///
/// *Thread*: immutable, any thread. *Units*: times are nanoseconds since 1970 UTC.
public interface Event extends Stored {

    /// When it happened on the wire; what is shown.
    long ts();

    /// When the house could tell: the time of the last packet it needed, or the deadline that
    /// passed. Watermarks use it.
    long seen();
}
