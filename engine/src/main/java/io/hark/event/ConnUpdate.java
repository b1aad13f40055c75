package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;

/// A word from a connection that is still open: after 1 minute, 10 minutes, then every hour, and
/// once more at its end if it spoke before. The deltas of a connection's updates add up to its
/// `conn` row.
@Named(
        value = "conn_update",
        log = "-",
        about = "an open connection: totals so far, and what is new since the last word",
        sight = Sight.SHAPE)
public record ConnUpdate(
        @About(value = "time of the first packet", unit = Unit.TIME) long ts,
        @About(value = "when this was said", unit = Unit.TIME) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("transport protocol") String proto,
        @About(value = "first to last packet so far", unit = Unit.DURATION) long duration,
        @About(value = "payload bytes of the originator so far", unit = Unit.BYTES) long orig_bytes,
        @About(value = "payload bytes of the responder so far", unit = Unit.BYTES) long resp_bytes,
        @About(value = "packets of the originator so far", unit = Unit.PACKETS) long orig_pkts,
        @About(value = "packets of the responder so far", unit = Unit.PACKETS) long resp_pkts,
        @About(value = "payload bytes of the originator since the last update", unit = Unit.BYTES)
                long orig_bytes_new,
        @About(value = "payload bytes of the responder since the last update", unit = Unit.BYTES)
                long resp_bytes_new,
        @About(value = "packets of the originator since the last update", unit = Unit.PACKETS)
                long orig_pkts_new,
        @About(value = "packets of the responder since the last update", unit = Unit.PACKETS)
                long resp_pkts_new,
        @About("number of this update, from 1") int number,
        @About("whether the connection has ended") boolean ended)
        implements OfConnection {}
