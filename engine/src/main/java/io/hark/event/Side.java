package io.hark.event;

/// One end of a connection: who opened it, or who was called.
public enum Side {
    /// Sent the first packet, or the SYN.
    ORIGINATOR,
    /// The other end.
    RESPONDER;

    /// The other side.
    public Side other() {
        return this == ORIGINATOR ? RESPONDER : ORIGINATOR;
    }
}
