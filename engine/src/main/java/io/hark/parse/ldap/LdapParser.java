package io.hark.parse.ldap;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// LDAP over TCP, also signed but not sealed by Kerberos; behind StartTLS it is TLS.
public final class LdapParser implements StreamParser {

    @Override
    public String name() {
        return "ldap_tcp";
    }

    @Override
    public String about() {
        return "LDAP 3 (RFC 4511), binds by SASL, StartTLS";
    }

    @Override
    public Hints hints() {
        return Hints.ports(389, 3268).beginning("0");
    }

    @Override
    public int probe(Bytes head, Side side) {
        return LdapTalk.form(head);
    }

    @Override
    public Session open(Connection connection) {
        return new LdapSession(connection);
    }
}
