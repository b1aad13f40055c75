package io.hark.collect;

import io.hark.schema.Codec;
import io.hark.schema.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One file of the journal.
///
/// ```
/// magic    8  "HARKJNL1"
/// piece    length 4 · CRC-32C of the row 4 · row, a [Taken] as [Codec] writes it
/// …
/// ```
///
/// Numbers are big endian. *Thread*: stateless.
final class Segment {

    /// Octets before the first piece.
    static final int HEAD = 8;

    /// Octets before the row of a piece.
    static final int PIECE_HEAD = 8;

    /// Octets of a piece at most: what a client posts at once, and some for names.
    static final int MAX_PIECE = (4 << 20) + (1 << 16);

    private static final byte[] MAGIC = "HARKJNL1".getBytes(StandardCharsets.US_ASCII);
    private static final String SUFFIX = ".journal";
    private static final Kind<Taken> KIND = Kind.of(Taken.class);

    private Segment() {}

    /// Where the segment of that number is.
    static Path file(Path dir, long number) {
        return dir.resolve("%016d%s".formatted(number, SUFFIX));
    }

    /// The numbers of the segments that are there, in order.
    static List<Long> all(Path dir) throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (var files = Files.newDirectoryStream(dir, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String number = name.substring(0, name.length() - SUFFIX.length());
                if (number.matches("[0-9]{16}")) {
                    numbers.add(Long.parseLong(number));
                }
            }
        }
        numbers.sort(null);
        return numbers;
    }

    /// A new segment, its head written; a file of that number is replaced.
    static FileChannel begin(Path dir, long number) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file(dir, number),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        write(channel, ByteBuffer.wrap(MAGIC), 0);
        Disk.flushFolder(dir);
        return channel;
    }

    /// Writes all of it at a place.
    static void write(FileChannel channel, ByteBuffer octets, long at) throws IOException {
        long to = at;
        while (octets.hasRemaining()) {
            to += channel.write(octets, to);
        }
    }

    /// A piece as it stands in a segment.
    ///
    /// @throws IllegalArgumentException if it is larger than a piece may be
    static byte[] piece(Taken taken) {
        byte[] row = Codec.write(KIND, taken);
        if (row.length > MAX_PIECE) {
            throw new IllegalArgumentException("a piece of " + row.length + " octets");
        }
        return ByteBuffer.allocate(PIECE_HEAD + row.length)
                .putInt(row.length)
                .putInt(crc(row, 0, row.length))
                .put(row)
                .array();
    }

    private static int crc(byte[] octets, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(octets, from, length);
        return (int) crc.getValue();
    }

    /// Whether the segment begins as one does.
    static boolean hasHead(FileChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        return channel.read(head, 0) == HEAD && java.util.Arrays.equals(head.array(), MAGIC);
    }

    /// The piece that begins at the buffer's position, which moves behind it; null, and nothing
    /// moves, where no whole and sound piece is.
    static @Nullable Taken next(ByteBuffer octets) {
        int length = octets.remaining() < PIECE_HEAD ? -1 : octets.getInt(octets.position());
        if (length < 0 || length > MAX_PIECE || octets.remaining() < PIECE_HEAD + length) {
            return null;
        }
        int at = octets.position() + PIECE_HEAD;
        int crc = octets.getInt(octets.position() + 4);
        byte[] row = new byte[length];
        octets.get(at, row);
        if (crc(row, 0, length) != crc) {
            return null;
        }
        octets.position(at + length);
        try {
            return Codec.read(KIND, row);
        } catch (IllegalArgumentException e) { // sound, and none of ours: a later Hark's, perhaps
            throw new IllegalStateException("the journal holds a row that is none of its own", e);
        }
    }
}
