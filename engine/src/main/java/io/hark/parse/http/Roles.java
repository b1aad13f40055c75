package io.hark.parse.http;

import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// Tells which side is the client, by who sends the first start line: where the beginning of a
/// connection was not captured, its originator may be the server.
final class Roles {

    /// The first bytes do not tell yet.
    static final int UNTOLD = 0;

    /// The originator is the client.
    static final int STRAIGHT = 1;

    /// The responder is the client.
    static final int FLIPPED = 2;

    private static final int STATUS = 12; // HTTP/1.1 200

    private Roles() {}

    /// What was told.
    static int of(boolean flipped) {
        return flipped ? FLIPPED : STRAIGHT;
    }

    /// The part that a side plays: originator for the client.
    static Side role(Side sender, int told) {
        return told == FLIPPED ? sender.other() : sender;
    }

    /// What the first bytes of `sender` tell. Pure.
    static int tell(Bytes bytes, Side sender) {
        int from = Glance.skipBlank(bytes);
        boolean status = from < bytes.length() && Glance.maybeStatus(bytes, from);
        if (sender == Side.ORIGINATOR) {
            return !status ? STRAIGHT : bytes.length() - from < STATUS ? UNTOLD : FLIPPED;
        }
        if (status || from == bytes.length()) {
            return STRAIGHT;
        }
        int length = 0;
        while (Glance.isToken(bytes.peek(from + length)) && length <= HttpParser.LONGEST_METHOD) {
            length++;
        }
        int next = bytes.peek(from + length);
        if (next == -1 && length <= HttpParser.LONGEST_METHOD) {
            return UNTOLD;
        }
        return next == ' ' && Methods.of(bytes, from, length) != null ? FLIPPED : STRAIGHT;
    }
}
