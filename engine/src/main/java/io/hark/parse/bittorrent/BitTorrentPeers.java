package io.hark.parse.bittorrent;

import io.hark.Body;
import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// BitTorrent between peers, recognised by its handshake (BEP 3).
public final class BitTorrentPeers implements StreamParser {

    private static final String HANDSHAKE = "\23BitTorrent protocol";

    @Override
    public String name() {
        return "bittorrent";
    }

    @Override
    public String about() {
        return "BitTorrent between peers (BEP 3): recognised";
    }

    @Override
    public Hints hints() {
        return Hints.ports(6881).beginning("\23");
    }

    @Override
    public int probe(Bytes head, Side side) {
        int n = Math.min(head.length(), HANDSHAKE.length());
        return !head.looksAt(0, HANDSHAKE.substring(0, n))
                ? Verdict.NO
                : n < HANDSHAKE.length() ? Verdict.MORE : Verdict.YES;
    }

    @Override
    public Session open(Connection connection) {
        connection.confirm();
        return new Session() {
            @Override
            public int frame(Bytes head, Side side) {
                return head.length() > 0 ? 1 : MORE;
            }

            @Override
            public void message(Bytes whole, Side side) {
                connection.skip(Body.UNTIL_END);
            }
        };
    }
}
