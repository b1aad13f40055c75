package io.hark.parse.dhcp;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// DHCP and BOOTP for IPv4.
public final class DhcpParser implements DatagramParser {

    private static final Hints HINTS = Hints.ports(67, 68).beginning("\1\2");

    @Override
    public String name() {
        return "dhcp";
    }

    @Override
    public String about() {
        return "DHCP and BOOTP (RFC 2131, RFC 2132), relay information (RFC 3046), client names (RFC 4702)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        if (payload.peek(2) > DhcpMessage.MAX_HARDWARE) {
            return Verdict.NO;
        }
        if (payload.peekU32(DhcpMessage.COOKIE_AT) == DhcpMessage.COOKIE) {
            return Verdict.YES;
        }
        // BOOTP has no cookie: then the port has to tell, too
        boolean bootp = payload.length() >= DhcpMessage.COOKIE_AT && payload.peek(1) == 1;
        return bootp && HINTS.usual(port) ? Verdict.MAYBE : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new DhcpSession(connection);
    }
}
