package io.hark.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing run of octets that text is written into, without a `String` in between.
///
/// *Thread*: one owner.
public final class TextBuffer {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int[] POWERS = {
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
    };

    private byte[] octets;
    private int size;

    /// A buffer with room for `capacity` octets at first.
    public TextBuffer(int capacity) {
        octets = new byte[capacity];
    }

    /// Makes room for `more` octets; answers the array, to be written at [#size] and closed with
    /// [#advance].
    public byte[] room(int more) {
        if (octets.length - size < more) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, Math.addExact(size, more)));
        }
        return octets;
    }

    /// Says that the octets up to `end` were written.
    public void advance(int end) {
        size = end;
    }

    /// The octets; valid up to [#size].
    public byte[] array() {
        return octets;
    }

    /// How many octets were written.
    public int size() {
        return size;
    }

    /// Starts anew, keeping the room.
    public void clear() {
        size = 0;
    }

    /// Appends one ASCII character.
    public TextBuffer put(char c) {
        room(1)[size++] = (byte) c;
        return this;
    }

    /// Appends octets.
    public TextBuffer put(byte[] more) {
        System.arraycopy(more, 0, room(more.length), size, more.length);
        size += more.length;
        return this;
    }

    /// Appends text in UTF-8, as it is.
    public TextBuffer put(String text) {
        return put(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Appends a decimal number.
    public TextBuffer number(long value) {
        byte[] out = room(20);
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                return put(Long.toString(value));
            }
            out[size++] = '-';
            value = -value;
        }
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        for (int i = size + digits - 1; i >= size; i--) {
            out[i] = (byte) ('0' + value % 10);
            value /= 10;
        }
        size += digits;
        return this;
    }

    /// Appends `value` with leading zeros, `digits` (at most 9) in all.
    public TextBuffer padded(int value, int digits) {
        byte[] out = room(digits);
        for (int i = digits - 1; i >= 0; i--) {
            out[size++] = (byte) ('0' + value / POWERS[i] % 10);
        }
        return this;
    }

    /// Appends nanoseconds as decimal seconds with six places (cut, not rounded): Zeek's `time` and
    /// `interval`.
    public TextBuffer seconds(long nanos) {
        if (nanos < 0) {
            put('-');
            nanos = -nanos;
        }
        return number(nanos / 1_000_000_000)
                .put('.')
                .padded((int) (nanos % 1_000_000_000 / 1000), 6);
    }

    /// Appends a floating point number with at most six places, as JSON has it; what is not finite
    /// becomes 0.
    public TextBuffer real(double value) {
        if (!Double.isFinite(value) || Math.abs(value) > 9e12) {
            return put(Double.isFinite(value) ? Double.toString(value) : "0");
        }
        long micros = Math.round(value * 1e6);
        if (micros < 0) {
            put('-');
            micros = -micros;
        }
        number(micros / 1_000_000);
        int rest = (int) (micros % 1_000_000);
        if (rest != 0) {
            put('.').padded(rest, 6);
            while (octets[size - 1] == '0') {
                size--;
            }
        }
        return this;
    }

    /// Appends a JSON string with its quotes (RFC 8259 §7). Lone surrogates become U+FFFD.
    public TextBuffer json(String text) {
        int length = text.length();
        byte[] out = room(length * 6 + 2);
        int at = size;
        out[at++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
                out[at++] = (byte) c;
            } else if (c == '"' || c == '\\') {
                out[at++] = '\\';
                out[at++] = (byte) c;
            } else if (c < 0x20 || c == 0x7f) {
                at = escape(out, at, c);
            } else {
                int point = text.codePointAt(i);
                i += Character.charCount(point) - 1;
                at = point(out, at, point);
            }
        }
        out[at++] = '"';
        size = at;
        return this;
    }

    /// Appends one character in UTF-8; of a lone surrogate U+FFFD.
    public TextBuffer point(int point) {
        size = point(room(4), size, point);
        return this;
    }

    private static int point(byte[] out, int at, int point) {
        if (point < 0x80) {
            out[at++] = (byte) point;
        } else if (point < 0x800) {
            out[at++] = (byte) (0xc0 | point >>> 6);
            out[at++] = (byte) (0x80 | point & 0x3f);
        } else if (point > 0xffff) {
            out[at++] = (byte) (0xf0 | point >>> 18);
            out[at++] = (byte) (0x80 | point >>> 12 & 0x3f);
            out[at++] = (byte) (0x80 | point >>> 6 & 0x3f);
            out[at++] = (byte) (0x80 | point & 0x3f);
        } else {
            int shown = Character.isSurrogate((char) point) ? 0xfffd : point;
            out[at++] = (byte) (0xe0 | shown >>> 12);
            out[at++] = (byte) (0x80 | shown >>> 6 & 0x3f);
            out[at++] = (byte) (0x80 | shown & 0x3f);
        }
        return at;
    }

    /// Appends the low `digits` (at most 8) hex digits of a number, lower case.
    public TextBuffer hex(int value, int digits) {
        byte[] out = room(digits);
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out[size++] = HEX[value >>> shift & 0xf];
        }
        return this;
    }

    /// Appends one octet as `\xhh`.
    public TextBuffer escaped(int octet) {
        byte[] out = room(4);
        out[size++] = '\\';
        out[size++] = 'x';
        out[size++] = HEX[octet >>> 4 & 0xf];
        out[size++] = HEX[octet & 0xf];
        return this;
    }

    /// Appends nanoseconds since 1970 as `2026-07-21T14:03:59.123456`, UTC, cut to microseconds.
    public TextBuffer time(long nanos) {
        long seconds = Math.floorDiv(nanos, 1_000_000_000L);
        long day = Math.floorDiv(seconds, 86_400L);
        int second = (int) Math.floorMod(seconds, 86_400L);
        // the Gregorian calendar repeats every 400 years; years begin with March, so that a leap
        // day ends one
        long shifted = day + 719_468; // days from 0000-03-01
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int fromMarch = (5 * dayOfYear + 2) / 153;
        int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        padded(year, 4).put('-').padded(month, 2).put('-');
        padded(dayOfYear - (153 * fromMarch + 2) / 5 + 1, 2).put('T');
        padded(second / 3600, 2).put(':').padded(second / 60 % 60, 2).put(':');
        return padded(second % 60, 2)
                .put('.')
                .padded((int) (Math.floorMod(nanos, 1_000_000_000L) / 1000), 6);
    }

    private static int escape(byte[] out, int at, char c) {
        out[at++] = '\\';
        switch (c) {
            case '\n' -> out[at++] = 'n';
            case '\r' -> out[at++] = 'r';
            case '\t' -> out[at++] = 't';
            default -> {
                out[at++] = 'u';
                out[at++] = '0';
                out[at++] = '0';
                out[at++] = HEX[c >>> 4];
                out[at++] = HEX[c & 0xf];
            }
        }
        return at;
    }

    /// Appends the low 48 bits as a hardware address, `aa:bb:cc:dd:ee:ff`.
    public TextBuffer mac(long bits) {
        for (int shift = 40; shift >= 0; shift -= 8) {
            int octet = (int) (bits >>> shift) & 0xff;
            byte[] out = room(3);
            out[size++] = HEX[octet >>> 4];
            out[size++] = HEX[octet & 0xf];
            if (shift > 0) {
                out[size++] = ':';
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return new String(octets, 0, size, StandardCharsets.UTF_8);
    }
}
