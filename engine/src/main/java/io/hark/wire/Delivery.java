package io.hark.wire;

import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// The way of a TCP connection's bytes to whoever reads them: in order, once, and what was
/// acknowledged and never came by as a gap of the capture.
///
/// *Thread*: the worker's.
final class Delivery {

    private final Engine engine;

    Delivery(Engine engine) {
        this.engine = engine;
    }

    private @Nullable Talk talk(Flow s) {
        if (s.partial && !engine.setup.midstream()) {
            return null;
        }
        Talk talk = s.talk;
        return talk == null ? engine.open(true) : talk;
    }

    /// Hands on payload that lies at `at` of the side's stream.
    void bytes(Flow s, Side side, long at, byte[] m, int from, int length) {
        Talk talk = talk(s);
        Half half = s.half(side);
        if (talk == null || half.hasFin && at >= half.finSeq) {
            return;
        }
        Stream stream = talk.direction(side).stream;
        long before = stream.next;
        if (at < before) {
            engine.evasions.compare(s, side, stream, at, m, from, length);
        }
        if (Swaps.holds(s, side)) {
            stream.hold(at, m, from, length, talk); // what it answers is still to come
        } else {
            stream.data(at, m, from, length, talk);
        }
        if (stream.next != before) {
            stream.recent = stream.next == at + length ? engine.evasions.mark(from, length) : 0;
            Swaps.came(s, side, talk, stream.next);
        }
        count(s, side, stream);
    }

    /// The other side has what `of` sent up to there: what was not seen of it will not come, or
    /// only in a moment.
    void acknowledged(Flow s, Side of, long upTo, long now) {
        Half half = s.half(of);
        long end = half.hasFin ? Math.min(upTo, half.finSeq - 1) : upTo;
        if (end <= 1 || end <= 2 && s.partial) {
            return; // in a connection that was joined late, one octet may only seem to be missing
        }
        Talk talk = s.talk;
        if (talk == null && TcpStates.isClean(s)) {
            talk = talk(s);
        }
        if (talk != null && talk.direction(of).stream.next < end) {
            if (Swaps.isWaiting(s, of)) {
                return; // a later acknowledgement will say so again
            }
            if (Swaps.isWorthAWait(s, of)) {
                Swaps.expect(s, of, end, now);
                return;
            }
            giveUp(s, of, talk, end);
        }
    }

    /// Gives up what was acknowledged a while ago and did not come.
    void await(Flow s, long now) {
        Talk talk = s.talk;
        if (talk == null) {
            s.awaits = false;
            return;
        }
        await(s, Side.ORIGINATOR, talk, now);
        await(s, Side.RESPONDER, talk, now);
    }

    private void await(Flow s, Side side, Talk talk, long now) {
        if (Swaps.isLate(s, side, now)) {
            giveUp(s, side, talk, Swaps.awaited(s.half(side)));
            Swaps.over(s, side, talk);
        }
    }

    /// What was acknowledged up to there and never came is a gap in the capture.
    private void giveUp(Flow s, Side of, Talk talk, long upTo) {
        Stream stream = talk.direction(of).stream;
        stream.acknowledged(upTo, talk);
        if (count(s, of, stream) && !s.partial) {
            engine.meter.gaps++;
        }
    }

    /// Counts what the stream found missing; answers whether anything was.
    private boolean count(Flow s, Side side, Stream stream) {
        long missing = stream.takeMissing();
        if (missing == 0 || !TcpStates.isClean(s)) {
            return false;
        }
        Half.Trouble trouble = s.half(side).trouble();
        trouble.missed += missing;
        s.historyScaled(side, ++trouble.gaps, 'G');
        engine.meter.missedBytes += missing;
        return true;
    }

    /// Tells the reader that the side has ended, if its last byte was handed on.
    void checkEnd(Flow s, Side side) {
        if (s.half(side).hasFin) {
            Talk talk = s.talk;
            if (talk != null && talk.direction(side).stream.next >= s.half(side).finSeq - 1) {
                talk.end(side);
            }
        }
    }

    /// The connection is over: what waits behind holes is handed on.
    void flush(Flow s, Talk talk) {
        flush(s, Side.ORIGINATOR, talk);
        flush(s, Side.RESPONDER, talk);
    }

    private void flush(Flow s, Side side, Talk talk) {
        long awaited = Swaps.awaited(s.half(side));
        if (awaited <= 0 && talk.directions.spoken(side) == null) {
            return; // it said nothing, and nothing of it is missed
        }
        giveUp(s, side, talk, awaited);
        Stream stream = talk.direction(side).stream;
        stream.flush(talk);
        count(s, side, stream);
    }
}
