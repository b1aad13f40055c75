package io.hark.collect;

import io.hark.config.Listener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Follows files: looks what they grew by, again and again, and goes on where an earlier process
/// left them.
///
/// A file that is renamed is read to its end before it is left; one that was renamed while nobody
/// looked is found by its inode among its neighbours. A name under which another file lies is
/// another file.
///
/// *Thread*: one of its own; [#look] is called by it alone.
final class Follower implements Receiver {

    private static final long EVERY_MILLIS = 500;
    private static final int FIND_EVERY = 8; // looks between two searches for new files

    private final Listener listener;
    private final Intake intake;
    private final Complaints complaints;
    private final FollowedPaths paths;
    private final Map<Path, FollowedFile> open = new LinkedHashMap<>();
    private final Map<String, FollowedFile> left = new HashMap<>(); // renamed, by inode
    private final Set<String> looked = new HashSet<>(); // inodes, for those renamed meanwhile
    private final Thread thread;
    private final ByteBuffer buffer = ByteBuffer.allocate(FollowedFile.BLOCK);
    private int looks;
    private boolean stopped; // under the lock of this object

    Follower(Listener listener, Intake intake, Complaints complaints) {
        this.listener = listener;
        this.intake = intake;
        this.complaints = complaints;
        this.paths = new FollowedPaths(listener.paths());
        this.thread = Thread.ofPlatform().name("hark-" + listener.name()).unstarted(this::run);
    }

    @Override
    public Listener listener() {
        return listener;
    }

    @Override
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            takeUpRenamed();
            while (!isStopped()) {
                if (!look()) {
                    rest();
                }
            }
            look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized void rest() throws InterruptedException {
        long until = System.nanoTime() + EVERY_MILLIS * 1_000_000;
        for (long left = EVERY_MILLIS; left > 0 && !stopped; ) {
            wait(left);
            left = (until - System.nanoTime()) / 1_000_000;
        }
    }

    /// Looks once at all files; answers whether any had grown.
    boolean look() throws InterruptedException {
        if (looks++ % FIND_EVERY == 0) {
            find();
        }
        long octets = 0;
        for (Iterator<FollowedFile> all = open.values().iterator(); all.hasNext(); ) {
            FollowedFile file = all.next();
            octets += poll(file, false);
            if (!isStill(file)) {
                all.remove();
                left.put(file.inode, file);
                looks = 0; // there may be another of that name
            }
        }
        for (Iterator<FollowedFile> all = left.values().iterator(); all.hasNext(); ) {
            FollowedFile file = all.next();
            long more = poll(file, false);
            octets += more;
            if (more == 0 && open.containsKey(file.path)) { // whoever wrote it writes the next one
                poll(file, true);
                close(file);
                all.remove();
            }
        }
        return octets > 0;
    }

    private boolean isStill(FollowedFile file) {
        try {
            return Files.exists(file.path) && FileIdentity.inode(file.path).equals(file.inode);
        } catch (IOException e) { // gone between two looks
            return false;
        }
    }

    private void find() {
        try {
            SortedSet<Path> found = paths.find();
            if (FollowedPaths.isFull(found)) {
                complaints.once(listener.name(), "there are more files than are followed", "");
            }
            for (Path path : found) {
                if (!open.containsKey(path)) {
                    open(path);
                }
            }
        } catch (IOException e) {
            complaints.once(listener.name(), "files cannot be looked for", String.valueOf(e));
        }
    }

    private void open(Path path) {
        try {
            String inode = FileIdentity.inode(path);
            boolean isOpen = // under another name: two names of one file are one
                    left.containsKey(inode)
                            || open.values().stream().anyMatch(one -> one.inode.equals(inode));
            if (!isOpen) {
                FollowedFile file = new FollowedFile(path, inode);
                resume(file);
                open.put(path, file);
            }
        } catch (IOException e) {
            complaints.once(listener.name(), "a file cannot be read", String.valueOf(e));
        }
    }

    private boolean resume(FollowedFile file) throws IOException {
        for (Marks.Mark mark : intake.marks().all().reversed()) {
            FileIdentity was = FileIdentity.parse(mark.stream());
            if (mark.receiver().equals(listener.name())
                    && was != null
                    && was.inode().equals(file.inode)
                    && file.resume(was, mark.mark())) {
                looked.add(file.inode);
                return true;
            }
        }
        return false;
    }

    /// Files that were followed and are called otherwise now: their rest is read.
    private void takeUpRenamed() {
        find();
        open.values().forEach(file -> looked.add(file.inode));
        for (Marks.Mark mark : intake.marks().all()) {
            FileIdentity was = FileIdentity.parse(mark.stream());
            if (mark.receiver().equals(listener.name()) && was != null && looked.add(was.inode())) {
                takeUp(Path.of(mark.source()), was.inode());
            }
        }
    }

    private void takeUp(Path was, String inode) {
        try {
            Path now = neighbour(was, inode);
            if (now == null) {
                return; // removed, or packed
            }
            FollowedFile file = new FollowedFile(was, inode, now);
            if (resume(file)) {
                left.put(inode, file);
            } else {
                file.close();
            }
        } catch (IOException e) {
            complaints.once(listener.name(), "a renamed file cannot be read", String.valueOf(e));
        }
    }

    private static @Nullable Path neighbour(Path of, String inode) throws IOException {
        Path folder = of.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return null;
        }
        try (var neighbours = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (Path one : neighbours) {
                if (FileIdentity.inode(one).equals(inode)) {
                    return one;
                }
            }
        }
        return null;
    }

    private long poll(FollowedFile file, boolean isLast) throws InterruptedException {
        try {
            return file.poll(buffer, isLast, (of, lines, read) -> take(file.path, of, lines, read));
        } catch (IOException e) {
            complaints.once(listener.name(), "a file cannot be read", String.valueOf(e));
            return 0;
        }
    }

    private void take(Path path, FileIdentity of, byte[] lines, long read)
            throws InterruptedException {
        Taken taken =
                new Taken(
                        Taken.LINES,
                        listener.name(),
                        path.toString(),
                        of.toString(),
                        read,
                        intake.now(),
                        lines);
        intake.journal().append(taken);
        intake.marks().put(taken);
    }

    private void close(FollowedFile file) {
        try {
            file.close();
        } catch (IOException e) {
            complaints.once(listener.name(), "a file cannot be closed", String.valueOf(e));
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        Ends.await(thread);
        open.values().forEach(this::close);
        left.values().forEach(this::close);
    }
}
