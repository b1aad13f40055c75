package io.hark.parse.recognise;

import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// DHCP for IPv6, by its port and its options, which fill the datagram.
///
/// ```
/// type 1 · transaction 3 · options: code 2, length 2, value …
/// type 1 · hops 1 · link 16 · peer 16 · options                (between relays)
/// ```
///
/// *Source*: RFC 8415 §8, §9.
public final class Dhcpv6 extends Recognition {

    private static final Hints HINTS =
            Hints.ports(546, 547).beginning("\1\2\3\4\5\6\7\10\11\12\13\14\15");
    private static final int RELAY_FORWARD = 12;
    private static final int HEADER = 4;
    private static final int RELAY_HEADER = 34;

    /// Makes it.
    public Dhcpv6() {
        super("dhcpv6", "DHCP for IPv6, recognised (RFC 8415)", HINTS);
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        if (!HINTS.usual(port)) {
            return Verdict.NO;
        }
        int at = payload.peek(0) >= RELAY_FORWARD ? RELAY_HEADER : HEADER;
        while (at < payload.length()) { // each step is four octets at least
            int length = payload.peekU16(at + 2);
            if (length < 0) {
                return Verdict.NO;
            }
            at += 4 + length;
        }
        return at == payload.length() && at > HEADER ? Verdict.YES : Verdict.NO;
    }
}
