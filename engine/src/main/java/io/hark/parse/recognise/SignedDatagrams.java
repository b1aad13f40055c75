package io.hark.parse.recognise;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// Protocols of datagrams that are told by the look of one, and not read: see [DatagramSigns].
public final class SignedDatagrams implements DatagramParser {

    private static final SignBook BOOK = new SignBook(DatagramSigns.ALL);
    private static final Hints HINTS = BOOK.hints();

    /// Makes it.
    public SignedDatagrams() {}

    @Override
    public String name() {
        return "datagram_signs";
    }

    @Override
    public String about() {
        return "protocols of datagrams, recognised by their octets";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        return BOOK.datagram(payload, port);
    }

    @Override
    public Session open(Connection connection) {
        int port = connection.id().resp_p();
        return new Session() {
            private boolean told;

            @Override
            public boolean takes(Bytes payload, Side side) {
                return payload.length() > 0 && BOOK.datagram(payload, port) > Verdict.MORE;
            }

            @Override
            public void datagram(Bytes payload, Side side) {
                Sign sign = told ? null : BOOK.ofDatagram(payload, port);
                if (sign != null) {
                    told = true;
                    connection.confirm(sign.service());
                }
            }
        };
    }
}
