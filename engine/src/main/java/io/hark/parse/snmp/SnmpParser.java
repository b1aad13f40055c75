package io.hark.parse.snmp;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.asn1.Der;

/// SNMP, versions 1, 2c and 3.
public final class SnmpParser implements DatagramParser {

    private static final Hints HINTS = Hints.ports(161, 162).beginning("0");

    @Override
    public String name() {
        return "snmp";
    }

    @Override
    public String about() {
        return "SNMP 1, 2c and 3 (RFC 1157, RFC 1901, RFC 3412)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        Der outer = Der.over(payload);
        if (!outer.next(Der.SEQUENCE)) {
            return Verdict.NO;
        }
        Der in = outer.inside();
        if (!in.next(Der.INTEGER) || in.size() != 1) {
            return Verdict.NO;
        }
        int version = in.octet(0);
        boolean good =
                version == SnmpSession.V3
                        ? in.next(Der.SEQUENCE) && in.next(Der.OCTET_STRING)
                        : version <= SnmpSession.V2C
                                && in.next(Der.OCTET_STRING)
                                && in.next()
                                && SnmpSession.isPdu(in.tag());
        return good ? Verdict.YES : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        return new SnmpSession(connection);
    }
}
