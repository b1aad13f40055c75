package io.hark.parse.smb;

import io.hark.bytes.Bytes;
import java.nio.charset.StandardCharsets;

/// Little-endian looks into a message, by offset from its start. What is not there is 0, or empty:
/// who needs to know compares lengths first.
final class Little {

    private static final int MAX_TEXT = 4096; // octets of a path: Windows has 32,767 at most
    private static final long TICKS_TO_1970 = 116_444_736_000_000_000L; // of 100 ns since 1601

    private Little() {}

    static int u8(Bytes in, int at) {
        return Math.max(0, in.peek(at));
    }

    static int u16(Bytes in, int at) {
        return Math.max(0, in.peek(at)) | Math.max(0, in.peek(at + 1)) << 8;
    }

    static long u32(Bytes in, int at) {
        return u16(in, at) | (long) u16(in, at + 2) << 16;
    }

    static long u64(Bytes in, int at) {
        return u32(in, at) | u32(in, at + 4) << 32;
    }

    /// A length or offset of 32 bits, one that is too large for any message cut.
    static int size(Bytes in, int at) {
        return (int) Math.min(u32(in, at), Integer.MAX_VALUE / 4);
    }

    /// UTF-16 text, or Latin-1 where it is not Unicode, without the zero at its end.
    static String text(Bytes in, int at, int length, boolean unicode) {
        int n = Math.min(Math.min(length, MAX_TEXT), in.length() - at);
        if (n <= 0 || at < 0) {
            return "";
        }
        byte[] octets = new byte[n];
        in.copyTo(at, octets, 0, n);
        var charset = unicode ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1;
        String text = new String(octets, charset);
        int end = text.indexOf(0);
        return end < 0 ? text : text.substring(0, end);
    }

    /// A time of Windows in nanoseconds since 1970; 0 for none.
    static long time(Bytes in, int at) {
        long ticks = u64(in, at);
        long since = ticks - TICKS_TO_1970;
        return ticks <= 0 || since > Long.MAX_VALUE / 100 || since < 0 ? 0 : since * 100;
    }
}
