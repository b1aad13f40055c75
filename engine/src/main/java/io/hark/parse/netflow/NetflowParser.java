package io.hark.parse.netflow;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// NetFlow versions 5 and 9.
public final class NetflowParser implements DatagramParser {

    private static final Hints HINTS = Hints.ports(2055, 2057, 9555, 9995, 9996).beginning("\0");
    private static final int V9_SET = 20; // where the first set is
    private static final int MAX_COUNT = 1024; // records of a v9 message: a datagram holds fewer

    private final Exporters exporters = new Exporters();
    private final Columns columns = new Columns();

    @Override
    public String name() {
        return "netflow";
    }

    @Override
    public String about() {
        return "NetFlow v5 and v9 (RFC 3954)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        int count = payload.peekU16(2);
        if (payload.peekU16(0) == ExportHeader.V5) {
            boolean fits =
                    count > 0
                            && count <= Version5.MAX_RECORDS
                            && payload.length() == Version5.HEADER + count * Version5.RECORD;
            return fits ? Verdict.YES : Verdict.NO;
        }
        int set = payload.peekU16(V9_SET);
        int length = payload.peekU16(V9_SET + 2);
        boolean fits =
                payload.peekU16(0) == ExportHeader.V9
                        && count > 0
                        && count <= MAX_COUNT
                        && length > 4
                        && V9_SET + length <= payload.length()
                        && (set <= 1 || set >= Template.FIRST_ID);
        if (!fits) {
            return Verdict.NO;
        }
        return HINTS.usual(port) || set <= 1 ? Verdict.YES : Verdict.MAYBE;
    }

    @Override
    public Session open(Connection connection) {
        return new ExportSession(connection, exporters, columns);
    }
}
