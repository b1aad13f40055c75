package io.hark.store;

import java.util.Arrays;

/// The hashes of a chunk's values, and the Bloom filter that is made of them: what is looked for by
/// equality is looked for only in row groups that may have it.
///
/// *Shape*: blocks of eight words of 32 bits; a hash chooses a block by its upper half, and one bit
/// of every word of it by its lower half.
///
/// *Source*: Apache Parquet, `BloomFilter.md`.
///
/// *Thread*: one owner.
final class Filter {

    /// At the least, a value; twice as many at the most, since some readers take only powers of
    /// two. Of a hundred row groups without a value one or none is read in vain.
    private static final int VALUE_BITS = 10;

    private static final int WORDS = 8;
    private static final int BLOCK_BYTES = WORDS * Integer.BYTES;
    private static final int[] SALT = {
        0x47b6137b,
        0x44974d91,
        0x8824ad5b,
        0xa2b7289d,
        0x705495c7,
        0x2df1424b,
        0x9efc4947,
        0x5c6bfb31
    };

    private long[] hashes = new long[Leaf.FIRST_ENTRIES];
    private int count;

    /// Takes a value.
    void add(byte[] array, int start, int end) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        hashes[count++] = XxHash.of(array, start, end);
    }

    boolean isEmpty() {
        return count == 0;
    }

    void clear() {
        count = 0;
    }

    int heldBytes() {
        return hashes.length * Long.BYTES;
    }

    /// Appends header and blocks.
    void write(Octets out) {
        int blocks = blocks(count);
        int[] words = new int[blocks * WORDS];
        for (int i = 0; i < count; i++) {
            int block = (int) ((hashes[i] >>> 32) * blocks >>> 32) * WORDS;
            int key = (int) hashes[i];
            for (int word = 0; word < WORDS; word++) {
                words[block + word] |= 1 << (key * SALT[word] >>> 27);
            }
        }
        Thrift header = new Thrift(out);
        header.struct().i32(1, blocks * BLOCK_BYTES);
        choice(header, 2); // split blocks
        choice(header, 3); // XXH64
        choice(header, 4); // not compressed
        header.end();
        byte[] array = out.room(blocks * BLOCK_BYTES);
        int at = out.size();
        for (int word : words) {
            Octets.INT.set(array, at, word);
            at += Integer.BYTES;
        }
        out.advance(at);
    }

    /// The first and only choice that the format has.
    private static void choice(Thrift header, int field) {
        header.struct(field).struct(1).end().end();
    }

    private static int blocks(int values) {
        int needed = Math.ceilDiv(values * VALUE_BITS, BLOCK_BYTES * Byte.SIZE);
        return Math.max(1, Integer.highestOneBit(needed * 2 - 1));
    }
}
