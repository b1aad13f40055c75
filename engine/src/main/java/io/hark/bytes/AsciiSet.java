package io.hark.bytes;

/// Which ASCII characters a text has: a text that lacks a letter of a word does not have the word,
/// and telling so costs one look at two numbers.
///
/// For example, `of("select 1").holdsAll(of("let"))` is true, `of("select 1").holdsAll(of("="))`
/// false. What is no ASCII is not in the set.
///
/// @param low bit n for character n
/// @param high bit n for character 64 + n
public record AsciiSet(long low, long high) {

    private static final long SPACES = 1L << ' ' | 0b11_1110L << 8; // and tab to carriage return

    /// The characters of `text`.
    public static AsciiSet of(String text) {
        long low = 0;
        long high = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 64) {
                low |= 1L << c;
            } else if (c < 128) {
                high |= 1L << c;
            }
        }
        return new AsciiSet(low, high);
    }

    /// Whether all of `others` are in it.
    public boolean holdsAll(AsciiSet others) {
        return (low & others.low) == others.low && (high & others.high) == others.high;
    }

    /// Whether white space is in it: space, tab, line feed, vertical tab, form feed, carriage
    /// return.
    public boolean holdsSpace() {
        return (low & SPACES) != 0;
    }
}
