package io.hark.sensor;

import io.hark.Exporter.Plan;
import io.hark.bytes.TextBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files under `logs/`: made with their first row, so that a kind without rows has no file; one
/// that takes every kind is there from the start.
///
/// *Thread*: the merge's.
final class Logs implements AutoCloseable {

    private static final int BUFFER = 1 << 18;

    private static final class File {
        private final FileChannel out;
        private final Plan plan;
        private final byte[] buffer = new byte[BUFFER];
        private int used;
        private long rows; // in the buffer
        private long lost;
        private long latest = Long.MIN_VALUE;

        File(Path path, Plan plan) throws IOException {
            out =
                    FileChannel.open(
                            path,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
            this.plan = plan;
        }

        void open(long nanos) throws IOException {
            TextBuffer head = new TextBuffer(256);
            plan.open(nanos, head);
            write(head.array(), 0, head.size());
        }

        void write(byte[] text, int from, int to) throws IOException {
            int length = to - from;
            if (length > BUFFER - used) {
                flush();
            }
            if (length > BUFFER) {
                write(ByteBuffer.wrap(text, from, length));
            } else {
                System.arraycopy(text, from, buffer, used, length);
                used += length;
                rows++;
            }
        }

        void flush() throws IOException {
            int waiting = used;
            used = 0;
            write(ByteBuffer.wrap(buffer, 0, waiting));
        }

        /// Writes all of it or nothing: a row that is cut off would spoil the next one, too.
        private void write(ByteBuffer text) throws IOException {
            long before = out.position();
            long these = rows;
            rows = 0;
            try {
                while (text.hasRemaining()) {
                    out.write(text);
                }
            } catch (IOException e) {
                lost += these;
                out.truncate(before);
                throw e;
            }
        }

        void close() throws IOException {
            try (out) {
                TextBuffer foot = new TextBuffer(64);
                plan.close(latest, foot);
                write(foot.array(), 0, foot.size());
                flush();
            }
        }
    }

    private final Path folder;
    private final Formats formats;
    private final List<@Nullable File> files = new ArrayList<>();
    private long lost; // of files that are closed

    Logs(Path folder, Formats formats) {
        this.folder = folder;
        this.formats = formats;
    }

    /// Makes the files that are there even if nothing happens.
    void begin() throws IOException {
        for (String name : formats.always()) {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name), new byte[0]);
        }
    }

    /// Appends a row that was told at `nanos`.
    void row(int number, long nanos, byte[] text, int from, int to) {
        try {
            while (files.size() <= number) {
                files.add(null);
            }
            File file = files.get(number);
            if (file == null) {
                Files.createDirectories(folder);
                Plan plan = formats.filePlan(number);
                file = new File(folder.resolve(plan.file()), plan);
                files.set(number, file);
                file.open(nanos);
            }
            file.latest = Math.max(file.latest, nanos);
            file.write(text, from, to);
        } catch (IOException e) {
            lost++;
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

    /// Rows that could not be written.
    long lost() {
        return lost + files.stream().mapToLong(file -> file == null ? 0 : file.lost).sum();
    }

    @Override
    public void close() throws IOException {
        lost = lost();
        for (File file : files) {
            if (file != null) {
                file.close();
            }
        }
        files.clear();
    }
}
