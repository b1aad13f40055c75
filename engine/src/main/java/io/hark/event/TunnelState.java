package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A tunnel was found, or the connection that was one ended.
///
/// A tunnel of datagrams is a connection, and ends with it. One between hosts alone has no ports
/// and no end, and a proxy's tunnel bears no originator's port: whoever asks it may open many.
@Named(value = "tunnel", about = "a tunnel that was found, or ended", sight = Sight.SHAPE)
public record TunnelState(
        @About(value = "when", unit = Unit.TIME) long ts,
        @About(value = "when", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection that is the tunnel; none where hosts alone are its ends")
                @Nullable String uid,
        @About("the ends; a port is 0 where none is part of it") Endpoints id,
        @About("Tunnel::AYIYA, GENEVE, GRE (ERSPAN too), GTPv1, HTTP, IP, SOCKS, TEREDO or VXLAN")
                String tunnel_type,
        @About("Tunnel::DISCOVER or Tunnel::CLOSE") String action)
        implements Event {

    /// It was found.
    public static final String DISCOVER = "Tunnel::DISCOVER";

    /// The connection ended.
    public static final String CLOSE = "Tunnel::CLOSE";

    /// A proxy agreed to carry what a connection goes on with.
    ///
    /// @param kind `HTTP` or `SOCKS`
    public static TunnelState through(String kind, long now, String uid, Endpoints id) {
        var ends = new Endpoints(id.orig_h(), 0, id.resp_h(), id.resp_p());
        return new TunnelState(now, now, uid, ends, "Tunnel::" + kind, DISCOVER);
    }
}
