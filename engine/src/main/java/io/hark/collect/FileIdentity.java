package io.hark.collect;

import io.hark.bytes.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which file it is, whatever it is called: where its inode is, and what it begins with. An inode
/// is used again, and a file that was copied away and emptied keeps its own.
///
/// *Shape*: as a stream of the journal, `DEVICE:INODE:LENGTH:DIGEST`; the digest is of the first
/// `LENGTH` octets, as many as there were when it was first read, 1024 at most.
///
/// @param inode device and inode
/// @param length octets that the digest is of
/// @param digest SHA-256 of them, in hex, the first half
record FileIdentity(String inode, int length, String digest) {

    /// Octets that a digest is of where there are so many.
    static final int MOST = 1024;

    private static final int DIGITS = 32;

    /// Device and inode of a file; what stands for it where the system has none.
    static String inode(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return "0:" + Files.getLastModifiedTime(file).toMillis();
        }
        Map<String, Object> of = Files.readAttributes(file, "unix:dev,ino");
        return of.get("dev") + ":" + of.get("ino");
    }

    /// The identity of an open file that is not empty.
    static FileIdentity of(String inode, FileChannel file) throws IOException {
        byte[] head = head(file, MOST);
        return new FileIdentity(inode, head.length, digest(head));
    }

    /// Reads what [#toString] wrote; null if it is none.
    static @Nullable FileIdentity parse(String text) {
        String[] parts = text.split(":", -1);
        return parts.length == 4 && parts[2].matches("[0-9]{1,4}")
                ? new FileIdentity(parts[0] + ":" + parts[1], Integer.parseInt(parts[2]), parts[3])
                : null;
    }

    /// Whether the open file still begins as this one did.
    boolean holds(FileChannel file) throws IOException {
        byte[] head = head(file, length);
        return head.length == length && digest(head).equals(digest);
    }

    /// Whether the file had less than a digest wants when it was looked at.
    boolean isShort() {
        return length < MOST;
    }

    private static byte[] head(FileChannel file, int most) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(most);
        while (head.hasRemaining()
                && file.read(head, head.position()) > 0) {} // to the end, or full
        return Arrays.copyOf(head.array(), head.position());
    }

    private static String digest(byte[] head) {
        return Digests.sha256Hex(head).substring(0, DIGITS);
    }

    @Override
    public String toString() {
        return inode + ":" + length + ":" + digest;
    }
}
