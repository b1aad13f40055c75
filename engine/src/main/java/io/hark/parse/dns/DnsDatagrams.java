package io.hark.parse.dns;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// DNS in datagrams.
public final class DnsDatagrams implements DatagramParser {

    private static final Hints HINTS =
            Hints.ports(DnsPorts.DNS, DnsPorts.NETBIOS, DnsPorts.MDNS, DnsPorts.LLMNR);

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public String about() {
        return "DNS over UDP (RFC 1035), multicast DNS (RFC 6762), LLMNR (RFC 4795), NetBIOS names (RFC 1002)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        int form = DnsProbe.form(payload, 0, payload.length());
        return form == Verdict.MAYBE && !HINTS.usual(port) ? Verdict.NO : form;
    }

    @Override
    public Session open(Connection connection) {
        DnsTransactions transactions = new DnsTransactions(connection);
        return new Session() {
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
