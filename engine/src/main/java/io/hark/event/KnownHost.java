package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Addr;
import io.hark.schema.Named;
import io.hark.schema.Unit;

/// A host of the local networks that completed a TCP handshake; said once a day.
@Named(value = "known_hosts", about = "a local host that completed a TCP handshake")
public record KnownHost(
        @About(value = "beginning of the connection", unit = Unit.TIME) long ts,
        @About(value = "when it was told", unit = Unit.TIME, log = false) long seen,
        @About("the host") Addr host)
        implements Repeated {

    @Override
    public Object sameness() {
        return host;
    }
}
