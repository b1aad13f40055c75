package io.hark.parse.quic;

import io.hark.bytes.Bytes;
import io.hark.format.quic.QuicVersion;
import org.jspecify.annotations.Nullable;

/// The hello of Google's own handshake, from before QUIC spoke TLS: which server, which browser.
///
/// ```
/// "CHLO" · tags 2 (little endian) · padding 2 · tag 4, end 4 (little endian) each · values
/// ```
///
/// *Source*: Google's *QUIC Crypto* (2016), "Handshake messages".
///
/// @param serverName which server
/// @param userAgent which browser
record GoogleHello(@Nullable String serverName, @Nullable String userAgent) {

    private static final int MAX_TAGS = 128; // of one hello, as the reference has it
    private static final int MAX_LOOKED = 64; // octets of header before the hello
    private static final int MAX_VALUE = 256; // octets of a name
    private static final int HEADER = 8;
    private static final int ENTRY = 8;

    /// Whether `in` is a packet of the old form, with its version.
    static boolean isAt(Bytes in) {
        return (in.peek(0) & 9) == 9 && QuicVersion.isGoogle(in.peekU32(9));
    }

    /// The hello that begins within [#MAX_LOOKED] octets from `from` on; null where none does. Does
    /// not move.
    static @Nullable GoogleHello find(Bytes in, int from) {
        int at = from;
        for (int i = 0; i < MAX_LOOKED; i++) {
            at = in.indexOf('C', at);
            if (at < 0 || at > from + MAX_LOOKED) {
                return null;
            }
            if (in.looksAt(at, "CHLO")) {
                return read(in, at);
            }
            at++;
        }
        return null;
    }

    private static @Nullable GoogleHello read(Bytes in, int at) {
        int tags = Integer.reverseBytes(in.peekU16(at + 4)) >>> 16;
        if (tags == 0 || tags > MAX_TAGS) {
            return null;
        }
        int values = at + HEADER + tags * ENTRY;
        String name = null;
        String agent = null;
        long from = 0;
        for (int i = 0; i < tags; i++) {
            int entry = at + HEADER + i * ENTRY;
            long to = Integer.toUnsignedLong(Integer.reverseBytes((int) in.peekU32(entry + 4)));
            if (to < from || to > in.length()) {
                break;
            }
            int end = (int) Math.min(to, from + MAX_VALUE);
            if (in.looksAt(entry, "SNI\0")) {
                name = in.ascii(values + (int) from, values + end);
            } else if (in.looksAt(entry, "UAID")) {
                agent = in.ascii(values + (int) from, values + end);
            }
            from = to;
        }
        return new GoogleHello(name, agent);
    }
}
