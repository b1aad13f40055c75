package io.hark.decode.shell;

import io.hark.Decoder.StreamStart;
import io.hark.Verdict;
import io.hark.bytes.Bytes;

/// The glance before the look: tells most streams that are no shell for next to nothing, so that
/// [ShellSigns] runs where lines are spoken, and not at every piece.
final class ShellGlance {

    /// The most bytes that the first speaker says before the first line ends: a command may come in
    /// pieces, a prompt may be long.
    private static final int LONGEST_BARE = 48;

    private static final int LONGEST_PROMPT = 256;

    /// Pieces without any line end after which it is no shell: a word typed key by key has its end
    /// by then.
    private static final int BARE_PIECES = 24;

    private ShellGlance() {}

    /// [Verdict#YES] where it is worth looking, MORE where it is not yet, NO where never.
    static int at(StreamStart start) {
        Bytes first =
                start.first() == io.hark.event.Side.ORIGINATOR
                        ? start.originator()
                        : start.responder();
        if (isBinary(start.originator()) || isBinary(start.responder())) {
            return Verdict.NO;
        }
        boolean lines = hasLine(start.originator()) || hasLine(start.responder());
        if (!lines) {
            boolean over = first.length() > (isPrompt(first) ? LONGEST_PROMPT : LONGEST_BARE);
            return over || start.pieces() > BARE_PIECES ? Verdict.NO : Verdict.MORE;
        }
        int pieces = start.pieces();
        return start.over() || pieces <= 4 || Integer.bitCount(pieces) == 1
                ? Verdict.YES
                : Verdict.MORE;
    }

    private static boolean isBinary(Bytes bytes) {
        int zero = bytes.indexOf(0, 0);
        return zero >= 0 && zero < 64;
    }

    private static boolean hasLine(Bytes bytes) {
        return bytes.indexOf('\n', 0) >= 0 || bytes.indexOf('\r', 0) >= 0;
    }

    /// Whether it ends as a prompt does.
    private static boolean isPrompt(Bytes bytes) {
        int end = bytes.length() - 1;
        int last = bytes.peek(end) == ' ' ? bytes.peek(end - 1) : bytes.peek(end);
        return last == '$' || last == '#' || last == '>' || last == ':' || last == '%';
    }
}
