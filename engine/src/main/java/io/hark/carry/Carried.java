package io.hark.carry;

import io.hark.event.Endpoints;
import io.hark.schema.Stored;

/// Inner bytes handed across the wall, in order, to whoever tasted them as its own.
///
/// *Thread*: immutable, any thread. *Units*: times are nanoseconds since 1970 UTC.
public sealed interface Carried extends Stored permits StreamPiece, Datagram, EchoPayload, Offered {

    /// When the last byte of it was on the wire.
    long ts();

    /// The connection it came by.
    String uid();

    /// That connection's endpoints.
    Endpoints id();

    /// The decoder that tasted it.
    String decoder();

    /// Its place among the pieces of that connection, from 0: what is seen twice is dropped by it.
    long sequence();
}
