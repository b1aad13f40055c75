package io.hark;

import io.hark.bytes.Bytes;
import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// Reads a protocol that runs over an ordered stream of bytes each way.
public non-sealed interface StreamParser extends Parser {

    /// What narrows the candidates.
    Hints hints();

    /// Whether the first bytes of `side` are this protocol's. Pure and repeatable; looks at no more
    /// than [#MAX_PROBE] bytes.
    ///
    /// @return see [Verdict]
    int probe(Bytes head, Side side);

    /// A session for a connection whose first bytes it claimed.
    Session open(Connection connection);

    /// The most bytes of one direction that a probe is shown.
    int MAX_PROBE = 4096;

    /// One connection's reading.
    interface Session {

        /// Frame answer: the message's length cannot be told yet.
        int MORE = 0;

        /// Frame answer: this is not the protocol, or it is broken beyond going on.
        int MALFORMED = -1;

        /// The body that all of `side` is from its first byte on, where nothing is framed; null
        /// where messages are. Asked once, before the side's first byte or gap. [#passed] is called
        /// when the stream ends in order.
        default @Nullable Body whole(Side side) {
            return null;
        }

        /// How long the next message of `side` is, purely and repeatably: nothing is changed and
        /// nothing emitted here. A length beyond [#maxMessage] is malformed.
        ///
        /// @param head what there is, from the message's first byte; what [Bytes#seen] says was
        ///   shown before need not be searched again
        /// @return the length in bytes, MORE or MALFORMED
        int frame(Bytes head, Side side);

        /// Reads one whole message; called exactly once for it. A fault that sticks to `whole` ends
        /// the session with an anomaly.
        void message(Bytes whole, Side side);

        /// The longest message this session takes, in bytes: what the engine keeps for it at most.
        default int maxMessage() {
            return 1 << 17;
        }

        /// The bytes of `side` that were handed on to `body` by [Connection#pass] have all gone by,
        /// or the stream ended in order among them. What comes next of `side` is framed again;
        /// [Connection#pass] may be called from here, too.
        default void passed(Body body, Side side) {}

        /// `bytes` are missing in the stream of `side`, outside a body.
        ///
        /// @return whether the session can go on reading behind the gap
        default boolean gap(Side side, long bytes) {
            return false;
        }

        /// The stream of `side` ended in order.
        default void end(Side side) {}

        /// The connection is over: whatever waits is emitted now. Called exactly once, also after a
        /// fault.
        default void close() {}
    }
}
