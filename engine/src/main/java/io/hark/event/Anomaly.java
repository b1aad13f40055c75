package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// Bytes that broke a protocol (Zeek: *weird*). Not a judgement: broken software is more common
/// than attacks.
@Named(value = "anomaly", log = "weird", about = "bytes broke a protocol")
public record Anomaly(
        @About(value = "when", unit = Unit.TIME) long ts,
        @About(value = "when", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") @Nullable String uid,
        Endpoints id,
        @About("what happened, Zeek's name where Zeek has one") String name,
        @About("the value that was wrong") @Nullable String addl,
        @About("Zeek's notice flag, always false here") boolean notice,
        @About("who found it: the parser or layer") String source)
        implements Event {}
