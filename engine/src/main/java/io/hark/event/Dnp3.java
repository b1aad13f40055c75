package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A DNP3 request and its answer, or the one of them that was seen.
@Named(value = "dnp3", about = "a DNP3 request and its answer")
public record Dnp3(
        @About(
                        value = "time of the answer, or of the request where there is none",
                        unit = Unit.TIME)
                long ts,
        @About(value = "when it was told", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("function asked for: READ, DIRECT_OPERATE …") @Nullable String fc_request,
        @About("function of the answer: RESPONSE, UNSOLICITED_RESPONSE …")
                @Nullable String fc_reply,
        @About("the outstation's internal indications, 16 bits") @Nullable Integer iin)
        implements OfConnection {}
