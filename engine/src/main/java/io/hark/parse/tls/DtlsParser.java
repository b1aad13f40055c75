package io.hark.parse.tls;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// DTLS 1.0 to 1.3, and what Cisco's VPN spoke before: claimed by a hello of either side, on any
/// port.
public final class DtlsParser implements DatagramParser {

    private static final Hints HINTS = Hints.ports(443, 4433, 5684, 5349).beginning("\u0016");

    @Override
    public String name() {
        return "dtls";
    }

    @Override
    public String about() {
        return "DTLS 1.0 to 1.3: handshake, certificates, JA3, JA3S, JA4 (RFC 9147, RFC 6347)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        int type = payload.peek(DtlsSession.HEADER);
        boolean hello =
                payload.peek(0) == Records.HANDSHAKE
                        && (type == Records.CLIENT_HELLO
                                || type == Records.SERVER_HELLO
                                || type == DtlsSession.HELLO_VERIFY)
                        && DtlsSession.isVersion(payload.peekU16(1));
        boolean sized =
                payload.peekU16(DtlsSession.LENGTH_AT) <= payload.length() - DtlsSession.HEADER;
        return hello && sized ? Verdict.YES : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new DtlsSession(connection);
    }
}
