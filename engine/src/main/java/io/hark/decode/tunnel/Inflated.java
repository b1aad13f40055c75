package io.hark.decode.tunnel;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// What a whole zlib stream holds, of which a tunnel makes one for each packet.
///
/// *Source*: RFC 1950; its checksum has to be right.
final class Inflated {

    /// The longest that is inflated: the longest IP packet behind the header of a tunnel device.
    static final int MAX = (1 << 16) + 4;

    private Inflated() {}

    /// The octets inside, or null if they are no whole stream or longer than [#MAX].
    static byte @Nullable [] of(byte[] octets) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(octets);
            byte[] out = new byte[Math.min(MAX, 4 * octets.length + 64)];
            int length = 0;
            while (true) {
                int n = inflater.inflate(out, length, out.length - length);
                length += n;
                if (inflater.finished()) {
                    return Arrays.copyOf(out, length);
                }
                if (n == 0 && length < out.length || length == MAX) {
                    return null; // it breaks off, or is too long
                }
                if (length == out.length) {
                    out = Arrays.copyOf(out, Math.min(MAX, 2 * length));
                }
            }
        } catch (DataFormatException e) {
            return null; // what the network sent is no zlib: the caller asks for that
        } finally {
            inflater.end();
        }
    }
}
