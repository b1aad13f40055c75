package io.hark.carry;

import io.hark.event.Endpoints;
import io.hark.event.Side;

/// A run of one direction's bytes, or a gap, or the end of the connection.
///
/// @param side who sent it
/// @param offset of the first byte in that direction's stream
/// @param bytes the bytes; empty for a gap or an end
/// @param gap how many bytes are missing here; 0 for none
/// @param end whether this direction ends here
public record StreamPiece(
        long ts,
        String uid,
        Endpoints id,
        String decoder,
        long sequence,
        Side side,
        long offset,
        byte[] bytes,
        long gap,
        boolean end)
        implements Carried {}
