package io.hark.wire;

import io.hark.Inside;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// What runs inside of a connection, read by a [Talk] of its own.
///
/// *Thread*: the worker that owns the connection.
final class Nested implements Inside {

    private final Talk talk;
    private final boolean stream;
    private boolean closed;

    /// Fed to `talk`, as a stream or as datagrams.
    Nested(Talk talk, boolean stream) {
        this.talk = talk;
        this.stream = stream;
    }

    @Override
    public void take(Bytes piece, Side side) {
        if (closed || piece.length() == 0 && !talk.directions.isPending(side)) {
            return;
        }
        if (stream) {
            talk.bytes(side, piece.array(), piece.base(), piece.length());
        } else {
            talk.datagram(side, piece.array(), piece.base(), piece.length());
        }
    }

    @Override
    public boolean isWaiting() {
        return !closed
                && (talk.directions.isPending(Side.ORIGINATOR)
                        || talk.directions.isPending(Side.RESPONDER));
    }

    @Override
    public void lose(Side side, long bytes) {
        if (!closed && stream && bytes > 0) {
            talk.gap(side, bytes);
        }
    }

    @Override
    public void end(Side side) {
        if (!closed && stream) {
            talk.end(side);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            talk.close();
        }
    }

    /// Gives all memory back without another word.
    void drop() {
        closed = true;
        talk.drop();
    }

    boolean isClosed() {
        return closed;
    }
}
