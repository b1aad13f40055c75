package io.hark.sensor;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files under `logs/`: made with their first row, so that a kind without rows has no file.
///
/// *Thread*: the merge's.
final class Logs implements AutoCloseable {

    private static final int BUFFER = 1 << 18;

    private static final class File {
        private final OutputStream out;
        private final byte[] buffer = new byte[BUFFER];
        private int used;

        File(Path path) throws IOException {
            out = Files.newOutputStream(path);
        }

        void write(byte[] text, int from, int to) throws IOException {
            int length = to - from;
            if (length > BUFFER - used) {
                out.write(buffer, 0, used);
                used = 0;
            }
            if (length > BUFFER) {
                out.write(text, from, length);
            } else {
                System.arraycopy(text, from, buffer, used, length);
                used += length;
            }
        }

        void flush() throws IOException {
            out.write(buffer, 0, used);
            used = 0;
        }

        void close() throws IOException {
            try (out) {
                flush();
            }
        }
    }

    private final Path folder;
    private final Formats formats;
    private final List<@Nullable File> files = new ArrayList<>();

    Logs(Path folder, Formats formats) {
        this.folder = folder;
        this.formats = formats;
    }

    /// Appends a row.
    void row(int number, byte[] text, int from, int to) {
        try {
            while (files.size() <= number) {
                files.add(null);
            }
            File file = files.get(number);
            if (file == null) {
                Files.createDirectories(folder);
                file = new File(folder.resolve(formats.fileName(number)));
                files.set(number, file);
            }
            file.write(text, from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes what waits, so that others see it.
    void flush() throws IOException {
        for (File file : files) {
            if (file != null) {
                file.flush();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (File file : files) {
            if (file != null) {
                file.close();
            }
        }
        files.clear();
    }
}
