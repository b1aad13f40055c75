package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A hello in QUIC, told when it is seen, for logs that have a line for each. A connection of which
/// none could be read is told once, without one.
@Named(value = "quic_detail", log = "-", detailOf = Quic.class, about = "a hello in QUIC")
public record QuicDetail(
        @About(value = "time of the hello", unit = Unit.TIME) long ts,
        @About(value = "when it was told", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("whether the server says it") boolean from_server,
        @About("version of the first packet") String version,
        @About("server name indication, of a client") @Nullable String server_name,
        @About("user agent of Google's QUIC") @Nullable String user_agent,
        @About("JA3 of a client hello") @Nullable String ja3,
        @About("JA4 of a client hello") @Nullable String ja4,
        @About("types of its extensions, in the order of the wire") long[] extensions)
        implements OfConnection {}
