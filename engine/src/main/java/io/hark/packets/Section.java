package io.hark.packets;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Where a section lies in its file, and what it has: one record of an index.
///
/// *Shape*, big-endian: octets of the record (4), offset in the file (8), octets there (4), times
/// of the earliest and latest frame (8 each), shards ascending (4 each), CRC-32C of all before it
/// (4).
///
/// @param offset where it begins in its file
/// @param length octets there, as they lie on the disk
/// @param first time of its earliest frame, nanoseconds
/// @param last time of its latest
/// @param shards of the packets in it, ascending, each once ([io.hark.wire.Chunk#eachShard])
record Section(long offset, int length, long first, long last, int[] shards) {

    /// The longest section there is: the longest frame, and what stands around it.
    static final int MAX_LENGTH = 1 << 28;

    private static final int FIXED = 4 + 8 + 4 + 8 + 8;
    private static final int CHECK = 4;

    /// Whether it may have packets of one of them.
    boolean mayHave(List<Sought> sought) {
        for (Sought one : sought) {
            if (one.first() <= last
                    && one.last() >= first
                    && Arrays.binarySearch(shards, one.shard()) >= 0) {
                return true;
            }
        }
        return false;
    }

    /// As it stands in an index.
    byte[] octets() {
        int size = FIXED + shards.length * 4 + CHECK;
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putInt(size).putLong(offset).putInt(length).putLong(first).putLong(last);
        for (int shard : shards) {
            out.putInt(shard);
        }
        CRC32C check = new CRC32C();
        check.update(out.array(), 0, out.position());
        return out.putInt((int) check.getValue()).array();
    }

    /// The record at the position of an index; null where none is whole: what was written last may
    /// be torn.
    ///
    /// @param index is read on where there is one
    static @Nullable Section next(ByteBuffer index) {
        int at = index.position();
        if (index.remaining() < FIXED + CHECK) {
            return null;
        }
        int size = index.getInt(at);
        if (size < FIXED + CHECK || size > index.remaining() || (size - FIXED - CHECK) % 4 != 0) {
            return null;
        }
        CRC32C check = new CRC32C();
        check.update(index.slice(at, size - CHECK));
        long offset = index.getLong(at + 4);
        int length = index.getInt(at + 12);
        if (index.getInt(at + size - CHECK) != (int) check.getValue()
                || offset < 0
                || length < 0
                || length > MAX_LENGTH) {
            return null;
        }
        int[] shards = new int[(size - FIXED - CHECK) / 4];
        index.slice(at + FIXED, shards.length * 4).asIntBuffer().get(shards);
        index.position(at + size);
        return new Section(offset, length, index.getLong(at + 16), index.getLong(at + 24), shards);
    }
}
