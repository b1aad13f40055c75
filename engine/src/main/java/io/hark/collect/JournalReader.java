package io.hark.collect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Reads what is flushed of a journal, piece by piece.
///
/// A segment that is broken before its end is read to there; what is behind is counted as one
/// damage, and the next one follows.
///
/// *Thread*: one owner.
final class JournalReader implements AutoCloseable {

    private static final int FIRST_BUFFER = 1 << 20;
    private static final int MOST_BUFFER = Segment.PIECE_HEAD + Segment.MAX_PIECE;

    private final Journal journal;
    private final Path dir;
    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_BUFFER).flip();
    private @Nullable FileChannel channel;
    private Position position; // of what is next in the buffer
    private long damages;

    JournalReader(Journal journal, Path dir, Position from) {
        this.journal = journal;
        this.dir = dir;
        this.position = from;
    }

    /// Cuts a segment off behind its last whole piece; answers where that is.
    ///
    /// @param from a place between two pieces, or 0
    static long cutTail(Path segment, long from) throws IOException {
        try (FileChannel channel =
                FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (!Segment.hasHead(channel)) {
                channel.truncate(0);
                return 0;
            }
            long at = Math.max(from, Segment.HEAD);
            ByteBuffer octets = ByteBuffer.allocate(MOST_BUFFER).flip();
            while (fill(channel, octets, at + octets.remaining(), channel.size())) {
                for (Taken piece = Segment.next(octets);
                        piece != null;
                        piece = Segment.next(octets)) {
                    at = at(channel, octets);
                }
            }
            channel.truncate(at);
            channel.force(true);
            return at;
        }
    }

    /// Where in the file the buffer's position is, which was filled up to the channel's.
    private static long at(FileChannel channel, ByteBuffer octets) throws IOException {
        return channel.position() - octets.remaining();
    }

    /// Reads on into the buffer, up to `limit`; answers whether there was more.
    private static boolean fill(FileChannel channel, ByteBuffer octets, long from, long limit)
            throws IOException {
        octets.compact();
        octets.limit(
                (int) Math.min(octets.capacity(), octets.position() + Math.max(0, limit - from)));
        channel.position(from);
        int read = octets.hasRemaining() ? channel.read(octets) : 0;
        octets.flip();
        return read > 0;
    }

    /// The next piece, or null while there is none that is flushed.
    @Nullable Taken next() throws IOException {
        while (true) {
            Position end = journal.end();
            if (position.compareTo(end) >= 0) {
                return null;
            }
            FileChannel from = channel == null ? open() : channel;
            if (from == null) {
                if (!follow()) {
                    return null;
                }
                continue;
            }
            int before = buffer.position();
            Taken piece = Segment.next(buffer);
            if (piece != null) {
                position = moved(buffer.position() - before);
                return piece;
            }
            boolean isLast = position.segment() == end.segment();
            if (!more(from, isLast ? end.offset() : from.size()) && !leave(isLast, end)) {
                return null;
            }
        }
    }

    private Position moved(long by) {
        return new Position(position.segment(), position.offset() + by);
    }

    private boolean more(FileChannel from, long limit) throws IOException {
        if (buffer.remaining() == buffer.capacity() && buffer.capacity() < MOST_BUFFER) {
            buffer = ByteBuffer.allocate(MOST_BUFFER).put(buffer).flip();
        }
        return fill(from, buffer, position.offset() + buffer.remaining(), limit);
    }

    /// Goes on behind a segment that has no more; answers whether there is another.
    private boolean leave(boolean isLast, Position end) throws IOException {
        if (buffer.hasRemaining()) {
            damages++;
            buffer.clear().flip();
        }
        if (isLast) {
            position = end; // broken before the end, which is a place between two pieces
            return true;
        }
        return follow();
    }

    /// Opens the segment at hand; null where it cannot be read from there.
    private @Nullable FileChannel open() throws IOException {
        Path file = Segment.file(dir, position.segment());
        if (!Files.exists(file)) {
            return null;
        }
        FileChannel opened = FileChannel.open(file, StandardOpenOption.READ);
        if (!Segment.hasHead(opened)) {
            damages += opened.size() > 0 ? 1 : 0;
            opened.close();
            return null;
        }
        channel = opened;
        position = new Position(position.segment(), Math.max(position.offset(), Segment.HEAD));
        buffer.clear().flip();
        return opened;
    }

    private boolean follow() throws IOException {
        close();
        long next = journal.segmentAfter(position.segment());
        if (next == 0) {
            return false;
        }
        position = new Position(next, 0);
        return true;
    }

    /// Behind the last piece that was read: what was in segments before is not needed any more.
    Position position() {
        return position;
    }

    /// How often a segment was broken before its end.
    long damages() {
        return damages;
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
