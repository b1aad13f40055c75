package io.hark.parse.http2;

import io.hark.bytes.Bytes;

/// Numbers of HTTP/3 and their form: the two high bits of the first octet say how many octets there
/// are, 1, 2, 4 or 8.
///
/// ```
/// frame:          type · length · payload
/// one-way stream: type · …
/// ```
///
/// *Source*: RFC 9000 §16, RFC 9114 §6.2, §7.2, RFC 9204 §4.2.
final class Http3Frames {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int SETTINGS = 4;

    static final int CONTROL_STREAM = 0;
    static final int ENCODER_STREAM = 2;

    /// The setting that bounds the header table of the other side.
    static final int TABLE_CAPACITY = 1;

    private Http3Frames() {}

    /// Octets of the number at `at`; 1 behind the end.
    static int width(Bytes in, int at) {
        return 1 << (Math.max(0, in.peek(at)) >>> 6);
    }

    /// The number at `at`, or -1 where it is not all there.
    static long number(Bytes in, int at) {
        int width = width(in, at);
        if (in.peek(at + width - 1) < 0) {
            return -1;
        }
        long value = in.peek(at) & 0x3f;
        for (int i = 1; i < width; i++) {
            value = value << 8 | in.peek(at + i);
        }
        return value;
    }

    /// Octets of the type and length of the frame at the start.
    static int header(Bytes head) {
        int type = width(head, 0);
        return type + width(head, type);
    }

    /// The length of the frame at the start, or -1 where it is not all there.
    static long length(Bytes head) {
        return head.peek(0) < 0 ? -1 : number(head, width(head, 0));
    }
}
