package io.hark.format.hpack;

import io.hark.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Undoes the Huffman code of header strings.
///
/// The code is canonical, so that the length of each octet's code tells all of it.
///
/// *Source*: RFC 7541 §5.2, appendix B.
final class Huffman {

    private static final int SHORTEST = 5;
    private static final int LONGEST = 30; // bits
    private static final int END = 256; // the end-of-string symbol, of which padding is made
    private static final int MAX_PADDING = 7; // bits

    /// Bits of the code of each symbol, octets first, then the end: `A` for 5, `B` for 6 …
    private static final String LENGTHS =
            "ISXXXXXXXTZXXZXXXXXXXXZXXXXXXXXXBFFHIBDGFFDGDBBBAAABBBBBBBCDKBHF"
                    + "IBCCCCCCCCCCCCCCCCCCCCCCDCDIOIJBKABABABBBACCBBBABCBAABCCCCCKGJIX"
                    + "PRPPRRRSRSSSSSTSTTRSTSSSSQRSRSSTRQPRRSSQSRRTQRSSQQRQSRSSPRRRSRRS"
                    + "VVPORSRUVVVWWVTUOQVWWVWTQQVVXWWWPTPQRQQSRRUUTTVSVWVVWWWWWXWWWWWVZ";

    private static final int[] FIRST = new int[LONGEST + 2]; // the first code of each length
    private static final int[] PLACE = new int[LONGEST + 2]; // where its symbols begin
    private static final int[] SYMBOLS = new int[END + 1];

    static {
        int code = 0;
        int place = 0;
        for (int bits = SHORTEST; bits <= LONGEST; bits++) {
            FIRST[bits] = code;
            PLACE[bits] = place;
            for (int symbol = 0; symbol <= END; symbol++) {
                if (LENGTHS.charAt(symbol) - 'A' + SHORTEST == bits) {
                    SYMBOLS[place++] = symbol;
                    code++;
                }
            }
            code <<= 1;
        }
        PLACE[LONGEST + 1] = place;
    }

    private Huffman() {}

    /// The octets of the next `length` octets of code as Latin-1 text, or null where they are none.
    static @Nullable String read(Bytes in, int length) {
        byte[] out = new byte[length * 8 / SHORTEST + 1];
        int n = 0;
        int code = 0;
        int bits = 0;
        for (int i = 0; i < length; i++) {
            int octet = in.u8();
            for (int bit = 7; bit >= 0; bit--) {
                code = code << 1 | octet >>> bit & 1;
                bits++;
                int offset = code - FIRST[bits];
                if (bits >= SHORTEST && offset < PLACE[bits + 1] - PLACE[bits]) {
                    int symbol = SYMBOLS[PLACE[bits] + offset];
                    if (symbol == END) {
                        return null;
                    }
                    out[n++] = (byte) symbol;
                    code = 0;
                    bits = 0;
                } else if (bits == LONGEST) {
                    return null;
                }
            }
        }
        boolean padded = bits <= MAX_PADDING && code == (1 << bits) - 1;
        return padded ? new String(out, 0, n, StandardCharsets.ISO_8859_1) : null;
    }
}
