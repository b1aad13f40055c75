package io.hark.carry.frame;

import io.hark.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Frames that begin with a head of fixed size in which their length stands as a number.
///
/// For example `LengthPrefix.of(Width.U32_LE)` marks off `03 00 00 00 61 62 63`, and
/// `LengthPrefix.of(Width.U32_LE).behind("MAGIC").head(13).countingHead()` what begins with those
/// five letters, the length of all, and four octets more.
///
/// @param magic what every frame begins with; the length stands right behind it
/// @param width how the length is written
/// @param head octets of the head: magic, length and what else there is
/// @param countsHead whether the length counts the head
public record LengthPrefix(byte[] magic, Width width, int head, boolean countsHead)
        implements Framing {

    /// How a length is written.
    public enum Width {
        /// One octet.
        U8(1, false),
        /// Two octets, little endian.
        U16_LE(2, true),
        /// Two octets, big endian.
        U16_BE(2, false),
        /// Four octets, little endian.
        U32_LE(4, true),
        /// Four octets, big endian.
        U32_BE(4, false);

        private final int octets;
        private final boolean little;

        Width(int octets, boolean little) {
            this.octets = octets;
            this.little = little;
        }

        /// How many octets it has.
        public int octets() {
            return octets;
        }

        /// The number at an offset; the caller has checked that it is there.
        public long read(Bytes bytes, int offset) {
            long value = 0;
            for (int i = 0; i < octets; i++) {
                int octet = bytes.peek(offset + (little ? octets - 1 - i : i));
                value = value << Byte.SIZE | octet & 0xff;
            }
            return value;
        }
    }

    /// Checks that the head has room.
    public LengthPrefix {
        if (head < magic.length + width.octets) {
            throw new IllegalArgumentException("a head of " + head + " has no room for the length");
        }
    }

    /// Frames of a length and so many octets behind it.
    public static LengthPrefix of(Width width) {
        return new LengthPrefix(new byte[0], width, width.octets, false);
    }

    /// The same behind a magic text (Latin-1).
    public LengthPrefix behind(String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        return new LengthPrefix(octets, width, head - magic.length + octets.length, countsHead);
    }

    /// The same with a head of so many octets in all.
    public LengthPrefix head(int octets) {
        return new LengthPrefix(magic, width, octets, countsHead);
    }

    /// The same where the length counts the head as well.
    public LengthPrefix countingHead() {
        return new LengthPrefix(magic, width, head, true);
    }

    @Override
    public Cut cut(Bytes bytes) {
        for (int i = 0; i < Math.min(magic.length, bytes.length()); i++) {
            if (bytes.peek(i) != (magic[i] & 0xff)) {
                return new Cut.Malformed("no frame begins here");
            }
        }
        if (bytes.length() < magic.length + width.octets) {
            return new Cut.Need(magic.length + width.octets);
        }
        long length = width.read(bytes, magic.length);
        long body = countsHead ? length - head : length;
        return body < 0
                ? new Cut.Malformed("a length of " + length + " is shorter than its own head")
                : new Cut.Whole(head, body, 0);
    }

    /// Behind a gap, the first place where the magic stands; without one a length looks like
    /// anything.
    @Override
    public int resume(Bytes piece) {
        if (magic.length == 0) {
            return -1;
        }
        int at = piece.indexOf(magic[0], 0);
        while (at >= 0 && !stands(piece, at)) {
            at = piece.indexOf(magic[0], at + 1);
        }
        return at;
    }

    private boolean stands(Bytes piece, int at) {
        int base = piece.base() + at;
        return piece.length() - at >= magic.length
                && Arrays.equals(piece.array(), base, base + magic.length, magic, 0, magic.length);
    }
}
