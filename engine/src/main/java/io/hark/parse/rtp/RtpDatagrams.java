package io.hark.parse.rtp;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// RTP, where SIP announced it: nothing in one datagram tells it from chance.
///
/// *Source*: RFC 3550 §5.1.
public final class RtpDatagrams implements DatagramParser {

    private static final int VERSION = 2;
    private static final int HEADER = 12; // octets

    @Override
    public String name() {
        return "rtp";
    }

    @Override
    public String about() {
        return "RTP (RFC 3550), where SIP announced it: recognised";
    }

    @Override
    public Hints hints() {
        return Hints.NEVER;
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        return Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new Session() {
            private boolean confirmed;

            @Override
            public void datagram(Bytes payload, Side side) {
                boolean rtp = payload.length() >= HEADER && payload.peek(0) >> 6 == VERSION;
                if (rtp && !confirmed) {
                    confirmed = true;
                    connection.confirm();
                }
            }
        };
    }
}
