package io.hark.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/// Captures that appear in a folder, each when it is complete; those that are there already are
/// taken too.
///
/// A capture is complete when it was the same at two looks and either was not written for 30 s, or
/// another one of the folder was begun after its last write: a ring was rotated. When the end is
/// asked for, all are. Files that do not begin as a capture does, files whose names begin with a
/// dot and folders are passed over.
///
/// *Thread*: the reading thread's; [#stop] may come from any.
public final class WatchedFolder implements Arrivals {

    /// How long nobody wrote to a capture that is taken for complete.
    static final long QUIET_MILLIS = 30_000;

    private record Look(long size, long modifiedMillis) {}

    private final Path folder;
    private final LongSupplier millis;
    private final Map<Path, Look> waiting = new HashMap<>();
    private final Set<Path> taken = new HashSet<>();
    private volatile boolean stopped;
    private boolean over;

    /// Watches `folder`.
    ///
    /// @param millis the time, milliseconds since 1970 UTC
    public WatchedFolder(Path folder, LongSupplier millis) {
        this.folder = folder;
        this.millis = millis;
    }

    @Override
    public List<Path> ready() throws IOException {
        boolean last = stopped;
        Map<Path, Look> there = look();
        long now = millis.getAsLong();
        List<Path> ready =
                there.entrySet().stream()
                        .filter(one -> last || isComplete(one.getKey(), one.getValue(), there, now))
                        .sorted(
                                Comparator.<Map.Entry<Path, Look>>comparingLong(
                                                one -> one.getValue().modifiedMillis)
                                        .thenComparing(one -> one.getKey().toString()))
                        .map(Map.Entry::getKey)
                        .toList();
        taken.addAll(ready);
        waiting.clear();
        waiting.putAll(there);
        over = last;
        return ready;
    }

    private boolean isComplete(Path path, Look look, Map<Path, Look> there, long now) {
        if (!look.equals(waiting.get(path))) {
            return false;
        }
        if (now - look.modifiedMillis >= QUIET_MILLIS) {
            return true;
        }
        return there.entrySet().stream()
                .anyMatch(
                        other ->
                                !other.getKey().equals(path)
                                        && other.getValue().modifiedMillis > look.modifiedMillis
                                        && !waiting.containsKey(other.getKey()));
    }

    private Map<Path, Look> look() throws IOException {
        Map<Path, Look> there = new HashMap<>();
        try (var files = Files.list(folder)) {
            for (Path path : files.toList()) {
                if (taken.contains(path) || path.getFileName().toString().startsWith(".")) {
                    continue;
                }
                try {
                    BasicFileAttributes its = Files.readAttributes(path, BasicFileAttributes.class);
                    if (its.isRegularFile() && isCapture(path)) {
                        there.put(path, new Look(its.size(), its.lastModifiedTime().toMillis()));
                    }
                } catch (NoSuchFileException e) {
                    waiting.remove(path); // moved on while we looked
                }
            }
        }
        return there;
    }

    private static boolean isCapture(Path path) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(4);
        try (FileChannel file = FileChannel.open(path)) {
            file.read(head, 0);
        }
        return !head.hasRemaining() && Input.isKnown(head.array());
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public boolean isOver() {
        return over;
    }
}
