package io.hark.parse.stun;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// STUN and TURN in datagrams. DTLS and media that share the connection are left to others.
public final class StunParser implements DatagramParser {

    private static final Hints HINTS =
            new Hints(new int[] {3478, 3479, 5349, 19302}, new long[] {-1, 0, 0, 0});

    @Override
    public String name() {
        return "stun";
    }

    @Override
    public String about() {
        return "STUN and TURN over UDP (RFC 8489, RFC 8656, RFC 3489)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        return StunMessage.form(payload);
    }

    @Override
    public Session open(Connection connection) {
        StunTransactions transactions = new StunTransactions(connection);
        return new Session() {
            @Override
            public boolean takes(Bytes payload, Side side) {
                return StunMessage.form(payload) > Verdict.MORE;
            }

            @Override
            public void datagram(Bytes payload, Side side) {
                transactions.message(payload);
            }

            @Override
            public void close() {
                transactions.close();
            }
        };
    }
}
