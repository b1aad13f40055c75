package io.hark;

import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// What runs inside of a connection beside what its own session reads: a stream that TLS protected
/// and a secret opened, messages of DNS that came as bodies of HTTP. The session that found it
/// feeds it; parsers, inspectors and decoders see it as they see a connection of its own.
///
/// *Thread*: the worker that owns the connection. *Lifetime*: until [#close], or its connection's.
public interface Inside {

    /// The next bytes of a stream, or one datagram. An empty piece of a stream asks its reader once
    /// more about what waits.
    void take(Bytes piece, Side side);

    /// Whether bytes of a stream that were taken wait until its reader can do something with them.
    boolean isWaiting();

    /// So many bytes of the stream are missing here.
    void lose(Side side, long bytes);

    /// That side's stream ended in order.
    void end(Side side);

    /// It is over: whatever waits is said. A second call does nothing.
    void close();
}
