package io.hark.carry;

import io.hark.event.Endpoints;
import io.hark.event.Side;

/// One message of a WebSocket, unmasked; a fragmented one is each of its frames.
///
/// @param side who sent it
/// @param uri what the upgrade asked for
/// @param protocol the subprotocol that the server agreed to, or that the client asked for; empty
///   for none
/// @param number how many frames of data this side sent before it
/// @param text whether it is text
/// @param bytes its first octets, up to a limit of the parser
/// @param whole whether that is all
public record WebSocketMessage(
        long ts,
        String uid,
        Endpoints id,
        String decoder,
        long sequence,
        Side side,
        String uri,
        String protocol,
        long number,
        boolean text,
        byte[] bytes,
        boolean whole)
        implements Offered {

    @Override
    public WebSocketMessage to(String reader, long place) {
        return new WebSocketMessage(
                ts, uid, id, reader, place, side, uri, protocol, number, text, bytes, whole);
    }
}
