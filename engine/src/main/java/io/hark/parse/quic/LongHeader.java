package io.hark.parse.quic;

import io.hark.bytes.Bytes;
import io.hark.format.quic.QuicVersion;

/// Where the parts of a packet with a long header are.
///
/// ```
/// 1·type·… 1 · version 4 · length 1, destination id … · length 1, source id …
/// Initial:   token length, token … · length · packet number …
/// 0-RTT, Handshake:                  length · packet number …
/// Retry:     token … · tag 16
/// ```
///
/// Lengths without a number of octets are QUIC's: the two high bits of the first octet say how many
/// octets there are, 1, 2, 4 or 8.
///
/// *Source*: RFC 9000 §17.2.
final class LongHeader {

    /// Octets of the longest connection id (RFC 9000 §17.2).
    static final int MAX_ID = 20;

    private static final int IDS_AT = 5;
    private static final int RETRY_TAG = 16;

    QuicVersion version = QuicVersion.of(0);
    int type;
    int destinationAt;
    int destinationLength;
    int sourceAt;
    int sourceLength;
    int numberAt;
    int end;

    /// Reads the header that begins at `at`; false where it is none, or longer than what there is.
    /// Does not move. A packet cut short ends where the datagram does.
    boolean read(Bytes in, int at) {
        if (!ids(in, at)) {
            return false;
        }
        version = QuicVersion.of(in.peekU32(at + 1));
        type = version.type(in.peek(at));
        int behind = sourceAt + sourceLength;
        if (version.number() == 0 || version.salt() == null || type == QuicVersion.RETRY) {
            numberAt = behind;
            end = in.length();
            return true;
        }
        if (type == QuicVersion.INITIAL) {
            long token = number(in, behind);
            behind += width(in, behind);
            if (token < 0 || token > in.length() - behind) {
                return false;
            }
            behind += (int) token;
        }
        long length = number(in, behind);
        numberAt = behind + width(in, behind);
        if (length <= 0 || length > in.length() - numberAt) {
            return false;
        }
        end = numberAt + (int) length;
        return true;
    }

    private boolean ids(Bytes in, int at) {
        destinationLength = in.peek(at + IDS_AT);
        destinationAt = at + IDS_AT + 1;
        if (destinationLength < 0 || destinationLength > MAX_ID) {
            return false;
        }
        int sourceLengthAt = destinationAt + destinationLength;
        sourceLength = in.peek(sourceLengthAt);
        sourceAt = sourceLengthAt + 1;
        return sourceLength >= 0
                && sourceLength <= MAX_ID
                && sourceAt + sourceLength <= in.length();
    }

    byte[] destination(Bytes in) {
        return part(in, destinationAt, destinationLength);
    }

    byte[] source(Bytes in) {
        return part(in, sourceAt, sourceLength);
    }

    private static byte[] part(Bytes in, int at, int length) {
        byte[] copy = new byte[length];
        in.copyTo(at, copy, 0, length);
        return copy;
    }

    /// Octets of the number at `at`.
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

    /// Whether a Retry's token is there.
    boolean isWholeRetry() {
        return end - numberAt > RETRY_TAG;
    }
}
