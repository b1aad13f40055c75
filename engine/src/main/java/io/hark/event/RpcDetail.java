package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Stored;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A packet of DCE-RPC over TCP and the one that answers it, binds among them, for logs that have a
/// line for each.
///
/// *Source*: C706 §12.6.4: the numbers of packet types, what is stub data.
@Named(
        value = "rpc_detail",
        log = "-",
        detailOf = DceRpc.class,
        about = "a packet of DCE-RPC and its answer")
public record RpcDetail(
        @About(value = "time of the request, or of the answer by itself", unit = Unit.TIME) long ts,
        @About(value = "time of the answer, or when it was given up", unit = Unit.TIME, log = false)
                long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("number of the call") long call_id,
        @About("type of the request's packets: 0 request, 11 bind, 14 alter context")
                @Nullable Integer request,
        @About("type of the answer's packets: 2 response, 3 fault, 12 bind ack, 13 bind nak, 15")
                @Nullable Integer response,
        @About("number of the operation, of a request") @Nullable Integer opnum,
        @About("packets of the request") int request_fragments,
        @About(value = "stub data of the request", unit = Unit.BYTES) long request_size,
        @About("packets of the answer") int response_fragments,
        @About(value = "stub data of the answer", unit = Unit.BYTES) long response_size,
        @About("interfaces asked for, of a bind") List<Interface> interfaces)
        implements OfConnection {

    /// Keeps its own copy.
    public RpcDetail {
        interfaces = List.copyOf(interfaces);
    }

    /// An interface that a bind asks for.
    public record Interface(
            @About("its UUID") String uuid,
            @About("its version: 1.0") String version,
            @About("0 accepted, others refused; absent without an answer") @Nullable Integer result)
            implements Stored {}
}
