package io.hark.decode.poisonivy;

import io.hark.bytes.Bytes;
import io.hark.bytes.codec.BlockCipher;
import io.hark.bytes.codec.Lznt1;
import io.hark.carry.frame.Frame;
import io.hark.carry.frame.Framing;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a chunk begins with, once deciphered.
///
/// *Shape*: 32 octets, little endian: what it is about, which of the errands under way it belongs
/// to, how many octets follow, how many of them count, how many they are once decompressed, all in
/// 32 bits; how many there are of the whole errand in 64; four octets more. What follows is under
/// the same cipher, by itself, and [LZNT1][Lznt1] where the two last of the three sizes differ.
///
/// @param number what it is about
/// @param errand which one under way
/// @param octets that follow
/// @param counted of them
/// @param plain once decompressed
/// @param all of the whole errand
record Chunk(long number, long errand, int octets, int counted, int plain, long all) {

    /// Octets of it.
    static final int HEAD = 32;

    /// The longest chunk that is read, and the most that comes of it.
    static final int MAX_OCTETS = 1 << 20;

    private static final int BLOCK = 16;

    /// How chunks are marked off under a cipher.
    static Framing under(BlockCipher cipher) {
        return head -> {
            if (head.length() < HEAD) {
                return new Framing.Cut.Need(HEAD);
            }
            Chunk chunk =
                    of(Arrays.copyOfRange(head.array(), head.base(), head.base() + HEAD), cipher);
            return chunk == null
                    ? new Framing.Cut.Malformed("no head of a chunk under this password")
                    : new Framing.Cut.Whole(HEAD, chunk.octets, 0);
        };
    }

    /// The head in those octets, or null where its sizes cannot be.
    static @Nullable Chunk of(byte[] sealed, BlockCipher cipher) {
        byte[] opened = cipher.decode(sealed);
        if (opened == null) {
            return null;
        }
        Bytes head = Bytes.of(opened);
        long number = head.leU32();
        long errand = head.leU32();
        long octets = head.leU32();
        long counted = head.leU32();
        long plain = head.leU32();
        long all = head.leU32() | head.leU32() << Integer.SIZE;
        boolean fits =
                octets <= MAX_OCTETS
                        && octets % BLOCK == 0
                        && counted <= octets
                        && plain <= MAX_OCTETS;
        return fits
                ? new Chunk(number, errand, (int) octets, (int) counted, (int) plain, all)
                : null;
    }

    /// What is in a chunk that begins so; null where it does not decompress, or a gap took of it.
    byte @Nullable [] open(Frame frame, BlockCipher cipher) {
        byte[] opened = frame.missing() > 0 ? null : cipher.decode(frame.body());
        if (opened == null) {
            return null;
        }
        byte[] packed = Arrays.copyOf(opened, counted);
        return counted == plain ? packed : new Lznt1(plain).decode(packed);
    }
}
