package io.hark.notify;

import io.hark.event.Finding.Severity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who was told of which finding, and how bad it was then: a line each, so that a restart tells
/// nobody again.
///
/// *Shape*: `TARGET FINDING SEVERITY`; a line that is none (a write was cut short) is passed over.
///
/// *Thread*: [#take] any, it is its own lock; [#write] and [#close] one owner.
final class Told implements AutoCloseable {

    private static final int MOST = 100_000; // some 10 MB; the oldest are forgotten

    private final LinkedHashMap<String, Severity> told = new LinkedHashMap<>();
    private final Path file;
    private FileChannel out;
    private int lines;

    private Told(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")) {
                read(line);
            }
        }
        this.out = rewritten();
    }

    static Told open(Path dir) throws IOException {
        Files.createDirectories(dir);
        return new Told(dir.resolve("told"));
    }

    private void read(String line) {
        int end = line.lastIndexOf(' ');
        for (Severity severity : Severity.values()) {
            if (end > 0 && line.substring(end + 1).equals(severity.name())) {
                remember(line.substring(0, end), severity);
            }
        }
    }

    private void remember(String key, Severity severity) {
        told.remove(key); // so that it is the youngest again
        told.put(key, severity);
        if (told.size() > MOST) {
            told.pollFirstEntry();
        }
    }

    private static String key(String target, String finding) {
        return target + ' ' + finding.replaceAll("[^\\x21-\\x7e]", "-");
    }

    /// Whether the target was not told of the finding yet, or when it was less bad; it is taken for
    /// told from now on.
    synchronized boolean take(String target, String finding, Severity severity) {
        @Nullable Severity before = told.get(key(target, finding));
        boolean isNews = before == null || before.compareTo(severity) < 0;
        if (isNews) {
            remember(key(target, finding), severity);
        }
        return isNews;
    }

    /// Writes it down.
    void write(String target, String finding, Severity severity) throws IOException {
        if (++lines > 2 * MOST) {
            out.close();
            out = rewritten();
        }
        append(out, key(target, finding) + ' ' + severity + '\n');
        out.force(false);
    }

    private synchronized FileChannel rewritten() throws IOException {
        Path begun = file.resolveSibling("told.begun");
        StringBuilder all = new StringBuilder();
        for (Map.Entry<String, Severity> one : told.entrySet()) {
            all.append(one.getKey()).append(' ').append(one.getValue()).append('\n');
        }
        try (FileChannel to =
                FileChannel.open(
                        begun,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            append(to, all.toString());
            to.force(true);
        }
        Files.move(
                begun, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        lines = told.size();
        return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    private static void append(FileChannel to, String text) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (octets.hasRemaining()) {
            to.write(octets);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
