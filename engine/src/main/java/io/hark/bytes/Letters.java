package io.hark.bytes;

import java.nio.charset.StandardCharsets;

/// A set of octets, such as the digits of a coding, and where long runs of them lie.
///
/// A run is found without looking at every octet: where the last one that it would need is not in
/// the set, all up to it is passed over.
///
/// For example, with the letters `abc` the run of three or more in `ab-abcc-` begins at 3 and ends
/// at 7.
public final class Letters {

    private final boolean[] in = new boolean[256];

    /// These letters (Latin-1).
    public Letters(String letters) {
        for (byte letter : letters.getBytes(StandardCharsets.ISO_8859_1)) {
            in[letter & 0xff] = true;
        }
    }

    /// Whether the octet is one of them.
    public boolean has(byte octet) {
        return in[octet & 0xff];
    }

    /// Where the next run of `least` letters or more begins, at `from` or behind; -1 if there is
    /// none.
    ///
    /// @param from where the octets begin, or what ended the run before
    public int run(byte[] octets, int from, int least) {
        int start = from;
        while (start + least <= octets.length) {
            int i = start + least - 1;
            while (i >= start && in[octets[i] & 0xff]) {
                i--;
            }
            if (i < start) {
                return start;
            }
            start = i + 1;
        }
        return -1;
    }

    /// Where the run that goes on at `from` ends.
    public int end(byte[] octets, int from) {
        int i = from;
        while (i < octets.length && in[octets[i] & 0xff]) {
            i++;
        }
        return i;
    }
}
