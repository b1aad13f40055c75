package io.hark.live;

import io.hark.Secret;
import io.hark.UserError;
import io.hark.format.tlscrypt.KeyLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What programs append to key logs while a wire is listened to.
///
/// Files are opened once, before privileges are given up; one that is cut is read from its
/// beginning again.
///
/// *Thread*: one owner, the reading thread.
public final class KeyLogTail implements AutoCloseable {

    /// Nothing to follow.
    public static final KeyLogTail NONE = new KeyLogTail(List.of());

    /// The most that is read of a file at once; what is left waits for the next time.
    private static final int MAX_READ = 1 << 20;

    private final List<Log> logs;

    private KeyLogTail(List<Log> logs) {
        this.logs = logs;
    }

    private static final class Log {
        private final String name;
        private final FileChannel file;
        private long position;

        Log(String name, FileChannel file) throws IOException {
            this.name = name;
            this.file = file;
            this.position = file.size();
        }
    }

    /// Follows those of the files that are key logs, or empty yet, from their ends on.
    ///
    /// @throws UserError if one cannot be read
    public static KeyLogTail of(List<Path> paths) {
        List<Log> logs = new ArrayList<>();
        for (Path path : paths) {
            try {
                if (Files.isRegularFile(path) && isLog(path)) {
                    logs.add(new Log(String.valueOf(path.getFileName()), FileChannel.open(path)));
                }
            } catch (IOException e) {
                throw new UserError("cannot follow " + path + ": " + e.getMessage(), e);
            }
        }
        return new KeyLogTail(logs);
    }

    private static boolean isLog(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            return file.size() == 0 || !KeyLog.parse(text(file, 0)).isEmpty();
        }
    }

    private static String text(FileChannel file, long from) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate((int) Math.min(MAX_READ, file.size() - from));
        int read = 0;
        while (octets.hasRemaining() && read >= 0) { // each turn reads some
            read = file.read(octets, from + octets.position());
        }
        return new String(octets.array(), 0, octets.position(), StandardCharsets.ISO_8859_1);
    }

    /// The secrets of the whole lines that were appended since the last call.
    public List<Secret> fresh() throws IOException {
        List<Secret> fresh = new ArrayList<>(0);
        for (Log log : logs) {
            long size = log.file.size();
            log.position = size < log.position ? 0 : log.position;
            if (size > log.position) {
                String text = text(log.file, log.position);
                int end = text.lastIndexOf('\n') + 1;
                log.position += end == 0 && text.length() == MAX_READ ? MAX_READ : end;
                Map<String, byte[]> lines = KeyLog.parse(text.substring(0, end));
                if (!lines.isEmpty()) {
                    fresh.add(new Secret(log.name, Secret.Kind.TLS_KEY_LOG, lines));
                }
            }
        }
        return fresh;
    }

    @Override
    public void close() throws IOException {
        for (Log log : logs) {
            log.file.close();
        }
    }
}
