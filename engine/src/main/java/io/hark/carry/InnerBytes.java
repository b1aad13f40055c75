package io.hark.carry;

import io.hark.event.Endpoints;
import io.hark.event.Side;

/// Bytes of a TCP stream that a tunnel carried without its packets, in order. A connection is made
/// up for it, so that it can be read as any other; what names the tunnel says so.
///
/// @param inner the ends of the connection; the port of who opened it may be made up
/// @param side who sent them
/// @param gap how many bytes are missing before these; 0 for none
/// @param bytes the bytes; empty where there is only a gap or an end
/// @param end whether this side says no more
public record InnerBytes(long ts, Endpoints inner, Side side, long gap, byte[] bytes, boolean end)
        implements Inner {}
