package io.hark.lake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The files of a lake that do not count: not yet, or no more. Taking some out of it and others
/// into it is one renaming, so whoever reads sees the old ones or the new ones and never both
/// (`docs/decisions/0011`).
///
/// *Shape*: `events/hidden`, a line with the version, then a line a file: the second since 1970
/// when it was hidden, a blank, its path below `events`.
///
/// @param version another one after each change
/// @param since by path, when it was hidden
record Hidden(long version, Map<String, Long> since) {

    private static final String FILE = "hidden";

    /// Keeps its own copy.
    Hidden {
        since = Map.copyOf(since);
    }

    /// What is hidden in that folder of events.
    static Hidden of(Path events) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(events.resolve(FILE));
        } catch (NoSuchFileException e) {
            return new Hidden(0, Map.of()); // nothing was ever exchanged
        }
        Map<String, Long> since = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int blank = line.indexOf(' ');
            since.put(line.substring(blank + 1), Long.parseLong(line.substring(0, blank)));
        }
        return new Hidden(Long.parseLong(lines.getFirst()), since);
    }

    /// Whether the file does not count.
    boolean has(Path file) {
        return since.containsKey(file.toString());
    }

    /// The next version, with some more hidden and others not.
    Hidden next(Map<String, Long> more, Iterable<String> others) {
        Map<String, Long> next = new TreeMap<>(since);
        others.forEach(next::remove);
        next.putAll(more);
        return new Hidden(version + 1, next);
    }

    /// Takes the place of what is there; when this returns, it is so for good.
    void write(Path events) throws IOException {
        StringBuilder text = new StringBuilder().append(version).append('\n');
        new TreeMap<>(since)
                .forEach((file, when) -> text.append(when).append(' ').append(file).append('\n'));
        Path begun = events.resolve(FILE + ".tmp");
        try (FileChannel out =
                FileChannel.open(
                        begun,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer octets = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (octets.hasRemaining()) {
                out.write(octets);
            }
            out.force(true);
        }
        Files.move(
                begun,
                events.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel names = FileChannel.open(events, StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
