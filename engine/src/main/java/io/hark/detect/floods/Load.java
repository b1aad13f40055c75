package io.hark.detect.floods;

import io.hark.Distinct;
import io.hark.Gathering.Gathered;
import io.hark.Said;
import io.hark.Span;
import io.hark.schema.Addr;

/// What came to one place, counted by slots of ten seconds.
///
/// @param slot the slot at hand, in slots since 1970
/// @param inSlot what came in it
/// @param peak the most that came in any slot
/// @param all what came in all
/// @param good connections to it that carried data both ways
/// @param sources who sent it
/// @param last one of them
/// @param at where it came to
public record Load(
        long slot,
        long inSlot,
        long peak,
        long all,
        long good,
        Distinct sources,
        Addr last,
        Addr at,
        Span span,
        Said said)
        implements Gathered {

    /// Seconds a slot is long.
    static final long SLOT_SECONDS = 10;

    private static final long SLOT_NANOS = SLOT_SECONDS * 1_000_000_000;

    static Load none(Addr from, Addr at) {
        return new Load(0, 0, 0, 0, 0, Distinct.NONE, from, at, Span.NONE, Said.NOTHING);
    }

    Load with(Said more) {
        return new Load(slot, inSlot, peak, all, good, sources, last, at, span, more);
    }

    Load withGood() {
        return new Load(slot, inSlot, peak, all, good + 1, sources, last, at, span, said);
    }

    /// With so many more, that came within `nanos` from `ts` on: of what took longer than a slot,
    /// the share of one.
    Load with(long more, long ts, long nanos, Addr from, String uid) {
        long now = ts / SLOT_NANOS;
        long share = nanos <= SLOT_NANOS ? more : (long) (more * (double) SLOT_NANOS / nanos);
        long sum = now == slot ? inSlot + share : share;
        return new Load(
                now,
                sum,
                Math.max(peak, sum),
                all + more,
                good,
                sources.with(from.hi() * 31 + from.lo()),
                from,
                at,
                span.with(ts, ts + nanos, uid),
                said);
    }

    double perSecond() {
        return (double) peak / SLOT_SECONDS;
    }
}
