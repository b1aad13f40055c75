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
    private static final int MAX_FIRST_LENGTH =
            0x1f; // upper octet: what begins longer is not looked at
    private static final Hints HINTS =
            Hints.ports(DnsPorts.DNS, DnsPorts.LLMNR).beginning(octets(MAX_FIRST_LENGTH));

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
        return new StreamSession(new DnsTransactions(connection));
    }

    private static String octets(int last) {
        StringBuilder all = new StringBuilder();
        for (int octet = 0; octet <= last; octet++) {
            all.append((char) octet);
        }
        return all.toString();
    }

    private static final class StreamSession implements Session {
        private final DnsTransactions transactions;
        private final boolean[] lost = new boolean[2];

        StreamSession(DnsTransactions transactions) {
            this.transactions = transactions;
        }

        @Override
        public int frame(Bytes head, Side side) {
            if (lost[side.ordinal()]) {
                return Math.min(head.length(), maxMessage());
            }
            int length = head.peekU16(0);
            return length < 0 ? MORE : LENGTH + length;
        }

        @Override
        public void message(Bytes whole, Side side) {
            if (!lost[side.ordinal()]) {
                whole.skip(LENGTH);
                transactions.message(new Bytes().wrap(whole));
            }
        }

        /// Where the next message begins behind a gap cannot be told; the other side can be read
        /// on.
        @Override
        public boolean gap(Side side, long bytes) {
            lost[side.ordinal()] = true;
            return true;
        }

        @Override
        public void close() {
            transactions.close();
        }
    }
}
