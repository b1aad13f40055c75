package io.hark.format.hpack;

import io.hark.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// Numbers and strings as header compression writes them.
///
/// *Source*: RFC 7541 §5; RFC 9204 §4.1 has the same.
final class Coding {

    /// The longest number: nobody counts headers or their octets beyond it.
    private static final int MAX_NUMBER = 1 << 24;

    private Coding() {}

    /// The number whose first `bits` bits are the low ones of `first`, an octet that has been read;
    /// a longer one than any that means something makes `in` malformed.
    ///
    /// For example, over `9a 0a` behind a `first` of `1f` with 5 bits: 1337.
    static int number(Bytes in, int first, int bits) {
        int most = (1 << bits) - 1;
        int value = first & most;
        if (value < most) {
            return value;
        }
        for (int shift = 0; shift <= 21; shift += 7) {
            int octet = in.u8();
            value += (octet & 0x7f) << shift;
            if (octet < 0x80) {
                if (value > MAX_NUMBER) {
                    break;
                }
                return value;
            }
        }
        in.fail("a number too long");
        return 0;
    }

    /// The string whose length begins with the low `bits` bits of `first`, the bit above telling
    /// whether it is in Huffman code; Latin-1, so that each character is an octet.
    static String string(Bytes in, int first, int bits) {
        int length = number(in, first, bits);
        if (length > in.remaining()) {
            in.fail("a string longer than its block");
            return "";
        }
        if ((first >>> bits & 1) == 0) {
            return in.ascii(length);
        }
        @Nullable String decoded = Huffman.read(in, length);
        if (decoded == null) {
            in.fail("a string that is no Huffman code");
            return "";
        }
        return decoded;
    }
}
