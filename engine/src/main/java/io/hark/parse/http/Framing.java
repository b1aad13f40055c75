package io.hark.parse.http;

import static io.hark.StreamParser.Session.MORE;

import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// How long the next message is: a head, a line, a run of bytes that mean nothing. Pure.
///
/// A start line whose headers are not all there is a message of its own, so that a request that is
/// cut off behind it is still told of.
final class Framing {

    private static final int MAX_CHUNK_LINE =
            1024; // a size of 16 digits and extensions that nobody reads
    private static final int LOST_WINDOW = 4096; // how far a line is looked for where none may be
    private static final int STATUS = 12;

    private Framing() {}

    /// A request's start line with its headers, or alone.
    static int request(Bytes bytes) {
        int from = Glance.skipBlank(bytes);
        int newline = bytes.indexOf('\n', Math.max(from, bytes.seen()));
        if (newline < 0 || from >= bytes.length()) {
            return orMost(bytes);
        }
        return newline < Head.MAX_BYTES
                        && (!hasMethod(bytes, from) || Glance.versionAt(bytes, from, newline) < 0)
                ? newline + 1
                : withHeaders(bytes, newline);
    }

    private static boolean hasMethod(Bytes bytes, int from) {
        int at = from;
        while (Glance.isToken(bytes.peek(at))) {
            at++;
        }
        return at > from && (bytes.peek(at) == ' ' || bytes.peek(at) == '\t');
    }

    /// A status line with its headers, or alone; one byte where none can begin.
    static int status(Bytes bytes) {
        int from = Glance.skipBlank(bytes);
        if (from < bytes.length() && !Glance.maybeStatus(bytes, from)) {
            return Math.min(from + 1, Head.MAX_BYTES);
        }
        int newline = bytes.indexOf('\n', Math.max(from, bytes.seen()));
        return newline < 0 || from >= bytes.length() ? orMost(bytes) : withHeaders(bytes, newline);
    }

    private static int withHeaders(Bytes bytes, int newline) {
        int end = Glance.endOfHeaders(bytes, newline + 1);
        return Math.min(end == 0 || end > Head.MAX_BYTES ? newline + 1 : end, Head.MAX_BYTES);
    }

    private static int orMost(Bytes bytes) {
        return bytes.length() >= Head.MAX_BYTES ? Head.MAX_BYTES : MORE;
    }

    /// Headers without a start line, or a trailer.
    static int headers(Bytes bytes) {
        int end = Glance.endOfHeaders(bytes, 0);
        return end == 0 ? orMost(bytes) : Math.min(end, Head.MAX_BYTES);
    }

    /// One line.
    static int line(Bytes bytes) {
        int newline = bytes.indexOf('\n', bytes.seen());
        return newline < 0 ? orMost(bytes) : Math.min(newline + 1, Head.MAX_BYTES);
    }

    /// The line with a chunk's size, and the line end of the chunk before it.
    static int chunk(Bytes bytes) {
        int first = bytes.peek(0);
        int second = bytes.peek(1);
        if (first == '\r' && second == -1) {
            return MORE;
        }
        int newline = bytes.indexOf('\n', chunkFrom(bytes));
        return newline >= 0 && newline < MAX_CHUNK_LINE
                ? newline + 1
                : bytes.length() >= MAX_CHUNK_LINE ? MAX_CHUNK_LINE : MORE;
    }

    /// Where the size begins in what [#chunk] framed.
    static int chunkFrom(Bytes bytes) {
        return bytes.peek(0) == '\n' ? 1 : bytes.peek(0) == '\r' && bytes.peek(1) == '\n' ? 2 : 0;
    }

    /// The size of a chunk; -1 where there is none.
    static long chunkSize(Bytes whole) {
        long size = -1;
        for (int at = chunkFrom(whole); ; at++) {
            int octet = whole.peek(at);
            int digit = octet < 0 || octet > 'f' ? -1 : Character.digit(octet, 16);
            if (digit < 0) {
                return octet == '\r'
                                || octet == '\n'
                                || octet == ';'
                                || octet == ' '
                                || octet == '\t'
                        ? size
                        : -1;
            }
            if (size > Long.MAX_VALUE >> 8) {
                return -1;
            }
            size = Math.max(size, 0) << 4 | digit;
        }
    }

    /// What comes before the next start line, or that.
    static int lost(Bytes bytes, Side side) {
        int newline = bytes.indexOf('\n', 0);
        int window = newline >= 0 && newline < LOST_WINDOW ? newline + 1 : LOST_WINDOW;
        if (bytes.length() < window) {
            return MORE;
        }
        int start =
                side == Side.RESPONDER
                        ? statusIn(bytes, window)
                        : requestIn(bytes, newline, window);
        if (start == 0) {
            return side == Side.RESPONDER ? status(bytes) : request(bytes);
        }
        return start > 0 ? start : newline == window - 1 ? window : window - STATUS;
    }

    /// Whether what [#lost] framed is a start line.
    static boolean isStart(Bytes whole, Side side) {
        int newline = whole.indexOf('\n', 0);
        int window = newline < 0 ? whole.length() : newline + 1;
        return (side == Side.RESPONDER
                        ? statusIn(whole, window)
                        : requestIn(whole, newline, window))
                == 0;
    }

    private static int statusIn(Bytes bytes, int window) {
        for (int at = bytes.indexOf('H', 0);
                at >= 0 && at + STATUS <= window;
                at = bytes.indexOf('H', at + 1)) {
            if (Glance.isStatus(bytes, at)) {
                return at;
            }
        }
        return -1;
    }

    private static int requestIn(Bytes bytes, int newline, int window) {
        int version = newline == window - 1 ? Glance.versionAt(bytes, 0, newline) : -1;
        for (int at = 0; at < version; at++) {
            int length = 0;
            while (Glance.isToken(bytes.peek(at + length))) {
                length++;
            }
            if (length > 0 && bytes.peek(at + length) == ' ') {
                for (int i = 0; i < length; i++) { // a body without a line end may stand before it
                    if (Methods.of(bytes, at + i, length - i) != null) {
                        return at + i;
                    }
                }
            }
            at += length;
        }
        return -1;
    }
}
