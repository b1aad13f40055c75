package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// One NTP message that tells the time.
@Named(value = "ntp", about = "an NTP message that tells the time")
public record Ntp(
        @About(value = "when", unit = Unit.TIME) long ts,
        @About(value = "when", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("version") int version,
        @About("mode: 1, 2 peers, 3 client, 4 server, 5 broadcast") int mode,
        @About("distance to the reference clock; 0 unspecified, or a refusal") int stratum,
        @About(value = "longest time between messages", unit = Unit.DURATION) long poll,
        @About(value = "precision of the clock", unit = Unit.DURATION) long precision,
        @About(value = "round trip to the reference clock", unit = Unit.DURATION) long root_delay,
        @About(value = "uncertainty of the reference clock", unit = Unit.DURATION) long root_disp,
        @About("the reference: a clock's letters, a refusal's letters, or an address")
                String ref_id,
        @About(value = "when the clock was set last", unit = Unit.TIME) @Nullable Long ref_time,
        @About(value = "when the question left the client", unit = Unit.TIME)
                @Nullable Long org_time,
        @About(value = "when the question reached the server", unit = Unit.TIME)
                @Nullable Long rec_time,
        @About(value = "when this message left", unit = Unit.TIME) @Nullable Long xmt_time,
        @About("extension fields") int num_exts)
        implements OfConnection {}
