package io.hark.parse.http2;

import io.hark.event.Side;
import io.hark.format.hpack.QpackReader;

/// What the streams of one HTTP/3 connection share.
///
/// *Thread*: the worker that owns the connection.
final class Http3Tables {

    private final QpackReader originator = new QpackReader();
    private final QpackReader responder = new QpackReader();
    private int depth;

    /// What reads the header blocks of that side.
    QpackReader of(Side side) {
        return side == Side.ORIGINATOR ? originator : responder;
    }

    /// The number of a request that begins now.
    int next() {
        return ++depth;
    }
}
