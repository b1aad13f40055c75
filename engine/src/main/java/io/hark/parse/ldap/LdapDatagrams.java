package io.hark.parse.ldap;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.asn1.Der;

/// LDAP without a connection: how Windows clients find a domain controller.
public final class LdapDatagrams implements DatagramParser {

    private static final Hints HINTS = Hints.ports(389).beginning("0");
    private static final int MAX_MESSAGES = 64; // of one datagram

    @Override
    public String name() {
        return "ldap_udp";
    }

    @Override
    public String about() {
        return "LDAP over UDP (MS-ADTS §7.3.3)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        boolean whole = Der.sizeAt(payload, 0) <= payload.length();
        return whole && LdapTalk.form(payload) == Verdict.YES ? Verdict.YES : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        LdapTalk talk = new LdapTalk(connection);
        return new Session() {
            @Override
            public void datagram(Bytes payload, Side side) {
                for (int i = 0; i < MAX_MESSAGES && payload.remaining() > 0; i++) {
                    long size = Der.sizeAt(payload, payload.offset());
                    int outer = payload.limit(Math.max(0, size));
                    if (size <= 0 || !payload.ok()) {
                        payload.fail("no message");
                        return;
                    }
                    talk.message(payload);
                    payload.unlimit(outer);
                }
            }

            @Override
            public void close() {
                talk.close();
            }
        };
    }
}
