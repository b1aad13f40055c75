package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;

/// How much of the traffic never reached the capture, told by the traffic itself: who acknowledges
/// a byte has seen it, so what is acknowledged and was not seen here was lost on the way here.
/// Every 15 minutes of packet time, and at the end.
@Named(
        value = "capture_loss",
        about = "acknowledged bytes that the capture does not have: what was lost on the way to it")
public record CaptureLoss(
        @About(value = "end of the interval", unit = Unit.TIME) long ts,
        @About(value = "end of the interval", unit = Unit.TIME, log = false) long seen,
        @About(value = "length of the interval", unit = Unit.DURATION) long ts_delta,
        @About("who measured") String peer,
        @About("acknowledgements of bytes that never came by") long gaps,
        @About("acknowledgements that took a stream on, where its beginning was seen") long acks,
        @About("gaps of 100 acknowledgements") double percent_lost,
        @About(value = "bytes that never came by", unit = Unit.BYTES, log = false)
                long missed_bytes)
        implements Event {}
