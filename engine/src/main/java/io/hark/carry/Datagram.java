package io.hark.carry;

import io.hark.event.Endpoints;
import io.hark.event.Side;

/// One datagram's payload.
///
/// @param side who sent it
/// @param bytes the payload
public record Datagram(
        long ts, String uid, Endpoints id, String decoder, long sequence, Side side, byte[] bytes)
        implements Carried {}
