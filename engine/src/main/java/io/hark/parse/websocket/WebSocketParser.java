package io.hark.parse.websocket;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// WebSockets, where an HTTP upgrade leads to one.
public final class WebSocketParser implements StreamParser {

    @Override
    public String name() {
        return "websocket";
    }

    @Override
    public String about() {
        return "WebSocket (RFC 6455), behind an HTTP upgrade";
    }

    @Override
    public Hints hints() {
        return Hints.NEVER;
    }

    @Override
    public int probe(Bytes head, Side side) {
        return Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        connection.confirm();
        return new WebSocketSession(connection);
    }
}
