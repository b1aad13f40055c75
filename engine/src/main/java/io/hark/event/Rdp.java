package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A connection to a remote desktop (RDP), as far as it is in the clear.
@Named(value = "rdp", about = "a connection to a remote desktop", sight = Sight.SHAPE)
public record Rdp(
        @About(value = "time of the request", unit = Unit.TIME) long ts,
        @About(value = "when the negotiation ended", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("cookie: nearly always the user name, cut") @Nullable String cookie,
        @About("outcome: encrypted, Success, or the server's reason") @Nullable String result,
        @About("security agreed upon: RDP, SSL, HYBRID, HYBRID_EX")
                @Nullable String security_protocol,
        @About("channels the client asks for") @Nullable List<String> client_channels,
        @About("the client's keyboard") @Nullable String keyboard_layout,
        @About("version of the client") @Nullable String client_build,
        @About("name of the client's computer") @Nullable String client_name,
        @About("product id of the client") @Nullable String client_dig_product_id,
        @About("width of the desktop") @Nullable Integer desktop_width,
        @About("height of the desktop") @Nullable Integer desktop_height,
        @About("colour depth asked for") @Nullable String requested_color_depth,
        @About("kind of the server's certificate") @Nullable String cert_type,
        @About("how many certificates the server sent") int cert_count,
        @About("whether the certificate is a permanent one") @Nullable Boolean cert_permanent,
        @About("how much is encrypted") @Nullable String encryption_level,
        @About("by which key length") @Nullable String encryption_method)
        implements OfConnection {}
