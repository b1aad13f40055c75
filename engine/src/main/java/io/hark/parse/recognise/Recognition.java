package io.hark.parse.recognise;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// A protocol of datagrams that is recognised and not read: the connection bears its name.
///
/// Whoever extends this says in `probe` what no other protocol looks like.
abstract sealed class Recognition implements DatagramParser
        permits Dhcpv6, Ike, NetbiosDatagrams, OpenVpn, Ssdp, WireGuard {

    private final String name;
    private final String about;
    private final Hints hints;

    Recognition(String name, String about, Hints hints) {
        this.name = name;
        this.about = about;
        this.hints = hints;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String about() {
        return about;
    }

    @Override
    public final Hints hints() {
        return hints;
    }

    @Override
    public final Session open(Connection connection) {
        connection.confirm();
        return new Session() {
            @Override
            public void datagram(Bytes payload, Side side) {
                // its name is all there is to say
            }
        };
    }
}
