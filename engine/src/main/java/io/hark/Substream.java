package io.hark;

import io.hark.event.Side;
import java.util.function.Supplier;

/// One of many streams that run side by side in a connection, as who reads it sees it
/// ([Connection#context]): those of QUIC, of which HTTP/3 has one for each request and some that
/// serve all of them.
///
/// *Thread*: the worker that owns the connection.
public interface Substream {

    /// Its number in the connection.
    long id();

    /// Who opened it.
    Side opener();

    /// Whether only its opener speaks in it.
    boolean isOneWay();

    /// What those who read the streams of this connection share: made by the first who asks.
    <T> T shared(Class<T> type, Supplier<T> made);
}
