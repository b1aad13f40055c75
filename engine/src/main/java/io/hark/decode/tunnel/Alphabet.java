package io.hark.decode.tunnel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Characters that stand for some bits each, the highest first: how tunnels write octets in names.
///
/// *Thread*: immutable, any thread.
final class Alphabet {

    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";

    /// iodine's, of the letters of either case and six digits.
    static final Alphabet BASE32 = new Alphabet("Base32", 5, LOWER + "012345", true);

    /// iodine's with a minus and a plus.
    static final Alphabet BASE64 = new Alphabet("Base64", 6, LOWER + UPPER + "-" + DIGITS + "+");

    /// iodine's with a minus and an underscore.
    static final Alphabet BASE64U = new Alphabet("Base64u", 6, LOWER + UPPER + "-" + DIGITS + "_");

    /// iodine's with the octets from `0xbc` to `0xfd`.
    static final Alphabet BASE128 = new Alphabet("Base128", 7, LOWER + UPPER + DIGITS + high());

    /// Base64 as it is elsewhere, without padding (RFC 4648 §4).
    static final Alphabet STANDARD64 = new Alphabet("Base64", 6, UPPER + LOWER + DIGITS + "+/");

    private final String name;
    private final int bits;
    private final byte[] values = new byte[256]; // -1 where a character stands for nothing

    private Alphabet(String name, int bits, String characters) {
        this(name, bits, characters, false);
    }

    private Alphabet(String name, int bits, String characters, boolean eitherCase) {
        this.name = name;
        this.bits = bits;
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < characters.length(); i++) {
            char c = characters.charAt(i);
            values[c] = (byte) i;
            if (eitherCase) {
                values[Character.toUpperCase(c)] = (byte) i;
            }
        }
    }

    private static String high() {
        StringBuilder high = new StringBuilder();
        for (char c = 0xbc; c <= 0xfd; c++) {
            high.append(c);
        }
        return high.toString();
    }

    /// As iodine calls it.
    String called() {
        return name;
    }

    /// What that character stands for, -1 for nothing.
    int value(byte character) {
        return values[character & 0xff];
    }

    /// Whether all of them stand for something.
    boolean has(byte[] characters, int from, int to) {
        for (int i = from; i < to; i++) {
            if (value(characters[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    /// The octets that the characters from `from` on are, bits that fill none left out; null if one
    /// of them stands for nothing.
    ///
    /// For example, `aaaq` in Base32 is `00 01`.
    byte @Nullable [] decode(byte[] characters, int from) {
        int length = Math.max(0, characters.length - from);
        byte[] octets = new byte[length * bits / 8];
        int held = 0;
        int holds = 0;
        int at = 0;
        for (int i = from; i < characters.length; i++) {
            int value = value(characters[i]);
            if (value < 0) {
                return null;
            }
            held = held << bits | value;
            holds += bits;
            if (holds >= 8) {
                holds -= 8;
                octets[at++] = (byte) (held >>> holds);
                held &= (1 << holds) - 1;
            }
        }
        return octets;
    }
}
