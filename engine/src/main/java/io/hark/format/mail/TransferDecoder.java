package io.hark.format.mail;

import io.hark.bytes.Bytes;
import io.hark.format.mail.PartHead.Encoding;
import java.util.Arrays;

/// Undoes the transfer encoding of a part, a line at a time.
///
/// The line end before a boundary belongs to the boundary, so an end of line is given out only
/// before what follows it. *Source*: RFC 2045 §6.7, §6.8; RFC 2046 §5.1.1.
final class TransferDecoder {

    private static final byte[] DIGITS = new byte[128];

    static {
        Arrays.fill(DIGITS, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            DIGITS[alphabet.charAt(i)] = (byte) i;
        }
    }

    private final Encoding encoding;
    private final Bytes piece = new Bytes();
    private byte[] out = new byte[256];
    private int size;
    private int held; // octets of the line end held back, 0 to 2
    private int bits;
    private int count;
    private boolean illegal;

    TransferDecoder(Encoding encoding) {
        this.encoding = encoding;
    }

    /// Whether there was a character that base64 does not have.
    boolean isIllegal() {
        return illegal;
    }

    /// Decodes the next line or piece of one; the answer is valid until the next call.
    Bytes decode(Bytes line) {
        size = 0;
        int end = line.length();
        if (out.length < end + 2) {
            out = new byte[end + 2];
        }
        switch (encoding) {
            case BASE64 -> base64(line, end);
            case QUOTED -> quoted(line, end);
            case NONE -> {
                giveHeld();
                int text = end - lineEnd(line);
                line.copyTo(0, out, size, text);
                size += text;
                held = end - text;
            }
        }
        return piece.wrap(out, 0, size);
    }

    /// The line end that was held back, where no boundary took it.
    Bytes rest() {
        size = 0;
        giveHeld();
        return piece.wrap(out, 0, size);
    }

    private void giveHeld() {
        if (held == 2) {
            out[size++] = '\r';
        }
        if (held > 0) {
            out[size++] = '\n';
        }
        held = 0;
    }

    /// How many octets at the end of `line` end it.
    private static int lineEnd(Bytes line) {
        int n = line.length();
        return line.peek(n - 1) != '\n' ? 0 : line.peek(n - 2) == '\r' ? 2 : 1;
    }

    private void base64(Bytes line, int end) {
        for (int i = 0; i < end; i++) {
            int c = line.peek(i);
            int digit = c < 128 ? DIGITS[c] : -1;
            if (digit >= 0) {
                bits = bits << 6 | digit;
                if (++count == 4) {
                    put24();
                }
            } else if (c == '=') {
                padding();
            } else {
                illegal |= c > ' ';
            }
        }
    }

    private void put24() {
        out[size++] = (byte) (bits >>> 16);
        out[size++] = (byte) (bits >>> 8);
        out[size++] = (byte) bits;
        bits = 0;
        count = 0;
    }

    private void padding() {
        if (count == 2) {
            out[size++] = (byte) (bits >>> 4);
        } else if (count == 3) {
            out[size++] = (byte) (bits >>> 10);
            out[size++] = (byte) (bits >>> 2);
        }
        bits = 0;
        count = 0;
    }

    private void quoted(Bytes line, int end) {
        giveHeld();
        int text = end - lineEnd(line);
        held = end - text;
        while (held > 0
                && text > 0
                && (line.peek(text - 1) == ' ' || line.peek(text - 1) == '\t')) {
            text--;
        }
        for (int i = 0; i < text; i++) {
            int c = line.peek(i);
            if (c == '=' && i == text - 1) {
                held = 0; // the line goes on
            } else if (c == '=' && hex(line.peek(i + 1)) >= 0 && hex(line.peek(i + 2)) >= 0) {
                out[size++] = (byte) (hex(line.peek(i + 1)) << 4 | hex(line.peek(i + 2)));
                i += 2;
            } else {
                out[size++] = (byte) c;
            }
        }
    }

    private static int hex(int c) {
        return c < 0 ? -1 : Character.digit(c, 16);
    }
}
