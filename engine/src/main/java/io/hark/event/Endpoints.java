package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Addr;
import io.hark.schema.Stored;

/// The two ends of a connection; for ICMP the ports are type and code, as in Zeek.
public record Endpoints(
        @About("who opened the connection") Addr orig_h,
        @About("its port; of ICMP the type") int orig_p,
        @About("who was called") Addr resp_h,
        @About("its port; of ICMP the code, or the type of the answer") int resp_p)
        implements Stored {

    /// The address on that side.
    public Addr host(Side side) {
        return side == Side.ORIGINATOR ? orig_h : resp_h;
    }
}
