package io.hark.parse.rdp;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// RDP.
public final class RdpParser implements StreamParser {

    static final int CONNECTION_REQUEST = 0xe0;
    private static final int MAX_REQUEST = 1024; // octets; cookies are short
    private static final int HEAD = 11; // TPKT and the fixed part of X.224
    private static final int NEGOTIATION = 8; // octets

    @Override
    public String name() {
        return "rdp";
    }

    @Override
    public String about() {
        return "RDP (MS-RDPBCGR): negotiation, client data, TLS inside";
    }

    @Override
    public Hints hints() {
        return Hints.ports(3389).beginning("\3");
    }

    @Override
    public int probe(Bytes head, Side side) {
        if (side == Side.RESPONDER) {
            return Verdict.NO;
        }
        if (head.length() < HEAD) {
            return head.peek(1) > 0 ? Verdict.NO : Verdict.MORE;
        }
        int length = head.peekU16(2);
        if (head.peek(1) != 0 || length > MAX_REQUEST || head.peek(5) != CONNECTION_REQUEST) {
            return Verdict.NO;
        }
        if (head.peek(4) != length - 5) {
            return Verdict.NO;
        }
        if (head.length() < Math.min(length, HEAD + NEGOTIATION)) {
            return Verdict.MORE;
        }
        if (head.looksAt(HEAD, "Cookie: ")) {
            return Verdict.YES;
        }
        boolean negotiates = length == HEAD + NEGOTIATION && head.peek(HEAD) == 1;
        return negotiates ? Verdict.YES : length == HEAD ? Verdict.MAYBE : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new RdpSession(connection);
    }
}
