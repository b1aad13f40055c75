package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;

/// A syslog message on the wire.
@Named(value = "syslog", about = "a syslog message on the wire")
public record Syslog(
        @About(value = "time of the message", unit = Unit.TIME) long ts,
        @About(value = "when it was told", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("udp or tcp") String proto,
        @About("what it is about: KERN, AUTH, LOCAL0 …") String facility,
        @About("how bad it is: EMERG to DEBUG") String severity,
        @About("the message, its priority taken off") String message)
        implements OfConnection {}
