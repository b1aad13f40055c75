package io.hark.carry;

import io.hark.event.Endpoints;
import io.hark.event.Side;

/// What an ICMP echo request or reply carried, of IPv4 or IPv6.
///
/// @param side who sent it
/// @param request whether it was a request
/// @param echoId its identifier
/// @param echoSequence its sequence number
/// @param bytes the payload behind the eight octets of the header
public record EchoPayload(
        long ts,
        String uid,
        Endpoints id,
        String decoder,
        long sequence,
        Side side,
        boolean request,
        int echoId,
        int echoSequence,
        byte[] bytes)
        implements Carried {}
