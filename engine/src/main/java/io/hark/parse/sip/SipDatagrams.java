package io.hark.parse.sip;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// SIP over UDP.
public final class SipDatagrams implements DatagramParser {

    static final String STARTS = "SIOABCRNPMU"; // of SIP/2.0 and the methods

    @Override
    public String name() {
        return "sip";
    }

    @Override
    public String about() {
        return "SIP over UDP (RFC 3261)";
    }

    @Override
    public Hints hints() {
        return Hints.ports(5060).beginning(STARTS + "\r\n\0 ");
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        return SipMessage.start(payload) >= 0 ? Verdict.YES : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        SipCalls calls = new SipCalls(connection);
        return new Session() {
            @Override
            public void datagram(Bytes payload, Side side) {
                SipMessage message = SipMessage.read(payload);
                if (message != null) {
                    calls.message(message);
                    int body = SipMessage.endOfHeaders(payload, SipMessage.start(payload));
                    if (body > 0 && body < payload.length()) {
                        Media.announce(connection, payload, body);
                    }
                }
            }

            @Override
            public void close() {
                calls.close();
            }
        };
    }
}
