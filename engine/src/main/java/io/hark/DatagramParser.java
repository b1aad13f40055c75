package io.hark;

import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// Reads a protocol whose messages are datagrams.
public non-sealed interface DatagramParser extends Parser {

    /// What narrows the candidates.
    Hints hints();

    /// Whether this datagram is the protocol's. Pure and repeatable.
    ///
    /// @param port the responder's port
    /// @return see [Verdict]; MORE is the same as NO
    int probe(Bytes payload, Side side, int port);

    /// A session for a connection one of whose datagrams it claimed.
    Session open(Connection connection);

    /// One connection's reading.
    interface Session {

        /// Whether this datagram is the session's; those that are not are probed anew, for
        /// protocols that share a connection: STUN, DTLS and media. Pure; looks by offset only.
        default boolean takes(Bytes payload, Side side) {
            return true;
        }

        /// Reads one datagram. A fault that sticks to `payload` is an anomaly; the session goes on.
        void datagram(Bytes payload, Side side);

        /// The connection is over: whatever waits is emitted now.
        default void close() {}
    }
}
