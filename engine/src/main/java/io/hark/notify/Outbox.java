package io.hark.notify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one target is still to be told: a file a notice, in the order in which they came.
///
/// *Lifetime*: a notice is on the disk, and so is its name, before [#put] comes back; it is there
/// until [#remove]. What is damaged is left out, under a name that is read no more.
///
/// *Thread*: any; it is its own lock.
final class Outbox {

    /// The most that waits, on the disk and in memory: some 20 MB of each. Whoever hears nothing
    /// for so long has lost the thread, and the case has them all.
    static final int MOST = 2_000;

    private static final String SUFFIX = ".json";
    private static final String DAMAGED = ".damaged";

    private final Path dir;
    private final TreeMap<Long, Notice> waiting = new TreeMap<>();
    private long next = 1;

    private Outbox(Path dir) {
        this.dir = dir;
    }

    /// Opens the folder, making it where it is not there yet.
    static Outbox open(Path dir) throws IOException {
        Files.createDirectories(dir);
        Outbox outbox = new Outbox(dir);
        List<Path> files;
        try (Stream<Path> all = Files.list(dir)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            outbox.take(file);
        }
        return outbox;
    }

    private void take(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (!name.matches("[0-9]{1,18}\\" + SUFFIX)) {
            return; // of one that was being written, or damaged
        }
        long number = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        next = Math.max(next, number + 1);
        Notice notice = Notice.read(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (notice == null) {
            Files.move(
                    file, file.resolveSibling(name + DAMAGED), StandardCopyOption.REPLACE_EXISTING);
        } else {
            waiting.put(number, notice);
        }
    }

    /// Keeps a notice.
    ///
    /// @return whether there was room
    synchronized boolean put(Notice notice) throws IOException {
        if (waiting.size() >= MOST) {
            return false;
        }
        long number = next++;
        Path begun = dir.resolve("begun");
        try (FileChannel file =
                FileChannel.open(
                        begun,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer octets = ByteBuffer.wrap(ascii(notice.stored()));
            while (octets.hasRemaining()) {
                file.write(octets);
            }
            file.force(true);
        }
        Files.move(begun, file(number), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(dir, StandardOpenOption.READ)) {
            folder.force(true); // the name, too
        }
        waiting.put(number, notice);
        return true;
    }

    /// JSON in which nothing but ASCII stands, so that a damaged file is no wrong UTF-8.
    private static byte[] ascii(String json) {
        StringBuilder out = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c < 0x80) {
                out.append(c);
            } else {
                out.append("\\u%04x".formatted((int) c));
            }
        }
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private Path file(long number) {
        return dir.resolve("%018d%s".formatted(number, SUFFIX));
    }

    /// What waits, by number, the oldest first.
    synchronized Map<Long, Notice> waiting() {
        return new TreeMap<>(waiting);
    }

    /// The oldest that waits.
    synchronized Map.@Nullable Entry<Long, Notice> oldest() {
        return waiting.firstEntry();
    }

    synchronized int size() {
        return waiting.size();
    }

    /// Forgets what was delivered or given up.
    synchronized void remove(long number) throws IOException {
        Files.deleteIfExists(file(number));
        waiting.remove(number);
    }
}
