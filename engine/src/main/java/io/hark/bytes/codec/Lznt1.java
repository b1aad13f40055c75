package io.hark.bytes.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// LZNT1, the compression of NTFS and of `RtlCompressBuffer`.
///
/// *Shape*: chunks of up to 4,096 octets, each behind 16 bits, little endian: its length less one
/// in 12, three for the signature 3, one for whether it is compressed. In a compressed chunk a flag
/// octet, low bit first, says of the next eight things whether each is an octet as it is or 16 bits
/// of a pair: how far back in the chunk, and how long; the further into the chunk, the more bits
/// the first has. *Source*: MS-XCA §2.5. Writing makes no pairs: every chunk is as it is.
///
/// @param limit the most octets that come out
public record Lznt1(int limit) implements Codec {

    private static final int CHUNK = 4096;
    private static final int SIGNATURE = 3;
    private static final int COMPRESSED = 0x8000;
    private static final int SHORTEST = 3;

    @Override
    public String name() {
        return "lznt1";
    }

    @Override
    public byte @Nullable [] decode(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at + 2 <= octets.length) {
            int header = u16(octets, at);
            if (header == 0) {
                break; // the end of a buffer that is longer
            }
            int end = at + 2 + (header & 0xfff) + 1;
            if ((header >> 12 & 7) != SIGNATURE || end > octets.length) {
                return null;
            }
            byte[] chunk =
                    (header & COMPRESSED) != 0
                            ? chunk(octets, at + 2, end)
                            : Arrays.copyOfRange(octets, at + 2, end);
            if (chunk == null || out.size() + chunk.length > limit) {
                return null;
            }
            out.writeBytes(chunk);
            at = end;
        }
        return out.toByteArray();
    }

    private static byte @Nullable [] chunk(byte[] octets, int from, int end) {
        byte[] out = new byte[CHUNK];
        int done = 0;
        int at = from;
        while (at < end) {
            int flags = octets[at++] & 0xff;
            for (int i = 0; i < Byte.SIZE && at < end; i++) {
                if ((flags >> i & 1) == 0) {
                    if (done == CHUNK) {
                        return null;
                    }
                    out[done++] = octets[at++];
                    continue;
                }
                if (at + 2 > end || done == 0) {
                    return null;
                }
                int lengthBits = 12;
                for (int span = done - 1; span >= 16; span >>= 1) {
                    lengthBits--;
                }
                int pair = u16(octets, at);
                int back = (pair >> lengthBits) + 1;
                int length = (pair & (1 << lengthBits) - 1) + SHORTEST;
                if (back > done || done + length > CHUNK) {
                    return null;
                }
                for (int n = 0; n < length; n++, done++) {
                    out[done] = out[done - back];
                }
                at += 2;
            }
        }
        return Arrays.copyOf(out, done);
    }

    private static int u16(byte[] octets, int at) {
        return octets[at] & 0xff | (octets[at + 1] & 0xff) << 8;
    }

    @Override
    public byte[] encode(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < octets.length; at += CHUNK) {
            int length = Math.min(CHUNK, octets.length - at);
            int header = SIGNATURE << 12 | length - 1;
            out.write(header);
            out.write(header >> 8);
            out.write(octets, at, length);
        }
        return out.toByteArray();
    }
}
