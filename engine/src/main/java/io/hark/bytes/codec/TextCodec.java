package io.hark.bytes.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Bytes as digits of an alphabet, 4 to 7 bits a digit, high bits first: hex, base32, base64, and
/// what authors of C2 make of them by another alphabet.
///
/// Reading takes text with or without padding. Letters of an alphabet that has only one case are
/// read in both. Bits left over at the end are not looked at.
///
/// *Source*: RFC 4648; NetBIOS names RFC 1001 §14.1; iodine's alphabets `doc/proto_00000502.txt`.
public final class TextCodec implements Codec {

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";

    /// Hexadecimal, written in lower case.
    public static final TextCodec HEX = new TextCodec("hex", DIGITS + "abcdef", "");

    /// Base64, RFC 4648 §4.
    public static final TextCodec BASE64 =
            new TextCodec("base64", UPPER + LOWER + DIGITS + "+/", "=");

    /// Base64 for URLs, RFC 4648 §5, without padding.
    public static final TextCodec BASE64_URL =
            new TextCodec("base64url", UPPER + LOWER + DIGITS + "-_", "");

    /// Base32, RFC 4648 §6.
    public static final TextCodec BASE32 = new TextCodec("base32", UPPER + "234567", "=");

    /// Base32 with the extended hex alphabet, RFC 4648 §7.
    public static final TextCodec BASE32_HEX =
            new TextCodec("base32hex", DIGITS + "ABCDEFGHIJKLMNOPQRSTUV", "=");

    /// Two letters from `a` to `p` an octet: NetBIOS names in lower case.
    public static final TextCodec NETBIOS = new TextCodec("netbios", "abcdefghijklmnop", "");

    /// Two letters from `A` to `P` an octet: NetBIOS names.
    public static final TextCodec NETBIOS_UPPER = new TextCodec("netbiosu", "ABCDEFGHIJKLMNOP", "");

    private static final byte NO_DIGIT = -1;

    private final String name;
    private final byte[] alphabet;
    private final byte[] values = new byte[256];
    private final int bits;
    private final int padding;

    /// A coding of its own.
    ///
    /// @param name what it is called among layers
    /// @param alphabet its 16, 32, 64 or 128 digits in order (Latin-1)
    /// @param padding what the last group is filled up with, one character, or empty
    /// @throws IllegalArgumentException if that is no alphabet
    public TextCodec(String name, String alphabet, String padding) {
        this.name = name;
        this.alphabet = alphabet.getBytes(StandardCharsets.ISO_8859_1);
        this.padding = padding.isEmpty() ? -1 : padding.charAt(0);
        bits = Integer.numberOfTrailingZeros(alphabet.length());
        Arrays.fill(values, NO_DIGIT);
        for (int i = 0; i < this.alphabet.length; i++) {
            values[this.alphabet[i] & 0xff] = (byte) i;
        }
        if (bits < 4
                || bits > 7
                || alphabet.length() != 1 << bits
                || alphabet.chars().distinct().count() != alphabet.length()) {
            throw new IllegalArgumentException(
                    name + ": an alphabet has 16, 32, 64 or 128 characters, each once");
        }
        if (alphabet.equals(alphabet.toUpperCase(Locale.ROOT))) {
            alsoAs(alphabet.toLowerCase(Locale.ROOT));
        } else if (alphabet.equals(alphabet.toLowerCase(Locale.ROOT))) {
            alsoAs(alphabet.toUpperCase(Locale.ROOT));
        }
    }

    private void alsoAs(String other) {
        for (int i = 0; i < other.length(); i++) {
            int c = other.charAt(i);
            if (c < values.length && values[c] == NO_DIGIT) {
                values[c] = (byte) i;
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte @Nullable [] decode(byte[] text) {
        int length = text.length;
        while (length > 0 && (text[length - 1] & 0xff) == padding) {
            length--;
        }
        byte[] out = new byte[(int) ((long) length * bits / Byte.SIZE)];
        int held = 0;
        int have = 0;
        int at = 0;
        for (int i = 0; i < length; i++) {
            int value = values[text[i] & 0xff];
            if (value == NO_DIGIT) {
                return null;
            }
            held = held << bits | value;
            have += bits;
            if (have >= Byte.SIZE) {
                have -= Byte.SIZE;
                out[at++] = (byte) (held >> have);
                held &= (1 << have) - 1;
            }
        }
        return have >= bits ? null : out; // a digit that no octet needs
    }

    /// The same for text (Latin-1).
    public byte @Nullable [] decode(String text) {
        return decode(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public byte[] encode(byte[] octets) {
        int digits = (int) (((long) octets.length * Byte.SIZE + bits - 1) / bits);
        int group = Byte.SIZE / Integer.lowestOneBit(bits | Byte.SIZE); // digits of whole octets
        int length = padding < 0 ? digits : (digits + group - 1) / group * group;
        byte[] out = new byte[length];
        Arrays.fill(out, (byte) padding);
        int held = 0;
        int have = 0;
        int at = 0;
        for (byte octet : octets) {
            held = held << Byte.SIZE | octet & 0xff;
            have += Byte.SIZE;
            while (have >= bits) {
                have -= bits;
                out[at++] = alphabet[held >> have];
                held &= (1 << have) - 1;
            }
        }
        if (have > 0) {
            out[at] = alphabet[held << bits - have];
        }
        return out;
    }
}
