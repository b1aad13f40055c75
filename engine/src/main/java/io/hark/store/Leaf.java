package io.hark.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One column of values in a file: collects a page of them, presses pages into the chunk of the row
/// group.
///
/// *Shape*: Parquet's data pages, version 1: [Levels], then values.
///
/// *Thread*: one owner.
abstract class Leaf {

    /// Values that a column has room for at first.
    static final int FIRST_ENTRIES = 64;

    private static final int KEPT_CHUNK = 1 << 20;

    final List<String> path;
    final int type;
    final Octets chunk = new Octets(256);
    final Group group;

    /// Values of the page so far.
    int count;

    private final Levels levels;
    private final boolean inList;
    private boolean compressed; // decided by the chunk's first page
    private long chunkLength; // before compression
    private long chunkEntries;
    private long chunkAbsences;
    private long held;
    private long filterAt; // where the chunk's Bloom filter is
    private int filterLength; // 0 if it has none

    Leaf(List<String> path, int type, int mostDefined, int mostRepeated, Group group) {
        this.path = path;
        this.type = type;
        this.levels = new Levels(mostDefined, mostRepeated);
        this.inList = levels.inList();
        this.group = group;
    }

    /// Notes an absence: of the value itself, of its list, or of what it stands in.
    final void absent(int repetition, int definition) {
        if (inList) {
            levels.absent(repetition, definition);
        } else {
            levels.absent(count);
        }
    }

    /// Notes where the next value stands.
    final void present(int repetition) {
        if (inList && levels.present(repetition)) {
            group.pageFull();
        }
    }

    /// Writes the values into the page; answers their encoding.
    abstract int encode(Press press);

    /// Writes the dictionary's values, and how many they are in [#dictionarySize].
    abstract void dictionary(Octets page);

    /// How many values the dictionary has that pages of this chunk use; 0 if none does.
    abstract int dictionarySize();

    /// Forgets dictionary and statistics, for the next chunk.
    abstract void nextChunk();

    /// Least and greatest value of the chunk as `PLAIN` has them; null where they are unknown or
    /// not worth their room.
    abstract byte @Nullable [][] bounds();

    /// Octets that values, indexes and buffers of the kind take.
    abstract long valuesHeld();

    /// Ends the page.
    final void endPage(Press press) {
        int entries = levels.entries(count);
        if (entries == 0) {
            return;
        }
        levels.write(count, press.page);
        // where all are absent: a page without values refers to no dictionary, for there is none
        int encoding = count == 0 ? Format.PLAIN : encode(press);
        if (chunkEntries == 0) {
            compressed =
                    encoding == Format.RLE_DICTIONARY // words compress, even if their numbers
                            // do not
                            || count == 0 // nothing to judge by yet
                            || press.pays();
        }
        chunkLength += press.finish(new Press.Header(entries, encoding, false), compressed, chunk);
        chunkEntries += entries;
        chunkAbsences += levels.absences();
        levels.clear();
        count = 0;
        long now = valuesHeld() + chunk.capacity() + levels.heldBytes();
        group.holds(now - held);
        held = now;
    }

    /// The values of the chunk that a Bloom filter is made of; null for a column without.
    @Nullable Filter filter() {
        return null;
    }

    /// Hands the chunk's Bloom filter to `out`, if it has one: before [#endChunk], which tells of
    /// it.
    ///
    /// @param at where in the file it will be
    final void writeFilter(long at, ChunkSink out) throws java.io.IOException {
        Filter filter = filter();
        filterLength = 0;
        if (filter != null && !filter.isEmpty()) {
            Octets octets = new Octets(1 << 10);
            filter.write(octets);
            out.write(octets);
            filterAt = at;
            filterLength = octets.size();
            filter.clear();
        }
    }

    /// Ends the chunk: hands dictionary page and data pages to `out`, describes them in `footer`,
    /// starts anew.
    ///
    /// @param at where in the file the chunk begins
    /// @return the length of the chunk before compression
    final long endChunk(long at, Press press, ChunkSink out, Thrift footer)
            throws java.io.IOException {
        endPage(press);
        int words = dictionarySize();
        long packed = chunk.size();
        long data = at;
        if (words > 0) {
            dictionary(press.page);
            Octets header = new Octets(press.page.size() + 64);
            chunkLength +=
                    press.finish(new Press.Header(words, Format.PLAIN, true), compressed, header);
            out.write(header);
            packed += header.size();
            data += header.size();
        }
        out.write(chunk);
        describe(footer, at, data, packed, words > 0);
        long length = chunkLength;
        chunk.clear();
        chunk.shrink(KEPT_CHUNK);
        chunkLength = 0;
        chunkEntries = 0;
        chunkAbsences = 0;
        nextChunk();
        return length;
    }

    private void describe(Thrift footer, long at, long data, long packed, boolean words) {
        footer.struct().i64(2, 0).struct(3).i32(1, type);
        footer.list(2, Thrift.I32, words ? 3 : 2).element(Format.RLE).element(plainEncoding());
        if (words) {
            footer.element(Format.RLE_DICTIONARY);
        }
        footer.list(3, Thrift.BINARY, path.size());
        for (String name : path) {
            footer.element(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        footer.i32(4, compressed ? Format.ZSTD : Format.UNCOMPRESSED)
                .i64(5, chunkEntries)
                .i64(6, chunkLength)
                .i64(7, packed)
                .i64(9, data);
        if (words) {
            footer.i64(11, at);
        }
        byte[][] bounds = bounds();
        footer.struct(12).i64(3, chunkAbsences);
        if (bounds != null) {
            footer.binary(5, bounds[1]).binary(6, bounds[0]);
        }
        footer.end();
        if (filterLength > 0) {
            footer.i64(14, filterAt).i32(15, filterLength);
        }
        footer.end().end();
    }

    /// The encoding of values without a dictionary.
    abstract int plainEncoding();

    /// Where a chunk goes.
    interface ChunkSink {
        void write(Octets octets) throws java.io.IOException;
    }

    /// What the leaves of one file tell it.
    interface Group {
        /// That a page grew to its bound: it ends with this row.
        void pageFull();

        /// That this many octets more (or fewer) are held in memory.
        void holds(long more);
    }
}
