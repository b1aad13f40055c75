package io.hark.decode.plugx;

import io.hark.bytes.Bytes;
import io.hark.bytes.codec.Lznt1;
import io.hark.carry.frame.Frame;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a frame begins with.
///
/// *Shape*: 16 octets under the [KeyStream] of their own first four, read as they are on the wire,
/// little endian: those four, flags in 32 bits, the length of what follows in 16, its length once
/// decompressed in 16, and four octets more. What follows is under the same key, from the stream's
/// beginning unless the flags say that it goes on; and it is [LZNT1][Lznt1] unless they say that it
/// is not.
///
/// @param stream which key stream opens it
/// @param key what that begins at
/// @param order what the frame is about
/// @param number the same as it is on the wire
/// @param flags all of them
/// @param length of what follows, in octets
/// @param plainLength of that, once decompressed
record Header(
        KeyStream stream,
        int key,
        Order order,
        int number,
        int flags,
        int length,
        int plainLength) {

    /// Octets of it.
    static final int OCTETS = 16;

    private static final int AS_IT_IS = 0x0100_0000; // not compressed
    private static final int GOES_ON = 0x0200_0000; // under the header's stream
    private static final int ORDER = 0xffff;
    private static final int KNOWN = ORDER | AS_IT_IS | GOES_ON;

    /// The header at an offset of which 16 octets are there; null where neither stream makes one of
    /// them whose flags are all known, which is one chance in millions for anything else.
    static @Nullable Header at(Bytes bytes, int offset) {
        for (KeyStream stream : KeyStream.values()) {
            Header header = at(bytes, offset, stream);
            if (header != null) {
                return header;
            }
        }
        return null;
    }

    private static @Nullable Header at(Bytes bytes, int offset, KeyStream stream) {
        int from = bytes.base() + offset;
        byte[] octets = Arrays.copyOfRange(bytes.array(), from, from + OCTETS);
        int key = (int) Bytes.of(octets).leU32();
        stream.run(key, octets);
        Bytes plain = Bytes.of(octets);
        plain.skip(4);
        int flags = (int) plain.leU32();
        int length = plain.leU16();
        int plainLength = plain.leU16();
        Order order = Order.of(flags & ORDER);
        boolean fits =
                (flags & AS_IT_IS) == 0 ? length > 0 == plainLength > 0 : plainLength <= length;
        return order != null && (flags & ~KNOWN) == 0 && fits
                ? new Header(stream, key, order, flags & ORDER, flags, length, plainLength)
                : null;
    }

    /// What is in a frame that begins so; null where it does not decompress.
    byte @Nullable [] open(Frame frame) {
        byte[] body = frame.body();
        if ((flags & GOES_ON) != 0) {
            byte[] all = Arrays.copyOf(frame.head(), OCTETS + body.length);
            System.arraycopy(body, 0, all, OCTETS, body.length);
            stream.run(key, all);
            body = Arrays.copyOfRange(all, OCTETS, all.length);
        } else {
            body = body.clone();
            stream.run(key, body);
        }
        return (flags & AS_IT_IS) != 0 || body.length == 0
                ? body
                : new Lznt1(plainLength).decode(body);
    }
}
