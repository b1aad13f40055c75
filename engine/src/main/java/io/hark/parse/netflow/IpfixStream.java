package io.hark.parse.netflow;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// IPFIX over TCP: messages one behind the other.
///
/// *Source*: RFC 7011 §10.4.
public final class IpfixStream implements StreamParser {

    private static final int HEADER = 16;
    private static final int LOOKED_AT = HEADER + 4; // and the head of a set
    private static final int MAX_MESSAGE = 0xffff; // its length has two octets

    @Override
    public String name() {
        return "ipfix";
    }

    @Override
    public String about() {
        return "IPFIX over TCP (RFC 7011)";
    }

    @Override
    public Hints hints() {
        return Hints.ports(4739).beginning("\0");
    }

    @Override
    public int probe(Bytes head, Side side) {
        if (head.peekU16(0) != ExportHeader.IPFIX && head.length() >= 2) {
            return Verdict.NO;
        }
        if (head.length() < LOOKED_AT) {
            return Verdict.MORE;
        }
        return IpfixDatagrams.isMessage(head) ? Verdict.YES : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        ExportSession reader = new ExportSession(connection, new Exporters(), new Columns());
        return new Session() {
            @Override
            public int maxMessage() {
                return MAX_MESSAGE;
            }

            @Override
            public int frame(Bytes head, Side side) {
                if (head.length() < 4) {
                    return MORE;
                }
                int length = head.peekU16(2);
                if (head.peekU16(0) != ExportHeader.IPFIX || length < HEADER) {
                    return MALFORMED;
                }
                return length > head.length() ? MORE : length;
            }

            @Override
            public void message(Bytes whole, Side side) {
                reader.message(whole, side);
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
