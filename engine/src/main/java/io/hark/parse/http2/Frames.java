package io.hark.parse.http2;

import io.hark.bytes.Bytes;

/// Numbers and limits of frames.
///
/// ```
///  3        1      1       4 (31 bits)   length
/// +--------+------+-------+-----------+--- - -+
/// | length | type | flags | stream    |       |
/// +--------+------+-------+-----------+--- - -+
/// ```
///
/// *Source*: RFC 9113 §3.4, §4.1, §6.
final class Frames {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;
    static final int PRIORITY = 0x20;

    /// Octets before a frame's payload.
    static final int HEADER = 9;

    /// Octets of a priority in a HEADERS frame.
    static final int PRIORITY_SIZE = 5;

    /// The longest frame other than data that is read: eight times what everybody must take.
    static final int MAX_FRAME = 1 << 17;

    /// What a client begins with.
    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final int LEAST_MAX = 1 << 14; // what a server's first settings may hold
    private static final int SETTING = 6;

    private Frames() {}

    /// How long the payload of the frame at the start is, or -1 where that cannot be told yet.
    static int length(Bytes head) {
        long word = head.peekU32(0);
        return word < 0 ? -1 : (int) (word >>> 8);
    }

    /// The stream of the frame at the start; its header is there.
    static int stream(Bytes head) {
        return (int) (head.peekU32(5) & 0x7fff_ffff);
    }

    /// Whether a server's first frame is at the start: settings that acknowledge nothing.
    static boolean isSettings(Bytes head) {
        int length = length(head);
        return head.peek(3) == SETTINGS
                && head.peek(4) == 0
                && head.peekU32(5) == 0
                && length <= LEAST_MAX
                && length % SETTING == 0;
    }

    /// Whether what is there may be the beginning of a client's or a server's first octets.
    static boolean mayBegin(Bytes head) {
        if (head.peek(0) == 'P') {
            return PREFACE.startsWith(head.ascii(0, PREFACE.length()));
        }
        int length = head.peekU16(0);
        int type = head.peek(3);
        return (length < 0 || length <= LEAST_MAX >>> 8) && (type < 0 || type == SETTINGS);
    }
}
