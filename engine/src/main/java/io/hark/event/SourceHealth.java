package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// How one sender of logs or flow exports fares, as the collector hears it. Counts are of the
/// interval. Told every five minutes in which it was heard, when it is heard for the first time,
/// when it falls silent, and when it is heard again.
@Named(
        value = "source_health",
        about = "how a sender of logs or flow exports fares: how much, how late, what was lost")
public record SourceHealth(
        @About(value = "end of the interval", unit = Unit.TIME) long ts,
        @About(value = "end of the interval", unit = Unit.TIME, log = false) long seen,
        @About(value = "length of the interval", unit = Unit.DURATION) long ts_delta,
        @About("the listener that hears it") String receiver,
        @About("who sends: an address, a file, what a client calls itself") String source,
        @About("new, active, silent, back") String state,
        @About(value = "when it was last heard", unit = Unit.TIME) long last_seen,
        @About("messages, lines or records of flows") long records,
        @About(value = "their bytes", unit = Unit.BYTES) long bytes,
        @About("records a second") double rate,
        @About(
                        value = "the longest that something waited from its coming to its reading",
                        unit = Unit.DURATION)
                @Nullable Long lag,
        @About(
                        value =
                                "the last line's own time before its coming; below zero where its clock is ahead",
                        unit = Unit.DURATION)
                @Nullable Long skew,
        @About("of the records, those that nobody could read") long unread,
        @About("of the records, those that were longer than is kept, and cut") long cut,
        @About("pieces that were not taken for want of room") long shed,
        @About("connections that were refused") long refused,
        @About("records since it was first heard") long total)
        implements Event {}
