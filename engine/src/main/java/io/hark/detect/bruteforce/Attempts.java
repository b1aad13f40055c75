package io.hark.detect.bruteforce;

import io.hark.Gathering.Gathered;
import io.hark.Said;
import io.hark.Span;
import java.util.Arrays;

/// The logins of one host at one service.
///
/// @param refused logins the server refused, where it says so in the clear
/// @param accepted logins it let in
/// @param answers bytes the server sent in the latest short connections, 64 at most
/// @param talks connections that were too long or too large for a mere attempt
public record Attempts(
        long refused, long accepted, long[] answers, long talks, Span span, Said said)
        implements Gathered {

    static final Attempts NONE = new Attempts(0, 0, new long[0], 0, Span.NONE, Said.NOTHING);

    private static final int MAX_ANSWERS = 64;
    private static final double ALIKE = 0.1;

    Attempts with(Said more) {
        return new Attempts(refused, accepted, answers, talks, span, more);
    }

    Attempts login(long refusedMore, boolean in, Span at) {
        return new Attempts(
                refused + refusedMore, accepted + (in ? 1 : 0), answers, talks, at, said);
    }

    Attempts talk() {
        return new Attempts(refused, accepted, answers, talks + 1, span, said);
    }

    Attempts attempt(long answer, Span at) {
        int from = answers.length == MAX_ANSWERS ? 1 : 0;
        long[] more = Arrays.copyOfRange(answers, from, answers.length + 1);
        more[more.length - 1] = answer;
        return new Attempts(refused, accepted, more, talks, at, said);
    }

    /// How many short connections got an answer of the same length as most, within a tenth: those
    /// of one program doing one thing.
    long alike() {
        if (answers.length == 0) {
            return 0;
        }
        long[] sorted = answers.clone();
        Arrays.sort(sorted);
        long median = sorted[sorted.length / 2];
        return Arrays.stream(sorted)
                .filter(answer -> Math.abs(answer - median) <= ALIKE * median)
                .count();
    }
}
