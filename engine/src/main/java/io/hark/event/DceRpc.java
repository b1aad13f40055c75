package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A call of DCE-RPC and its answer.
@Named(value = "dce_rpc", about = "a call of DCE-RPC and its answer", sight = Sight.SEALED)
public record DceRpc(
        @About(value = "time of the call, or of the answer by itself", unit = Unit.TIME) long ts,
        @About(value = "time of the answer, or when it was given up", unit = Unit.TIME, log = false)
                long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About(value = "call to answer", unit = Unit.DURATION) @Nullable Long rtt,
        @About("the pipe, or the port as the server names it") @Nullable String named_pipe,
        @About("the interface: svcctl, drsuapi …") @Nullable String endpoint,
        @About("what is called: CreateServiceW …") @Nullable String operation,
        @About(value = "status of a fault", log = false) @Nullable Long fault)
        implements OfConnection {}
