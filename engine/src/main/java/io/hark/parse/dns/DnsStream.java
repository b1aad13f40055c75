package io.hark.parse.dns;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// DNS over TCP: every message behind its length in two octets (RFC 1035 §4.2.2, RFC 7766).
public final class DnsStream implements StreamParser {

    private static final int LENGTH = 2;
    private static final Hints HINTS = Hints.ports(DnsPorts.DNS, DnsPorts.LLMNR);

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public String about() {
        return "DNS over TCP (RFC 7766)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes head, Side side) {
        int length = head.peekU16(0);
        if (length < 0) {
            return Verdict.MORE;
        }
        int form = DnsProbe.form(head, LENGTH, length);
        return form == Verdict.MAYBE ? Verdict.NO : form;
    }

    @Override
    public Session open(Connection connection) {
        DnsTransactions transactions = new DnsTransactions(connection);
        return new Session() {
            @Override
            public int frame(Bytes head, Side side) {
                int length = head.peekU16(0);
                return length < 0 ? MORE : LENGTH + length;
            }

            @Override
            public void message(Bytes whole, Side side) {
                whole.skip(LENGTH);
                transactions.message(new Bytes().wrap(whole));
            }

            @Override
            public void close() {
                transactions.close();
            }
        };
    }
}
