package io.hark.parse.netflow;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// IPFIX over UDP.
public final class IpfixDatagrams implements DatagramParser {

    private static final Hints HINTS = Hints.ports(4739).beginning("\0");
    private static final int FIRST_SET = 16;

    private final Exporters exporters = new Exporters();
    private final Columns columns = new Columns();

    @Override
    public String name() {
        return "ipfix";
    }

    @Override
    public String about() {
        return "IPFIX over UDP (RFC 7011)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        if (!isMessage(payload) || payload.peekU16(2) != payload.length()) {
            return Verdict.NO;
        }
        return Verdict.YES;
    }

    /// Whether it begins like a message: version, and a first set that lies within it.
    static boolean isMessage(Bytes head) {
        int length = head.peekU16(2);
        int set = head.peekU16(FIRST_SET);
        int setLength = head.peekU16(FIRST_SET + 2);
        return head.peekU16(0) == ExportHeader.IPFIX
                && (length == FIRST_SET
                        || setLength >= 4
                                && FIRST_SET + setLength <= length
                                && (set == 2 || set == 3 || set >= Template.FIRST_ID));
    }

    @Override
    public Session open(Connection connection) {
        return new ExportSession(connection, exporters, columns);
    }
}
