package io.hark.wire;

import io.hark.event.Side;
import java.util.Arrays;

/// When the first bytes of a stream came, while it was not known who reads them: who takes them
/// over then shall know it, since the time between two messages tells of those who sent them.
///
/// *Units*: nanoseconds; lengths in octets. *Thread*: the worker that owns the connection.
final class Heard {

    /// The most pieces noted; those behind get the time at which they are handed on.
    private static final int MAX_PIECES = 64;

    private long[] times = {};
    private int[] lengths = {}; // negative for the responder's
    private int count;
    private final int[] noted = new int[2];

    /// A side has said `total` octets by now.
    void note(Side side, int total, long now) {
        int more = total - noted[side.ordinal()];
        if (more <= 0 || count == MAX_PIECES) {
            return;
        }
        if (count == times.length) {
            int larger = Math.max(4, count * 2);
            times = Arrays.copyOf(times, larger);
            lengths = Arrays.copyOf(lengths, larger);
        }
        times[count] = now;
        lengths[count++] = side == Side.ORIGINATOR ? more : -more;
        noted[side.ordinal()] = total;
    }

    /// How many octets of a side were noted.
    int noted(Side side) {
        return noted[side.ordinal()];
    }

    /// How many pieces were noted.
    int count() {
        return count;
    }

    /// Who said piece `i`.
    Side side(int i) {
        return lengths[i] > 0 ? Side.ORIGINATOR : Side.RESPONDER;
    }

    /// How long piece `i` is.
    int length(int i) {
        return Math.abs(lengths[i]);
    }

    /// When piece `i` came.
    long time(int i) {
        return times[i];
    }
}
