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
/// *Thread*: one owner. *Errors*: what cannot be written costs the frames of its section and an
/// [IOException]; the archive goes on with the next.
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
    private long lost;
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
        for (Path there : KeptPackets.files(folder)) { // of a run before: they count, and stay
            files.add(there);
            kept += size(there);
            numbered = 1 + KeptPackets.number(there);
        }
    }

    private static long size(Path file) throws IOException {
        Path beside = KeptPackets.indexOf(file);
        return Files.size(file) + (Files.exists(beside) ? Files.size(beside) : 0);
    }

    /// Keeps the frames of a chunk.
    ///
    /// @throws IOException if some of them could not be kept
    public void add(Chunk chunk) throws IOException {
        IOException failure = null;
        for (int i = 0; i < chunk.frames(); i++) {
            try {
                add(chunk, i);
            } catch (IOException e) {
                failure = e; // the next section may find room
            }
        }
        if (failure != null) {
            throw failure;
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
        shardCount = distinct();
        int[] its = Arrays.copyOf(shards, shardCount);
        shardCount = 0;
        boolean isWell = false;
        try {
            FileChannel to = fileFor(written.length);
            long offset = to.position();
            keep(to, offset, written, its);
            isWell = true;
        } finally {
            lost += isWell ? 0 : done.frames();
        }
    }

    /// Writes a section and what the index says of it, or neither.
    private void keep(FileChannel to, long offset, byte[] written, int[] its) throws IOException {
        FileChannel beside = java.util.Objects.requireNonNull(index);
        long told = beside.position();
        byte[] about = new Section(offset, written.length, first, last, its).octets();
        try {
            write(to, written);
            write(beside, about);
        } catch (IOException e) {
            to.truncate(offset);
            beside.truncate(told);
            throw e;
        }
        kept += written.length + about.length;
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
        at = create(path);
        file = at;
        files.add(path);
        return at;
    }

    /// Deletes the oldest files until one more fits.
    private void makeRoom() throws IOException {
        while (!files.isEmpty() && kept + fileBytes > room) {
            Path oldest = files.remove();
            Path beside = KeptPackets.indexOf(oldest);
            kept -= size(oldest);
            Files.delete(oldest);
            Files.deleteIfExists(beside);
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
        return frames - lost;
    }

    /// Frames that could not be written.
    public long lost() {
        return lost;
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
