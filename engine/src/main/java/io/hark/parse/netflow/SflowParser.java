package io.hark.parse.netflow;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// sFlow version 5.
public final class SflowParser implements DatagramParser {

    private static final Hints HINTS = Hints.ports(6343).beginning("\0");

    private final Columns columns = new Columns();

    @Override
    public String name() {
        return "sflow";
    }

    @Override
    public String about() {
        return "sFlow version 5 (sflow.org)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        return SflowSession.isDatagram(payload)
                ? HINTS.usual(port) ? Verdict.YES : Verdict.MAYBE
                : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new SflowSession(connection, columns);
    }
}
