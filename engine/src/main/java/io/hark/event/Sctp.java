package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Addr;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An SCTP association that ended; its `conn` row has the packets and bytes.
///
/// The letters of `history` are TCP's, each side's once: S `INIT`, H `INIT ACK`, A `COOKIE ECHO`,
/// `COOKIE ACK` or `SACK`, D `DATA`, F `SHUTDOWN` or `SHUTDOWN ACK`, R `ABORT`.
///
/// *Source*: RFC 9260.
@Named(value = "sctp", about = "an SCTP association that ended", sight = Sight.SHAPE)
public record Sctp(
        @About(value = "time of the first packet", unit = Unit.TIME) long ts,
        @About(value = "when it was known to have ended", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("how it began and ended, in the words of conn_state") String state,
        @About("what happened, in letters; upper case is the originator") @Nullable String history,
        @About("verification tag that the originator chose") @Nullable Long orig_vtag,
        @About("verification tag that the responder chose") @Nullable Long resp_vtag,
        @About("streams that the originator wanted to send on") @Nullable Integer orig_streams,
        @About("streams that the responder wanted to send on") @Nullable Integer resp_streams,
        @About("addresses that the originator offered besides the packets' own")
                @Nullable List<Addr> orig_addrs,
        @About("addresses that the responder offered besides the packets' own")
                @Nullable List<Addr> resp_addrs,
        @About("types of chunks in the order they came first") List<String> chunks,
        @About("DATA chunks of the originator") long orig_data,
        @About("DATA chunks of the responder") long resp_data,
        @About(value = "user data in those of the originator", unit = Unit.BYTES)
                long orig_data_bytes,
        @About(value = "user data in those of the responder", unit = Unit.BYTES)
                long resp_data_bytes,
        @About("numbers of the streams that data came on, 64 at most") long[] streams,
        @About("payload protocol identifiers of the data, 16 at most") long[] ppids,
        @About(
                        value =
                                "packets whose verification tag is not the one that their receiver chose",
                        unit = Unit.PACKETS)
                long foreign_vtags,
        @About("cause code of the ABORT") @Nullable Integer abort_cause)
        implements OfConnection {}
