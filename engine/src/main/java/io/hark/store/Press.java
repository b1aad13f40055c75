package io.hark.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/// Compresses pages, and lends out the room in which they are made.
///
/// *Thread*: one owner, which may use it for one page at a time.
final class Press implements AutoCloseable {

    /// The page that is being made.
    final Octets page = new Octets(1 << 16);

    private static final int KEPT = 4 << 20; // room beyond this is given back after an unusual page

    private static final int WORTH =
            8; // less than an eighth saved is not worth reading through zstd ever after

    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private int[] ints = new int[1 << 10];
    private final long[] block = new long[Packing.BLOCK];
    private long[] longs = new long[1 << 10];

    Press(int level) {
        zstd.setLevel(level);
        zstd.setChecksum(false);
    }

    /// Room for `count` ints, valid until the next call.
    int[] ints(int count) {
        if (ints.length < count) {
            ints = new int[Math.max(count, ints.length * 2)];
        }
        return ints;
    }

    /// Room for `count` longs, valid until the next call.
    long[] longs(int count) {
        if (longs.length < count) {
            longs = new long[Math.max(count, longs.length * 2)];
        }
        return longs;
    }

    /// Room for one block of differences.
    long[] block() {
        return block;
    }

    /// Appends `header` and the compressed page to `out`; starts a new page. Answers the page's
    /// length before compression, header included.
    ///
    /// @param compress whether to; the whole chunk does or does not
    int finish(Header header, boolean compress, Octets out) {
        int length = page.size();
        if (!compress) {
            int start = out.size();
            out.room(Header.MAX_BYTES + length);
            header.write(new Thrift(out), length, length);
            out.put(page);
            int headerLength = out.size() - start - length;
            release();
            return length + headerLength;
        }
        int bound = Math.toIntExact(Zstd.compressBound(length));
        // The header stands before the page but tells its length, so it gets the room it may need
        // and the page moves up.
        out.room(Header.MAX_BYTES + bound);
        int start = out.size();
        int body = start + Header.MAX_BYTES;
        int packed = zstd.compressByteArray(out.array(), body, bound, page.array(), 0, length);
        header.write(new Thrift(out), length, packed);
        int end = out.size();
        System.arraycopy(out.array(), body, out.array(), end, packed);
        out.advance(end + packed);
        release();
        return length + end - start;
    }

    /// Whether the page gets shorter by compression by so much that it pays: random numbers, packed
    /// differences do not.
    boolean pays() {
        int length = page.size();
        int bound = Math.toIntExact(Zstd.compressBound(length));
        byte[] array = page.room(bound);
        int packed = zstd.compressByteArray(array, length, bound, array, 0, length);
        return length - packed >= length / WORTH;
    }

    private void release() {
        page.clear();
        page.shrink(KEPT);
    }

    @Override
    public void close() {
        zstd.close();
    }

    /// The header of a page.
    ///
    /// @param values how many values and absences it holds
    /// @param encoding of the values
    /// @param dictionary whether it is the dictionary
    record Header(int values, int encoding, boolean dictionary) {

        /// The most octets a header takes: seven numbers of five octets, with their fields.
        static final int MAX_BYTES = 64;

        private void write(Thrift thrift, int length, int packed) {
            thrift.struct().i32(1, dictionary ? 2 : 0).i32(2, length).i32(3, packed);
            if (dictionary) {
                thrift.struct(7).i32(1, values).i32(2, encoding).end();
            } else {
                thrift.struct(5)
                        .i32(1, values)
                        .i32(2, encoding)
                        .i32(3, Format.RLE)
                        .i32(4, Format.RLE)
                        .end();
            }
            thrift.end();
        }
    }
}
