package io.hark.parse.bittorrent;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// The distributed table of BitTorrent, recognised by its messages (BEP 5).
public final class BitTorrentDht implements DatagramParser {

    private static final int MAX_HEAD = 64; // octets in which a message tells what it is

    @Override
    public String name() {
        return "bittorrent";
    }

    @Override
    public String about() {
        return "BitTorrent's distributed table (BEP 5): recognised";
    }

    @Override
    public Hints hints() {
        return Hints.ports(6881).beginning("d");
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        if (payload.peek(payload.length() - 1) != 'e') {
            return Verdict.NO;
        }
        boolean query = payload.looksAt(0, "d1:ad2:id20:") || payload.looksAt(0, "d1:rd2:id20:");
        boolean address =
                payload.looksAt(0, "d2:ip") && payload.ascii(0, MAX_HEAD).contains("2:id20:");
        return query || address || payload.looksAt(0, "d1:eli20") ? Verdict.YES : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        connection.confirm();
        return (payload, side) -> {};
    }
}
