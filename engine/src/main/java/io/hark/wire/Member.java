package io.hark.wire;

import io.hark.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One capture of a [Timeline]: its reader while it is open, its chunk, and how it ended.
///
/// *Thread*: the timeline's.
final class Member {

    /// Bytes and frames of a member's chunk: small, since many may be open at once.
    private static final int BYTES = 1 << 17;

    private static final int MAX_FRAMES = 1 << 11;

    /// A clock that is ahead by more than this for one frame only was wrong for that frame.
    private static final long JUMP_NANOS = 3600L * 1_000_000_000L;

    /// How long a live one that is silent is waited for.
    private static final long HOLD_NANOS = 30L * 1_000_000_000L;

    private static final long[] NO_KEYS = {};

    /// What [#advance] found.
    enum State {
        /// A frame is there.
        READY,
        /// It is live, and nothing came.
        SILENT,
        /// Nothing more comes.
        OVER
    }

    final Path path;
    final int order;
    private final Layers nobodys;
    private @Nullable Reader reader;
    private @Nullable Chunk chunk;
    private int at;
    private long[] keys = NO_KEYS;
    private long last = Long.MIN_VALUE;
    private boolean live;
    private long silentSince;

    /// Time of the first frame, until it is opened.
    long firstNanos;

    // how it stands, and how it ended
    private Source.Status status = Source.Status.OPEN;
    private String trouble = "";
    private long taken;
    private long octetsAtOpening = -1;
    private long read;
    long size = -1;
    private Drops drops = Drops.NONE;
    private long countedSince;

    /// @param order its place among those of the same time
    Member(Path path, int order, Layers nobodys) {
        this.path = path;
        this.order = order;
        this.nobodys = nobodys;
    }

    /// Looks at its beginning: answers whether there is anything to read, and notes the time of the
    /// first frame. What can be read only once stays open.
    boolean peek() throws IOException {
        if (open() == State.OVER) {
            return false;
        }
        Chunk first = chunk;
        firstNanos = first == null || at >= first.frames ? Long.MIN_VALUE : first.ts[at];
        if (Input.isRepeatable(path)) {
            release();
            status = Source.Status.OPEN;
            trouble = "";
        }
        return true;
    }

    boolean isOpen() {
        return reader != null;
    }

    /// Opens it and reads the first frames.
    State open() throws IOException {
        try {
            Input input = Input.open(path);
            live = input.isLive();
            size = input.size();
            octetsAtOpening = Input.isRepeatable(path) ? Files.size(path) : -1;
            reader = new Reader(input, nobodys, BYTES, false);
        } catch (UserError e) {
            status = Source.Status.UNREADABLE;
            trouble = String.valueOf(e.getMessage());
            return State.OVER;
        }
        chunk = new Chunk(BYTES, Fragments.MAX_DATAGRAM, MAX_FRAMES);
        keys = new long[MAX_FRAMES];
        last = Long.MIN_VALUE;
        silentSince = System.nanoTime();
        return refill();
    }

    /// Reads on where the chunk is used up.
    State refill() throws IOException {
        Reader from = reader;
        Chunk into = chunk;
        if (from == null || into == null) {
            return State.OVER;
        }
        while (!into.isLast()) {
            from.fill(into);
            read = from.position();
            drops = from.drops();
            countedSince = from.countedSince();
            at = 0;
            if (into.frames > 0) {
                order(into);
                silentSince = System.nanoTime();
                return State.READY;
            }
            if (live && !into.isLast()) {
                return State.SILENT;
            }
        }
        close();
        return State.OVER;
    }

    /// Whether others still have to wait for it although it is silent.
    boolean holds() {
        return System.nanoTime() - silentSince < HOLD_NANOS;
    }

    /// Gives every frame the time it stands at in the timeline: never before the frame in front of
    /// it, and not behind a jump that the next frame takes back.
    private void order(Chunk of) {
        for (int i = 0; i < of.frames; i++) {
            long ts = of.ts[i];
            boolean alone =
                    last != Long.MIN_VALUE
                            && ts - last > JUMP_NANOS
                            && i + 1 < of.frames
                            && ts - of.ts[i + 1] > JUMP_NANOS;
            last = alone ? last : Math.max(last, ts);
            keys[i] = last;
        }
    }

    /// The time its next frame stands at.
    long key() {
        return keys[at];
    }

    /// Whether its next frame comes before that of `other`.
    boolean isBefore(Member other) {
        long mine = key();
        long its = other.isOpen() ? other.key() : other.firstNanos;
        return mine != its ? mine < its : order < other.order;
    }

    /// The chunk whose frame [#at] is next.
    Chunk chunk() {
        Chunk mine = chunk;
        if (mine == null) {
            throw new IllegalStateException(path + " is not open");
        }
        return mine;
    }

    int at() {
        return at;
    }

    /// The next frame was taken.
    State advance() throws IOException {
        taken++;
        return ++at < chunk().frames ? State.READY : refill();
    }

    private void release() throws IOException {
        Reader mine = reader;
        if (mine != null) {
            mine.close();
        }
        reader = null;
        chunk = null;
        keys = NO_KEYS;
    }

    void close() throws IOException {
        Reader mine = reader;
        if (mine != null) {
            status = mine.status();
            trouble = mine.trouble();
        }
        release();
    }

    /// Notes if somebody wrote to it after it was taken for complete.
    void verify() throws IOException {
        if (octetsAtOpening >= 0
                && status == Source.Status.OK
                && Files.exists(path)
                && Files.size(path) > octetsAtOpening) {
            status = Source.Status.DAMAGED;
            trouble = "it grew after it was read: what was written then is not in here";
        }
    }

    void stop() {
        Reader mine = reader;
        if (mine != null) {
            mine.stop();
        }
    }

    Source.Part part() {
        return new Source.Part(path.toString(), status, trouble, taken);
    }

    long read() {
        return read;
    }

    Drops drops() {
        return drops;
    }

    long countedSince() {
        return countedSince;
    }
}
