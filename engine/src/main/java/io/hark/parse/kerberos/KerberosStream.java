package io.hark.parse.kerberos;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// Kerberos over TCP: each message behind its length of four octets.
public final class KerberosStream implements StreamParser {

    private static final int PREFIX = 4;
    private static final int MAX_MESSAGE = 1 << 17; // tickets with large PACs have some 64 KB

    @Override
    public String name() {
        return "krb_tcp";
    }

    @Override
    public String about() {
        return "Kerberos 5 over TCP (RFC 4120 §7.2.2)";
    }

    @Override
    public Hints hints() {
        return Hints.ports(88, 750).beginning("\0");
    }

    @Override
    public int probe(Bytes head, Side side) {
        long length = head.peekU32(0);
        if (length > MAX_MESSAGE || length == 0) {
            return Verdict.NO;
        }
        return length < 0 ? Verdict.MORE : KerberosTalk.form(head, PREFIX);
    }

    @Override
    public Session open(Connection connection) {
        KerberosTalk talk = new KerberosTalk(connection);
        return new Session() {
            @Override
            public int maxMessage() {
                return PREFIX + MAX_MESSAGE;
            }

            @Override
            public int frame(Bytes head, Side side) {
                long length = head.peekU32(0);
                if (length < 0) {
                    return MORE;
                }
                return length == 0 || length > MAX_MESSAGE ? MALFORMED : PREFIX + (int) length;
            }

            @Override
            public void message(Bytes whole, Side side) {
                whole.skip(PREFIX);
                talk.message(whole);
            }

            @Override
            public void close() {
                talk.close();
            }
        };
    }
}
