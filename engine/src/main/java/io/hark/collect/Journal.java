package io.hark.collect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was taken and is not in the lake yet, or not with the collector, on the disk: pieces in
/// numbered segments.
///
/// Pieces are gathered in memory; a thread of its own writes and flushes a group of them, while the
/// next one gathers. A [JournalReader] sees what is flushed. Segments that are in the lake are
/// removed whole ([#release]).
///
/// A disk that fails is one that is full: no more is taken than fits into memory until a group goes
/// through. It is written again at the same place, so no piece is there twice.
///
/// *Thread*: any may append; see each method.
final class Journal implements AutoCloseable {

    /// Octets that gather at most while a group is on its way.
    private static final int MOST_GROUP = 8 << 20;

    private static final System.Logger LOG = System.getLogger(Journal.class.getName());

    private static final int MOST_SEGMENT = 64 << 20;
    private static final int SEGMENTS = 16; // a budget is freed in so many parts at least
    private static final int GROUPS = 4; // and a group takes no more of it than one in so many

    /// How long a group gathers where nobody waits for it: fewer flushes, and no less is safe that
    /// somebody was told is.
    private static final long GATHER_MILLIS = 20;

    private static final long RETRY_MILLIS = 1000; // a disk that failed is tried again

    private final Path dir;
    private final long budget;
    private final long segmentSize;
    private final long groupSize;
    private final Thread writer = Thread.ofPlatform().name("hark-journal").unstarted(this::write);

    // under the lock of this object
    private final ByteArrayOutputStream group = new ByteArrayOutputStream(1 << 16);
    private long appended; // pieces, since it was opened
    private long flushed;
    private Position end; // behind what is flushed
    private long held; // octets in segments
    private int onTheWay; // octets of the group that is being written
    private int waiting; // who wait for their piece to be flushed
    private @Nullable IOException trouble; // of the last group; null when it went well
    private boolean closed;
    private final Deque<Long> segments = new ArrayDeque<>();

    // the writer's
    private @Nullable FileChannel channel;
    private long number;
    private long length; // of the segment, as far as it is flushed

    private Journal(Path dir, long budget, List<Long> segments, Position end) throws IOException {
        this.dir = dir;
        this.budget = budget;
        this.segmentSize = Math.min(MOST_SEGMENT, budget / SEGMENTS);
        this.groupSize = Math.min(MOST_GROUP, budget / GROUPS);
        this.segments.addAll(segments);
        this.end = end;
        this.number = end.segment();
        for (long segment : segments) {
            held += Files.size(Segment.file(dir, segment));
        }
    }

    /// Opens the journal in a folder, which is made where it is not there: removes what is in the
    /// lake, and cuts off a torn tail.
    ///
    /// @param budget octets that its segments take at most
    /// @param committed how far it is in the lake
    static Journal open(Path dir, long budget, Position committed) throws IOException {
        Files.createDirectories(dir);
        List<Long> segments = Segment.all(dir);
        for (long old : List.copyOf(segments)) {
            if (old < committed.segment()) {
                Files.delete(Segment.file(dir, old));
                segments.remove(old);
            }
        }
        Position end = committed;
        if (!segments.isEmpty()) {
            long last = segments.getLast();
            long from = last == committed.segment() ? committed.offset() : 0;
            end = new Position(last, JournalReader.cutTail(Segment.file(dir, last), from));
        }
        Journal journal = new Journal(dir, budget, segments, end);
        journal.writer.start();
        return journal;
    }

    /// A reader of what is flushed, from a place that is [Position#START] or was told by a reader.
    JournalReader reader(Position from) {
        return new JournalReader(this, dir, from);
    }

    // ---- appending

    /// Appends a piece; waits while there is no room.
    ///
    /// @return what [#await] takes
    synchronized long append(Taken taken) throws InterruptedException {
        byte[] piece = Segment.piece(taken);
        while (!hasRoom(piece.length)) {
            wait();
        }
        return add(piece);
    }

    /// Appends a piece if there is room; answers whether there was.
    boolean offer(Taken taken) {
        byte[] piece = Segment.piece(taken);
        synchronized (this) {
            if (!hasRoom(piece.length)) {
                return false;
            }
            add(piece);
            return true;
        }
    }

    /// The same for who wants to wait for it: answers what [#await] takes, or -1 where there is no
    /// room.
    long tryAppend(Taken taken) {
        byte[] piece = Segment.piece(taken);
        synchronized (this) {
            return hasRoom(piece.length) ? add(piece) : -1;
        }
    }

    /// Appends a piece where what is new counts more than what is old: the oldest segments go for
    /// it. Waits for a disk that is slow, so long at most; answers whether it was appended.
    boolean push(Taken taken, long millis) throws InterruptedException, IOException {
        byte[] piece = Segment.piece(taken);
        while (isSpent(piece.length) && giveUpOldest()) {}
        long until = System.nanoTime() + millis * 1_000_000;
        synchronized (this) {
            for (long left = millis; !hasRoom(piece.length); ) {
                if (left <= 0) {
                    return false;
                }
                wait(left);
                left = (until - System.nanoTime()) / 1_000_000;
            }
            add(piece);
            return true;
        }
    }

    private boolean hasRoom(int octets) {
        return !closed
                && (group.size() == 0 || group.size() + octets <= groupSize)
                && !isSpent(octets);
    }

    /// Whether the budget leaves no room for so many octets.
    private synchronized boolean isSpent(int octets) {
        return held + onTheWay + group.size() + octets > budget;
    }

    /// Removes the oldest segment that is not being written; answers whether there was one. A
    /// reader that is in it reads it to its end.
    private boolean giveUpOldest() throws IOException {
        long oldest;
        synchronized (this) {
            if (segments.size() < 2) {
                return false;
            }
            oldest = segments.getFirst();
        }
        remove(oldest);
        return true;
    }

    private long add(byte[] piece) {
        group.writeBytes(piece);
        notifyAll();
        return ++appended;
    }

    /// Waits until a piece is flushed.
    ///
    /// @param millis how long at most
    /// @return whether it is
    synchronized boolean await(long ticket, long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        waiting++;
        notifyAll();
        try {
            while (flushed < ticket) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        } finally {
            waiting--;
        }
    }

    // ---- what is flushed

    /// Behind the last piece that is flushed. *Thread*: any.
    synchronized Position end() {
        return end;
    }

    /// Waits until something is flushed behind a place, or so long. *Thread*: the reader's.
    synchronized void awaitBehind(Position place, long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; left > 0 && end.compareTo(place) <= 0 && !closed; ) {
            wait(left);
            left = (until - System.nanoTime()) / 1_000_000;
        }
    }

    /// What is before that place is in the lake, or with whom it is sent to. *Thread*: the
    /// reader's.
    void release(Position committed) throws IOException {
        while (true) {
            long oldest;
            synchronized (this) {
                if (segments.isEmpty() || segments.getFirst() >= committed.segment()) {
                    return;
                }
                oldest = segments.getFirst();
            }
            remove(oldest);
        }
    }

    private synchronized void remove(long segment) throws IOException {
        if (!segments.remove(segment)) {
            return; // given up meanwhile
        }
        Path file = Segment.file(dir, segment);
        held -= Files.size(file);
        Files.delete(file);
        notifyAll();
    }

    /// The first segment behind that number, or 0. *Thread*: any.
    synchronized long segmentAfter(long segment) {
        return segments.stream().filter(one -> one > segment).findFirst().orElse(0L);
    }

    /// Octets on the disk. *Thread*: any.
    synchronized long held() {
        return held;
    }

    /// Why the last group could not be written; null where it could. *Thread*: any.
    synchronized @Nullable IOException trouble() {
        return trouble;
    }

    // ---- the writer

    private void write() {
        byte[] octets = new byte[0];
        long upTo = 0;
        try {
            while (true) {
                synchronized (this) {
                    if (octets.length == 0) {
                        gather();
                        if (group.size() == 0) {
                            return; // closed, and all is written
                        }
                        octets = group.toByteArray();
                        upTo = appended;
                        onTheWay = octets.length;
                        group.reset();
                        notifyAll();
                    } else if (closed) {
                        return; // the disk does not take it: it was never acknowledged
                    } else {
                        wait(RETRY_MILLIS);
                    }
                }
                if (flush(octets)) {
                    synchronized (this) {
                        flushed = upTo;
                        held += onTheWay;
                        onTheWay = 0;
                        trouble = null;
                        end = new Position(number, length);
                        notifyAll();
                    }
                    octets = new byte[0];
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void gather() throws InterruptedException {
        while (group.size() == 0 && !closed) {
            wait();
        }
        long until = System.nanoTime() + GATHER_MILLIS * 1_000_000;
        for (long left = GATHER_MILLIS; left > 0 && isWorthWaiting(); ) {
            wait(left);
            left = (until - System.nanoTime()) / 1_000_000;
        }
    }

    /// Whether nobody waits for what is gathered, and more may come.
    private boolean isWorthWaiting() {
        return waiting == 0 && !closed && group.size() < groupSize / GROUPS;
    }

    /// Writes a group and flushes it; answers whether that went well.
    private boolean flush(byte[] octets) {
        try {
            FileChannel to = channel;
            if (to == null || length >= segmentSize) {
                to = next(to);
            }
            Segment.write(to, ByteBuffer.wrap(octets), length);
            to.force(false);
            length += octets.length;
            return true;
        } catch (IOException e) {
            failed(e);
            return false;
        }
    }

    private FileChannel next(@Nullable FileChannel before) throws IOException {
        if (before != null) {
            before.close();
        }
        channel = null;
        FileChannel begun = Segment.begin(dir, number + 1);
        number++;
        channel = begun;
        length = Segment.HEAD;
        synchronized (this) {
            segments.add(number);
            held += Segment.HEAD;
        }
        return begun;
    }

    private synchronized void failed(IOException why) {
        if (trouble == null) {
            LOG.log(System.Logger.Level.ERROR, "the journal cannot be written: " + why);
        }
        trouble = why;
    }

    /// Writes what has gathered, and ends. *Thread*: any; nobody appends any more.
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        FileChannel last = channel;
        if (last != null) {
            last.close();
        }
    }
}
