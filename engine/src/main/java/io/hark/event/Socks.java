package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Addr;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A request to a SOCKS proxy and its answer. The password is never kept.
@Named(value = "socks", about = "a request to a SOCKS proxy")
public record Socks(
        @About(value = "time of the request", unit = Unit.TIME) long ts,
        @About(value = "time of the answer", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("version: 4 or 5") int version,
        @About("user name given") @Nullable String user,
        @About("masked, where one was given") @Nullable String password,
        @About("the proxy's answer") @Nullable String status,
        @About(value = "where to, as an address", name = "request.host")
                @Nullable Addr request_host,
        @About(value = "where to, as a name", name = "request.name") @Nullable String request_name,
        @About("to which port") @Nullable Integer request_p,
        @About(value = "from where the proxy goes on, as an address", name = "bound.host")
                @Nullable Addr bound_host,
        @About(value = "from where the proxy goes on, as a name", name = "bound.name")
                @Nullable String bound_name,
        @About("from which port") @Nullable Integer bound_p)
        implements OfConnection {}
