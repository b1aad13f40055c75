package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A connection to a desktop by VNC.
@Named(value = "rfb", about = "a connection to a desktop by VNC (RFB)")
public record Rfb(
        @About(value = "time of the first message", unit = Unit.TIME) long ts,
        @About(value = "when the login was over", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("major version of the client") @Nullable String client_major_version,
        @About("minor version of the client") @Nullable String client_minor_version,
        @About("major version of the server") @Nullable String server_major_version,
        @About("minor version of the server") @Nullable String server_minor_version,
        @About("way of logging in: None, VNC, TLS …") @Nullable String authentication_method,
        @About("whether the server let the client in") @Nullable Boolean auth,
        @About("whether others may stay connected") @Nullable Boolean share_flag,
        @About("name of the desktop") @Nullable String desktop_name,
        @About("width of the desktop") @Nullable Integer width,
        @About("height of the desktop") @Nullable Integer height,
        @About(value = "why the server let nobody in, in its words", log = false)
                @Nullable String failure_reason)
        implements OfConnection {}
