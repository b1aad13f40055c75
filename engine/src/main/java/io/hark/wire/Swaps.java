package io.hark.wire;

import io.hark.event.Side;

/// Frames that come the wrong way round: an acknowledgement before what it acknowledges.
///
/// What was acknowledged and not seen is waited for a moment, and what the other side says
/// meanwhile, which may answer it, waits too. Only then it is a gap.
///
/// *Thread*: the worker's.
final class Swaps {

    /// How long is waited: cards with several queues and mirror ports swap frames within 2 ms.
    private static final long PATIENCE_NANOS = 3_000_000L;

    private Swaps() {}

    /// Whether to wait for what is acknowledged: not where frames of that side are never seen, or
    /// are cut.
    static boolean isWorthAWait(Flow s, Side of) {
        return s.half(of).seen && !s.half(of).cut;
    }

    /// Whether something is waited for already, or what `of` says waits for it.
    static boolean isWaiting(Flow s, Side of) {
        return s.awaits && (upTo(s.half(of)) != 0 || upTo(s.half(of.other())) != 0);
    }

    /// Waits for what `of` sent up to `upTo`.
    static void expect(Flow s, Side of, long upTo, long now) {
        s.awaits = true;
        s.half(of).trouble().awaited = upTo;
        s.half(of).trouble().awaitedSince = now;
    }

    /// Whether what that side says has to wait.
    static boolean holds(Flow s, Side side) {
        return s.awaits && upTo(s.half(side.other())) != 0;
    }

    /// A side's stream went on to `next`: if that is what was waited for, answers are handed on.
    static void came(Flow s, Side side, Talk talk, long next) {
        long upTo = s.awaits ? upTo(s.half(side)) : 0;
        if (upTo != 0 && next >= upTo) {
            over(s, side, talk);
        }
    }

    /// Whether that side has been waited for long enough, or the clock was set.
    static boolean isLate(Flow s, Side side, long now) {
        Half.Trouble trouble = s.half(side).troubled();
        return trouble != null
                && trouble.awaited != 0
                && Math.abs(now - trouble.awaitedSince) > PATIENCE_NANOS;
    }

    /// Up to where bytes are waited for: the octet that a FIN takes is none.
    static long awaited(Half half) {
        long upTo = upTo(half);
        return half.hasFin ? Math.min(upTo, half.finSeq - 1) : upTo;
    }

    private static long upTo(Half half) {
        Half.Trouble trouble = half.troubled();
        return trouble == null ? 0 : trouble.awaited;
    }

    /// Nothing more is waited for of that side.
    static void over(Flow s, Side side, Talk talk) {
        s.half(side).trouble().awaited = 0;
        s.awaits = upTo(s.half(side.other())) != 0;
        talk.direction(side.other()).stream.release(talk);
    }
}
