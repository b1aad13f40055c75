package io.hark.collect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One file that is followed, open: hands over the whole lines it grew by. It stays open when it is
/// renamed, and is read from its beginning when it begins with something else than it did.
///
/// *Thread*: one owner.
final class FollowedFile implements AutoCloseable {

    /// Octets handed over at once; a line that is longer is handed over in parts.
    static final int BLOCK = 1 << 18;

    final Path path;
    final String inode;
    private final FileChannel file;
    private @Nullable FileIdentity identity; // null while it is empty
    private long read; // octets handed over

    /// Takes lines.
    interface Lines {

        /// Takes whole lines.
        ///
        /// @param read octets of the file up to behind them
        void lines(FileIdentity of, byte[] lines, long read) throws InterruptedException;
    }

    /// Opens a file.
    FollowedFile(Path path, String inode) throws IOException {
        this(path, inode, path);
    }

    /// Opens a file that has another name now.
    ///
    /// @param path what it was called, and still is in events
    /// @param now where it lies
    FollowedFile(Path path, String inode, Path now) throws IOException {
        this.path = path;
        this.inode = inode;
        this.file = FileChannel.open(now, StandardOpenOption.READ);
    }

    /// Goes on where it was left, if it is the file that it was.
    ///
    /// @return whether it is
    boolean resume(FileIdentity was, long mark) throws IOException {
        if (file.size() < mark || !was.holds(file)) {
            return false;
        }
        identity = was;
        read = mark;
        return true;
    }

    /// Hands over what there is.
    ///
    /// @param buffer of [#BLOCK] octets, for the time of the call
    /// @param isLast whether nothing is written to it any more: then its last line needs no end
    /// @return octets handed over
    long poll(ByteBuffer buffer, boolean isLast, Lines out)
            throws IOException, InterruptedException {
        long size = file.size();
        FileIdentity known = identity;
        if (known != null && (size < read || size > read && !known.holds(file))) {
            known = null; // it was emptied, and perhaps written anew
            identity = null;
            read = 0;
        }
        if (size == read) {
            return 0;
        }
        FileIdentity is =
                known == null || known.isShort() && size >= FileIdentity.MOST
                        ? FileIdentity.of(inode, file)
                        : known;
        identity = is;
        long before = read;
        while (read < size) { // what is written meanwhile is for the next time
            buffer.clear().limit((int) Math.min(BLOCK, size - read));
            int n = file.read(buffer, read);
            int whole = whole(buffer, n, isLast && read + n >= size);
            if (whole <= 0) {
                break;
            }
            read += whole;
            out.lines(is, Arrays.copyOf(buffer.array(), whole), read);
        }
        return read - before;
    }

    /// Octets up to behind the last end of a line; all, where it fills the buffer or is the last.
    private static int whole(ByteBuffer buffer, int n, boolean isEnd) {
        int end = lastEnd(buffer, n);
        return isEnd || n == BLOCK && end == 0 ? n : end;
    }

    private static int lastEnd(ByteBuffer buffer, int n) {
        int end = n;
        while (end > 0 && buffer.get(end - 1) != '\n') {
            end--;
        }
        return end;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
