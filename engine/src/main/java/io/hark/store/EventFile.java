package io.hark.store;

import io.hark.schema.Column;
import io.hark.schema.Kind;
import io.hark.schema.Stored;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One Parquet file of one kind and day. It is written under a temporary name and gets its own when
/// it is whole.
///
/// *Shape*: `PAR1`, row groups, footer (`FileMetaData`), its length, `PAR1`. Source: Apache
/// Parquet, `README.md`.
///
/// *Thread*: one owner.
final class EventFile<R extends Stored> implements Leaf.Group, Leaf.ChunkSink {

    /// What readers are told wrote the file.
    static final String CREATED_BY = "hark version 0.1.0";

    /// Rows of a row group: what DuckDB gives one thread at a time.
    static final int GROUP_ROWS = 1 << 17;

    /// Octets held by one file before its row group ends early.
    static final long GROUP_BYTES = 48L << 20;

    /// Octets after which a file is full, so that rewriting one never takes long.
    static final long FILE_BYTES = 1L << 30;

    private static final int SLICE =
            1 << 18; // heap memory is copied once more when written, in slices of this

    private final Kind<R> kind;
    private final Path file;
    private final Press press;
    private final List<Leaf> leaves = new ArrayList<>();
    private final Shredder shredder;
    private final Octets groups =
            new Octets(1 << 12); // the footer's list of row groups, without its count
    private final Thrift footer = new Thrift(groups);
    private @Nullable FileChannel channel;
    private int groupCount;
    private int groupRows;
    private int pageRows;
    private long rows;
    private long written;
    private long held;
    private boolean pageFull;

    EventFile(Kind<R> kind, Path file, Press press) {
        this.kind = kind;
        this.file = file;
        this.press = press;
        this.shredder = Shredder.of(kind, this, leaves);
    }

    void accept(R row) throws IOException {
        kind.access().read(row, shredder);
        groupRows++;
        if (++pageRows == Levels.PAGE_ROWS || pageFull) {
            for (Leaf leaf : leaves) {
                leaf.endPage(press);
            }
            pageRows = 0;
            pageFull = false;
            if (groupRows >= GROUP_ROWS || held > GROUP_BYTES) {
                endGroup();
            }
        }
    }

    /// Octets held in memory, as far as pages ended.
    long held() {
        return held;
    }

    /// Whether it is time for another file.
    boolean isFull() {
        return written > FILE_BYTES;
    }

    @Override
    public void pageFull() {
        pageFull = true;
    }

    @Override
    public void holds(long more) {
        held += more;
    }

    /// Writes what is held as a row group.
    void endGroup() throws IOException {
        if (groupRows == 0) {
            return;
        }
        if (channel == null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            channel =
                    FileChannel.open(
                            temporary(),
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING);
            write(Format.MAGIC, Format.MAGIC.length);
        }
        for (Leaf leaf : leaves) {
            leaf.writeFilter(written, this);
        }
        long start = written;
        long length = 0;
        footer.struct().list(1, Thrift.STRUCT, leaves.size());
        for (Leaf leaf : leaves) {
            length += leaf.endChunk(written, press, this, footer);
        }
        footer.i64(2, length).i64(3, groupRows).i64(5, start).i64(6, written - start).end();
        groupCount++;
        rows += groupRows;
        groupRows = 0;
        pageRows = 0;
        pageFull = false;
    }

    /// Rows taken so far.
    long rows() {
        return rows + groupRows;
    }

    /// Writes the rest: the file is whole, and has no name yet.
    void complete() throws IOException {
        endGroup();
        if (channel == null) {
            return;
        }
        Octets end = new Octets(groups.size() + (1 << 13));
        metadata(end);
        end.int32(end.size());
        end.put(Format.MAGIC, 0, Format.MAGIC.length);
        write(end);
    }

    /// Gives the file, which is whole, its name. *Thread*: one at a time, not the owner's only.
    ///
    /// @param isForced whether it is on the disk for good before it has its name, and the name
    ///   before this returns
    void settle(boolean isForced) throws IOException {
        FileChannel whole = channel;
        if (whole == null) {
            return;
        }
        if (isForced) {
            whole.force(true);
        }
        whole.close();
        Files.move(
                temporary(),
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        if (isForced) {
            Path day = file.toAbsolutePath().getParent();
            force(day);
            force(day == null ? null : day.getParent());
        }
    }

    private static void force(@Nullable Path folder) throws IOException {
        if (folder == null) {
            return; // the root has no name that could be lost
        }
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private void metadata(Octets out) {
        Thrift thrift = new Thrift(out);
        thrift.struct().i32(1, 1).list(2, Thrift.STRUCT, shredder.schemaSize() + 1);
        thrift.struct().text(4, kind.name()).i32(5, shredder.width()).end();
        shredder.describe(thrift);
        thrift.i64(3, rows).list(4, Thrift.STRUCT, groupCount);
        out.put(groups);
        List<Column> told =
                kind.columns().stream().filter(column -> !column.about().isEmpty()).toList();
        thrift.list(5, Thrift.STRUCT, told.size() + 1);
        thrift.struct().text(1, "about").text(2, kind.about()).end();
        for (Column column : told) {
            thrift.struct().text(1, "about:" + column.name()).text(2, column.about()).end();
        }
        thrift.text(6, CREATED_BY).list(7, Thrift.STRUCT, leaves.size());
        for (int i = 0; i < leaves.size(); i++) {
            thrift.struct().struct(1).end().end();
        }
        thrift.end();
    }

    /// Gives up: what was written under the temporary name goes.
    void discard() throws IOException {
        if (channel != null) {
            channel.close();
            Files.deleteIfExists(temporary());
        }
    }

    private Path temporary() {
        return file.resolveSibling(file.getFileName() + ".tmp");
    }

    @Override
    public void write(Octets octets) throws IOException {
        write(octets.array(), octets.size());
    }

    private void write(byte[] array, int length) throws IOException {
        FileChannel out = java.util.Objects.requireNonNull(channel);
        for (int at = 0; at < length; ) {
            at += out.write(ByteBuffer.wrap(array, at, Math.min(SLICE, length - at)));
        }
        written += length;
    }
}
