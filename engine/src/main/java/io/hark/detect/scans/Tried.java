package io.hark.detect.scans;

import io.hark.Distinct;
import io.hark.Gathering.Gathered;
import io.hark.Said;
import io.hark.Span;
import io.hark.schema.Addr;

/// What one host tried, and how it went.
///
/// @param things different ports or hosts that were tried in vain
/// @param answered different ones that answered with data
/// @param peer who was tried last
/// @param outward whether that one is outside and the one who tries inside
public record Tried(
        Distinct things, Distinct answered, Addr peer, boolean outward, Span span, Said said)
        implements Gathered {

    /// As if nothing had been tried.
    static Tried nothing(Addr peer, boolean outward) {
        return new Tried(Distinct.NONE, Distinct.NONE, peer, outward, Span.NONE, Said.NOTHING);
    }

    /// With one more try.
    Tried with(long thing, boolean inVain, Addr peer, boolean outward, Span span) {
        return new Tried(
                inVain ? things.with(thing) : things,
                inVain ? answered : answered.with(thing),
                peer,
                outward,
                span,
                said);
    }

    Tried with(Said more) {
        return new Tried(things, answered, peer, outward, span, more);
    }

    /// Of all that was tried, the share in vain.
    double share() {
        long all = things.count() + answered.count();
        return all == 0 ? 0 : (double) things.count() / all;
    }
}
