package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A QUIC connection's beginning, as far as everybody can read it.
@Named(value = "quic", about = "a QUIC connection's beginning", sight = Sight.SHAPE)
public record Quic(
        @About(value = "time of the first packet", unit = Unit.TIME) long ts,
        @About(value = "when the connection ended", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("version of the first packet") String version,
        @About("connection id that the client addressed first, hex")
                @Nullable String client_initial_dcid,
        @About("connection id of the client, hex; empty where it has none")
                @Nullable String client_scid,
        @About("connection id of the server, hex") @Nullable String server_scid,
        @About("server name indication") @Nullable String server_name,
        @About("first application protocol that the client offers (ALPN)")
                @Nullable String client_protocol,
        @About("packets in order, in Zeek's letters; upper case is the client") String history,
        @About("JA3 of the client hello") @Nullable String ja3,
        @About("JA4 of the client hello") @Nullable String ja4,
        @About(value = "user agent of Google's QUIC", log = false) @Nullable String user_agent)
        implements OfConnection {}
