/// WebSocket: what the upgrade agreed upon, and the messages' frames.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.websocket.WebSocketSession].
@NullMarked
package io.hark.parse.websocket;

import org.jspecify.annotations.NullMarked;
