package io.hark.parse.radius;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// RADIUS: requests to be let in, and accounting.
///
/// ```
/// code 1 · id 1 · length 2 · authenticator 16 · attributes: type 1, length 1, value …
/// ```
///
/// *Source*: RFC 2865 §3, RFC 2866, RFC 5176.
public final class RadiusParser implements DatagramParser {

    static final int HEADER = 20;
    static final int MAX_LENGTH = 4096; // RFC 2865 §3

    private static final Hints HINTS =
            Hints.ports(1812, 1813, 1645, 1646, 3799)
                    .beginning("\1\2\3\4\5\13\14\15\50\51\52\53\54\55");

    @Override
    public String name() {
        return "radius";
    }

    @Override
    public String about() {
        return "RADIUS (RFC 2865, RFC 2866, RFC 5176)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        int length = payload.peekU16(2);
        if (length < HEADER || length > MAX_LENGTH || length > payload.length()) {
            return Verdict.NO;
        }
        int at = HEADER;
        while (at < length) { // each step is two octets at least
            int size = payload.peek(at + 1);
            if (payload.peek(at) <= 0 || size < 2) {
                return Verdict.NO;
            }
            at += size;
        }
        boolean whole = at == length && length == payload.length();
        if (HINTS.usual(port)) {
            return whole ? Verdict.YES : Verdict.MAYBE;
        }
        return whole && length > HEADER + 6 ? Verdict.MAYBE : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new RadiusSession(connection);
    }
}
