package io.hark.wire;

import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// The stream parsers that may still claim a connection, narrowed down by what its first bytes
/// show.
///
/// *Thread*: one owner, the worker.
final class Probing {

    private final StreamParser[] left;
    private int count;
    private boolean more;
    private int verdict;
    private @Nullable StreamParser best;

    /// Of all in `parsers`, an array that is its own.
    Probing(StreamParser[] parsers) {
        left = parsers;
        count = parsers.length;
    }

    /// Asks those that are left.
    void ask(Bytes head, Side side) {
        int kept = 0;
        more = false;
        best = null;
        verdict = Verdict.NO;
        for (int i = 0; i < count; i++) {
            int said = left[i].probe(head, side);
            if (said == Verdict.NO) {
                continue;
            }
            more |= said == Verdict.MORE;
            left[kept++] = left[i];
            if (said > verdict) {
                best = left[kept - 1];
                verdict = said;
            }
        }
        count = kept;
    }

    /// Whether nobody can claim it any more.
    ///
    /// @param enough whether there will be nothing more to show
    boolean isEmpty(boolean enough) {
        return count == 0 || enough && verdict <= Verdict.MORE;
    }

    /// Who claims it, or null where that is open: a guess waits until all others have made up their
    /// minds.
    @Nullable StreamParser claim(boolean enough) {
        boolean settled = verdict == Verdict.YES || !more || enough;
        return settled && verdict > Verdict.MORE ? best : null;
    }

    /// Who is certain, or null.
    @Nullable StreamParser certain() {
        return verdict == Verdict.YES ? best : null;
    }
}
