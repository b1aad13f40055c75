package io.hark.collect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// What has to be on the disk, and not only on its way there.
final class Disk {

    private Disk() {}

    /// Makes the names in a folder durable.
    static void flushFolder(@Nullable Path dir) throws IOException {
        if (dir == null || !dir.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return; // where a folder cannot be opened, its names are durable by themselves
        }
        try (FileChannel folder = FileChannel.open(dir, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /// Puts a file in the place of the one that is there: after a crash it is the old one or the
    /// new one, whole.
    static void replace(Path file, byte[] octets) throws IOException {
        Path begun = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel =
                FileChannel.open(
                        begun,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            Segment.write(channel, ByteBuffer.wrap(octets), 0);
            channel.force(true);
        }
        Files.move(
                begun, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        flushFolder(file.toAbsolutePath().getParent());
    }
}
