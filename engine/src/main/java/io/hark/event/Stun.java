package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Addr;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A STUN or TURN request and its answer, or the one of them that was seen.
@Named(value = "stun", about = "a STUN or TURN request and its answer")
public record Stun(
        @About(value = "time of the request", unit = Unit.TIME) long ts,
        @About(value = "time of the answer, or when it was given up", unit = Unit.TIME, log = false)
                long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("transport protocol") String proto,
        @About("what is asked: binding, allocate, send …") String method,
        @About("success, error or indication; absent where nobody answered")
                @Nullable String result,
        @About("error code") @Nullable Integer error_code,
        @About("user name") @Nullable String username,
        @About("realm of the server") @Nullable String realm,
        @About("software of who answered, or else of who asked") @Nullable String software,
        @About("address that the server sees the client at") @Nullable Addr mapped_h,
        @About("port of it") @Nullable Integer mapped_p,
        @About("address that a relay lends the client") @Nullable Addr relayed_h,
        @About("port of it") @Nullable Integer relayed_p,
        @About("whom the client talks to through the relay") @Nullable Addr peer_h,
        @About("port of it") @Nullable Integer peer_p)
        implements OfConnection {}
