package io.hark.carry.frame;

import io.hark.bytes.Bytes;
import io.hark.carry.StreamPiece;
import io.hark.carry.frame.FrameState.Half;
import io.hark.carry.frame.FrameState.Run;
import io.hark.carry.frame.Framing.Cut;
import io.hark.event.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives the frames that one more piece of a stream completes, one by one:
///
///     FrameReader reader = FrameReader.of(state, piece, LIMIT);
///     for (Frame frame : reader.all(LINES)) { … }
///     state = reader.state();
///
/// Each call of [#next] may name another framing: lines first, then a file whose size a line has
/// said.
///
/// A gap that lies within a frame whose length is known takes only that frame's octets, and
/// [Frame#missing] says how many. Any other gap leaves the direction adrift until
/// [Framing#resume] finds a frame again; so does what is malformed or longer than the limit, and
/// [#trouble] says why.
///
/// Octets that wait are kept as runs of falling length, each at least as long as the next: a
/// frame that comes octet by octet costs n log n, not n².
///
/// *Thread*: one owner, for the length of one call.
public final class FrameReader {

    private final FrameState before;
    private final StreamPiece piece;
    private final int limit;
    private Half half;
    private long length; // of the runs
    private byte @Nullable [] open; // the runs as one, where frames are being cut
    private int from;
    private @Nullable String trouble;

    private FrameReader(FrameState before, StreamPiece piece, int limit) {
        this.before = before;
        this.piece = piece;
        this.limit = limit;
        half = piece.side() == Side.ORIGINATOR ? before.originator() : before.responder();
        for (Run run : half.runs()) {
            length += run.octets().length;
        }
    }

    /// Reads on with a piece.
    ///
    /// @param limit the longest frame that is taken, in octets
    public static FrameReader of(FrameState state, StreamPiece piece, int limit) {
        FrameReader reader = new FrameReader(state, piece, limit);
        reader.gap(piece.gap());
        reader.append(piece.bytes());
        return reader;
    }

    private void gap(long missing) {
        if (missing <= 0) {
            return;
        }
        if (half.whole() && missing <= half.need() - length) { // need is within the limit
            append(new byte[(int) missing]);
            half = with(half.runs(), half.ts(), half.missing() + missing);
        } else {
            drop();
            half = adrift(true);
        }
    }

    private void append(byte[] octets) {
        if (octets.length == 0) {
            return;
        }
        List<Run> runs = new ArrayList<>(half.runs());
        byte[] last = octets;
        while (!runs.isEmpty() && runs.getLast().octets().length <= last.length) {
            last = join(runs.removeLast().octets(), last);
        }
        runs.add(new Run(last));
        half = with(runs, length == 0 ? piece.ts() : half.ts(), half.missing());
        length += octets.length;
        if (half.until() >= 0 && Bytes.of(octets).indexOf(half.until(), 0) >= 0) {
            half = asking(1, -1, false);
        }
    }

    /// The next frame, or null when it is not whole yet.
    public @Nullable Frame next(Framing framing) {
        if (half.adrift() && !resume(framing)) {
            return null;
        }
        long left = length - from;
        if (left == 0 || left < half.need()) {
            return null;
        } else if (half.until() >= 0) {
            return left >= limit ? endless() : null;
        }
        byte[] octets = open();
        return switch (framing.cut(new Bytes().wrap(octets, from, (int) left))) {
            case Cut.Malformed malformed -> lose(malformed.why());
            case Cut.Until until -> left >= limit ? endless() : wait(1, until.octet(), false);
            case Cut.Need need ->
                    need.octets() > limit
                            ? endless()
                            : wait(Math.max(need.octets(), left + 1), -1, false);
            case Cut.Whole whole -> {
                if (whole.octets() < 1 || whole.octets() > limit) {
                    yield lose("a frame of %d bytes".formatted(whole.octets()));
                } else if (whole.octets() > left) {
                    yield wait(whole.octets(), -1, true);
                }
                yield take(octets, whole);
            }
        };
    }

    /// All frames that are whole, where all are marked off alike.
    public List<Frame> all(Framing framing) {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = next(framing); frame != null; frame = next(framing)) {
            frames.add(frame);
        }
        return frames;
    }

    private boolean resume(Framing framing) {
        if (length == 0) {
            return false;
        }
        int at = framing.resume(new Bytes().wrap(open(), 0, (int) length));
        if (at < 0) {
            drop();
            return false;
        }
        from = at;
        half = adrift(false);
        return true;
    }

    private Frame take(byte[] octets, Cut.Whole whole) {
        int body = from + (int) whole.head();
        int end = body + (int) whole.body();
        Frame frame =
                new Frame(
                        half.ts(),
                        piece.side(),
                        Arrays.copyOfRange(octets, from, body),
                        Arrays.copyOfRange(octets, body, end),
                        half.missing());
        from = end + (int) whole.tail();
        half = new Half(half.runs(), piece.ts(), 1, -1, false, 0, false);
        return frame;
    }

    private @Nullable Frame wait(long need, int until, boolean whole) {
        half = asking(need, until, whole);
        return null;
    }

    private @Nullable Frame endless() {
        return lose("no end of a frame within " + limit + " bytes");
    }

    private @Nullable Frame lose(String why) {
        trouble = why;
        drop();
        half = adrift(true);
        return null;
    }

    /// Everything that waits, framed or not: for what is not framed any more.
    public byte[] rest() {
        byte[] rest = length == 0 ? new byte[0] : Arrays.copyOfRange(open(), from, (int) length);
        drop();
        return rest;
    }

    /// Why this direction cannot be read any further; null where it can, and where that was said at
    /// an earlier piece.
    public @Nullable String trouble() {
        return trouble;
    }

    /// What to go on with at the next piece.
    public FrameState state() {
        if (from > 0) {
            byte[] rest = Arrays.copyOfRange(open(), from, (int) length);
            half =
                    with(
                            rest.length == 0 ? List.of() : List.of(new Run(rest)),
                            half.ts(),
                            half.missing());
            length = rest.length;
            from = 0;
            open = null;
        }
        return piece.side() == Side.ORIGINATOR
                ? new FrameState(half, before.responder())
                : new FrameState(before.originator(), half);
    }

    private byte[] open() {
        byte[] octets = open;
        if (octets == null) {
            octets = new byte[(int) length];
            int at = 0;
            for (Run run : half.runs()) {
                System.arraycopy(run.octets(), 0, octets, at, run.octets().length);
                at += run.octets().length;
            }
            open = octets;
        }
        return octets;
    }

    private void drop() {
        half = new Half(List.of(), piece.ts(), 1, -1, false, 0, half.adrift());
        length = 0;
        from = 0;
        open = null;
    }

    private Half with(List<Run> runs, long ts, long missing) {
        return new Half(
                List.copyOf(runs),
                ts,
                half.need(),
                half.until(),
                half.whole(),
                missing,
                half.adrift());
    }

    private Half asking(long need, int until, boolean whole) {
        return new Half(half.runs(), half.ts(), need, until, whole, half.missing(), half.adrift());
    }

    private Half adrift(boolean now) {
        return new Half(half.runs(), half.ts(), 1, -1, false, half.missing(), now);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
