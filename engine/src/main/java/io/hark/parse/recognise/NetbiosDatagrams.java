package io.hark.parse.recognise;

import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// The NetBIOS datagram service: browsers and logons of old Windows networks.
///
/// ```
/// type 1 · flags 1 · id 2 · source address 4 · source port 2 · length 2 · offset 2 · names …
/// ```
///
/// *Source*: RFC 1002 §4.4.
public final class NetbiosDatagrams extends Recognition {

    private static final Hints HINTS =
            Hints.ports(138).beginning("\u0010\u0011\u0012\u0013\u0014\u0015\u0016");
    private static final int PORT_AT = 8;
    private static final int HEADER = 14;

    /// Makes it.
    public NetbiosDatagrams() {
        super("netbios", "NetBIOS datagrams, recognised (RFC 1002)", HINTS);
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        boolean good =
                HINTS.usual(port)
                        && payload.length() >= HEADER
                        && payload.peek(1) < 0x10
                        && payload.peekU16(PORT_AT) == 138;
        return good ? Verdict.YES : Verdict.NO;
    }
}
