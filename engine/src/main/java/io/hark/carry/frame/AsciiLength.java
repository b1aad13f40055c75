package io.hark.carry.frame;

import io.hark.bytes.Bytes;
import java.nio.charset.StandardCharsets;

/// Frames that begin with their length as decimal digits, and something that ends the digits.
///
/// For example `new AsciiLength("\0")` marks off `3 \0 abc`, `new AsciiLength("\r\n\r\n")` the same
/// behind an empty line.
///
/// @param separator what stands behind the digits (Latin-1)
public record AsciiLength(String separator) implements Framing {

    /// The most digits: beyond them no length is within any limit.
    private static final int MAX_DIGITS = 10;

    /// Checks that there is a separator.
    public AsciiLength {
        if (separator.isEmpty()) {
            throw new IllegalArgumentException("digits need something that ends them");
        }
    }

    @Override
    public Cut cut(Bytes head) {
        int digits = 0;
        long length = 0;
        while (digits < head.length() && isDigit(head.peek(digits))) {
            length = length * 10 + head.peek(digits) - '0';
            if (++digits > MAX_DIGITS) {
                return new Cut.Malformed("a length of more than " + MAX_DIGITS + " digits");
            }
        }
        byte[] end = separator.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < end.length && digits + i < head.length(); i++) {
            if (digits == 0 || head.peek(digits + i) != (end[i] & 0xff)) {
                return new Cut.Malformed("no length begins here");
            }
        }
        return head.length() < digits + end.length
                ? new Cut.Need(head.length() + 1L)
                : new Cut.Whole(digits + end.length, length, 0);
    }

    private static boolean isDigit(int octet) {
        return octet >= '0' && octet <= '9';
    }

    /// Behind a gap, where a piece begins with a length: senders write whole frames.
    @Override
    public int resume(Bytes piece) {
        return cut(piece) instanceof Cut.Whole ? 0 : -1;
    }
}
