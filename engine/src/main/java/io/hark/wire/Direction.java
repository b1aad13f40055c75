package io.hark.wire;

import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// One direction of a connection that is read: its bytes in order, and how far its parser is.
///
/// *Thread*: the worker that owns the connection.
final class Direction {
    final Side side;
    final Stream stream;

    /// What is no whole message yet.
    final Pending pending;

    /// How much of what comes belongs to [#body], or to nobody.
    long passing;

    @Nullable WireBody body;

    /// Whether its parser was asked if all of it is one body.
    boolean asked;

    boolean ended;

    Direction(Side side, Blocks blocks) {
        this.side = side;
        this.stream = new Stream(side, blocks);
        this.pending = new Pending(blocks);
    }

    /// Gives all memory back.
    void drop() {
        stream.drop();
        pending.clear();
    }

    /// The body is over, whether it was whole or not.
    void endBody() {
        passing = 0;
        if (body != null) {
            body.end();
            body = null;
        }
    }
}
