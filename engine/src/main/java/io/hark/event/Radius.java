package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Addr;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// One attempt to be let in by RADIUS. Passwords are stepped over.
@Named(value = "radius", about = "an attempt to be let in by RADIUS")
public record Radius(
        @About(value = "time of the first request", unit = Unit.TIME) long ts,
        @About(value = "time of the decision", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("who wants in") @Nullable String username,
        @About("hardware address of the client, where it calls by one") @Nullable String mac,
        @About("address given to the client") @Nullable Addr framed_addr,
        @About("outer address of the client, behind a tunnel") @Nullable String tunnel_client,
        @About("what the access server says of the line") @Nullable String connect_info,
        @About("text for the user") @Nullable String reply_msg,
        @About("success or failed") @Nullable String result,
        @About(value = "request to decision", unit = Unit.DURATION) @Nullable Long ttl)
        implements OfConnection {}
