package io.hark.packets;

import com.github.luben.zstd.Zstd;
import io.hark.wire.Chunk;
import io.hark.wire.Slice;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Keeps frames as they were captured, in the order in which they came.
///
/// A section is written once it is a megabyte long, holds two seconds, or nothing more comes for a
/// while; its record in the index follows it, so that a crash at any moment leaves files that are
/// found through up to the section that was being written.
///
/// *Thread*: one owner.
public final class PacketArchive implements Closeable {

    private static final int SECTION_BYTES = 1 << 20; // the least that is read for one connection
    private static final long SECTION_NANOS = 2_000_000_000L;
    private static final long FILE_BYTES = 256L << 20;
    private static final int FILES = 4; // at the least, where there is little room
    private static final int LEVEL = 1; // zstd's fastest: packing must not cost packets
    private static final int MAX_SHARDS = 1 << 16; // a section ends before it has more

    private final Path folder;
    private final boolean isPacked;
    private final long room;
    private final long fileBytes;
    private final Deque<Path> files = new ArrayDeque<>();
    private long kept; // octets of these files
    private long frames;
    private long filesDeleted;
    private int numbered;

    private @Nullable FileChannel file;
    private @Nullable FileChannel index;

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream(SECTION_BYTES * 2);
    private @Nullable Slice section;
    private long first;
    private long last;
    private int[] shards = new int[1 << 10];
    private int shardCount;

    /// An archive in that folder, which is made.
    ///
    /// @param isPacked whether sections are packed with zstd
    /// @param room the most octets it takes; the oldest files go first
    public PacketArchive(Path folder, boolean isPacked, long room) throws IOException {
        this(folder, isPacked, room, Math.clamp(room / FILES, SECTION_BYTES * 2L, FILE_BYTES));
    }

    /// The same with files of another size.
    PacketArchive(Path folder, boolean isPacked, long room, long fileBytes) throws IOException {
        this.fileBytes = fileBytes;
        this.folder = folder;
        this.isPacked = isPacked;
        this.room = room;
        Files.createDirectories(folder);
    }

    /// Keeps the frames of a chunk.
    public void add(Chunk chunk) throws IOException {
        for (int i = 0; i < chunk.frames(); i++) {
            add(chunk, i);
        }
        if (chunk.frames() == 0) { // silence: whoever looks shall see what there is
            endSection();
        }
    }

    private void add(Chunk chunk, int frame) throws IOException {
        long ts = chunk.ts(frame);
        if (section == null) {
            section = new Slice(octets);
            first = ts;
            last = ts;
        }
        section.write(chunk, frame);
        frames++;
        first = Math.min(first, ts);
        last = Math.max(last, ts);
        chunk.eachShard(frame, this::note);
        if (octets.size() >= SECTION_BYTES
                || last - first > SECTION_NANOS
                || shardCount >= MAX_SHARDS) {
            endSection();
        }
    }

    private void note(int shard) {
        if (shardCount > 0 && shards[shardCount - 1] == shard) {
            return; // most frames follow one of the same connection
        }
        if (shardCount == shards.length) {
            shardCount = distinct();
            if (shardCount > shards.length / 2) {
                shards = Arrays.copyOf(shards, shards.length * 2);
            }
        }
        shards[shardCount++] = shard;
    }

    /// Sorts the shards, each once.
    private int distinct() {
        Arrays.sort(shards, 0, shardCount);
        int n = 0;
        for (int i = 0; i < shardCount; i++) {
            if (n == 0 || shards[n - 1] != shards[i]) {
                shards[n++] = shards[i];
            }
        }
        return n;
    }

    private void endSection() throws IOException {
        Slice done = section;
        if (done == null) {
            return;
        }
        done.close();
        section = null;
        byte[] whole = octets.toByteArray();
        octets.reset();
        byte[] written = isPacked ? Zstd.compress(whole, LEVEL) : whole;
        FileChannel to = fileFor(written.length);
        long offset = to.position();
        write(to, written);
        shardCount = distinct();
        int[] its = Arrays.copyOf(shards, shardCount);
        shardCount = 0;
        FileChannel beside = index;
        if (beside != null) {
            byte[] told = new Section(offset, written.length, first, last, its).octets();
            write(beside, told);
            kept += told.length;
        }
        kept += written.length;
    }

    private FileChannel fileFor(int length) throws IOException {
        FileChannel at = file;
        if (at != null && at.position() + length <= fileBytes) {
            return at;
        }
        closeFile();
        makeRoom();
        Path path = folder.resolve("%06d.pcapng%s".formatted(numbered++, isPacked ? ".zst" : ""));
        index = create(KeptPackets.indexOf(path));
        files.add(path);
        file = create(path);
        return file;
    }

    /// Deletes the oldest files until one more fits.
    private void makeRoom() throws IOException {
        while (!files.isEmpty() && kept + fileBytes > room) {
            Path oldest = files.remove();
            Path beside = KeptPackets.indexOf(oldest);
            kept -= Files.size(oldest) + Files.size(beside);
            Files.delete(oldest);
            Files.delete(beside);
            filesDeleted++;
        }
    }

    private static FileChannel create(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static void write(FileChannel to, byte[] octets) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
    }

    /// Frames kept so far.
    public long frames() {
        return frames;
    }

    /// Files that had to go for newer ones.
    public long filesDeleted() {
        return filesDeleted;
    }

    private void closeFile() throws IOException {
        try (FileChannel packets = file;
                FileChannel beside = index) {
            file = null;
            index = null;
            if (packets != null && beside != null) {
                packets.force(true);
                beside.force(true);
            }
        }
    }

    @Override
    public void close() throws IOException {
        endSection();
        closeFile();
    }
}
