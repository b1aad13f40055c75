package io.hark.parse.kerberos;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// Kerberos in datagrams.
public final class KerberosDatagrams implements DatagramParser {

    private static final Hints HINTS = Hints.ports(88, 750).beginning("jklm~");

    @Override
    public String name() {
        return "krb";
    }

    @Override
    public String about() {
        return "Kerberos 5 over UDP (RFC 4120)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        return KerberosTalk.form(payload, 0);
    }

    @Override
    public Session open(Connection connection) {
        KerberosTalk talk = new KerberosTalk(connection);
        return new Session() {
            @Override
            public void datagram(Bytes payload, Side side) {
                talk.message(payload);
            }

            @Override
            public void close() {
                talk.close();
            }
        };
    }
}
