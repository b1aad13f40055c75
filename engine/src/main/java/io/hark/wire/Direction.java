package io.hark.wire;

import io.hark.Body;
import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// One direction of a connection that is read: its bytes in order, and how far its parser is.
///
/// *Thread*: the worker that owns the connection.
final class Direction {
    final Stream stream;

    private @Nullable Pending pending; // made when a message comes in pieces

    /// How much of what comes belongs to [#body], or to nobody.
    long passing;

    @Nullable WireBody body;

    /// Whether its parser was asked if all of it is one body.
    boolean asked;

    boolean ended;

    Direction(Side side, Blocks blocks) {
        stream = new Stream(side, blocks);
    }

    Side side() {
        return stream.side;
    }

    /// What is no whole message yet.
    Pending pending() {
        Pending made = pending;
        if (made == null) {
            made = new Pending(stream.blocks);
            pending = made;
        }
        return made;
    }

    /// Whether there is a part of a message.
    boolean isPending() {
        return pending != null && pending.length() > 0;
    }

    /// Forgets what is no whole message.
    void forget() {
        if (pending != null) {
            pending.clear();
        }
    }

    /// The session was shown so many octets and asked for more.
    void saw(int octets, long state) {
        if (pending != null || octets > 0) {
            pending().saw(octets, state);
        }
    }

    /// How many octets the session in that state has seen before.
    int seen(long state) {
        return pending == null ? 0 : pending.seen(state);
    }

    /// Gives all memory back.
    void drop() {
        stream.drop();
        forget();
    }

    /// Hands the next bytes on; answers the body if it is whole with them.
    @Nullable WireBody pass(byte[] memory, int at, int n) {
        if (body != null) {
            body.bytes(memory, at, n);
        }
        return gone(n);
    }

    /// The next bytes are missing; answers the body if it is over with them.
    @Nullable WireBody lose(long n) {
        if (body != null) {
            body.gap(n);
        }
        return gone(n);
    }

    private @Nullable WireBody gone(long n) {
        if (passing == Body.UNTIL_END) {
            return null;
        }
        passing -= n;
        return passing == 0 ? body : null;
    }

    /// The body is over, whether it was whole or not.
    void endBody() {
        asked = false;
        passing = 0;
        if (body != null) {
            body.end();
            body = null;
        }
    }
}
