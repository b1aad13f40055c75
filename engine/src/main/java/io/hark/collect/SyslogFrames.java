package io.hark.collect;

import java.util.Arrays;

/// Takes the messages out of one connection's octets.
///
/// ```
/// counted   "123 <34>1 2026-…"      digits, a space, so many octets
/// by lines  "<34>Oct 11 … LF"       a line each; NUL ends one too
/// ```
///
/// Which of the two it is, the first octets tell, and stays so. Where no length stands and one is
/// due, the octets up to the next end of a line are taken as a message, and a length is looked for
/// behind it.
///
/// *Source*: RFC 6587 §3.4. *Thread*: one owner.
final class SyslogFrames {

    private static final int MAX_DIGITS = 9; // a length that an int holds

    private enum State {
        /// Nothing is known of the connection yet.
        BEGIN,
        /// A line.
        LINE,
        /// Digits of a length.
        LENGTH,
        /// A message whose length is known.
        MESSAGE,
        /// A line where a length was due.
        ASTRAY
    }

    private final int most;
    private byte[] held = new byte[512]; // of the message at hand
    private int size;
    private State state = State.BEGIN;
    private int left; // octets of the counted message to come
    private long cut;
    private long astray;

    /// @param most octets of a message; the rest is cut off
    SyslogFrames(int most) {
        this.most = most;
    }

    /// Takes what came.
    void take(byte[] octets, int length, Messages out) {
        int at = 0;
        while (at < length) { // each turn takes an octet at least
            at =
                    switch (state) {
                        case BEGIN -> begin(octets[at], at);
                        case LENGTH -> length(octets[at], at);
                        case MESSAGE -> message(octets, at, length, out);
                        case LINE, ASTRAY -> line(octets, at, length, out);
                    };
        }
    }

    /// The connection is over: what has no end yet ends here.
    void end(Messages out) {
        if (state != State.LENGTH) {
            give(out);
        }
    }

    /// Messages that were longer than is kept, since it was last asked.
    long takeCut() {
        long since = cut;
        cut = 0;
        return since;
    }

    /// How often no length stood where one was due.
    long astray() {
        return astray;
    }

    /// Digits, a space and `<`: it counts.
    private int begin(byte octet, int at) {
        boolean isDigit = octet >= '0' && octet <= '9';
        boolean isFirst = size == 0;
        boolean isSpace = !isFirst && held[size - 1] == ' ';
        if (isDigit && !isSpace && !(isFirst && octet == '0') && size < MAX_DIGITS) {
            keep(octet);
            return at + 1;
        }
        if (octet == ' ' && !isFirst && !isSpace) {
            keep(octet);
            return at + 1;
        }
        if (octet == '<' && isSpace) {
            left = number(size - 1);
            size = 0;
            state = State.MESSAGE;
            return at;
        }
        state = State.LINE;
        return at;
    }

    private int number(int digits) {
        int number = 0;
        for (int i = 0; i < digits; i++) {
            number = number * 10 + held[i] - '0';
        }
        return number;
    }

    private int length(byte octet, int at) {
        if (octet >= '0' && octet <= '9' && size < MAX_DIGITS) {
            keep(octet);
        } else if (octet == ' ' && size > 0) {
            left = number(size);
            size = 0;
            state = left == 0 ? State.LENGTH : State.MESSAGE;
        } else if (size > 0 || octet != '\n' && octet != '\r') { // a line end too many is harmless
            astray++;
            state = State.ASTRAY;
            return at;
        }
        return at + 1;
    }

    private int message(byte[] octets, int from, int length, Messages out) {
        int taken = Math.min(left, length - from);
        keep(octets, from, taken);
        left -= taken;
        if (left == 0) {
            give(out);
            state = State.LENGTH;
        }
        return from + taken;
    }

    private int line(byte[] octets, int from, int length, Messages out) {
        int end = from;
        while (end < length && octets[end] != '\n' && octets[end] != 0) {
            end++;
        }
        keep(octets, from, end - from);
        if (end == length) {
            return end;
        }
        give(out);
        state = state == State.ASTRAY ? State.LENGTH : State.LINE;
        return end + 1;
    }

    private void give(Messages out) {
        cut += size > most ? 1 : 0;
        out.add(held, 0, Math.min(size, most));
        size = 0;
    }

    private void keep(byte octet) {
        held[size++] = octet;
    }

    /// Keeps one octet more than a message may have, so that a cut is noticed.
    private void keep(byte[] octets, int from, int length) {
        int taken = Math.min(length, most + 1 - size);
        if (taken <= 0) {
            return;
        }
        if (size + taken > held.length) {
            held = Arrays.copyOf(held, Math.min(most + 1, Math.max(size + taken, held.length * 2)));
        }
        System.arraycopy(octets, from, held, size, taken);
        size += taken;
    }
}
