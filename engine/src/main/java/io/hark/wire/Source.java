package io.hark.wire;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Where frames come from: a capture file ([Reader]), several as one timeline, a live interface.
///
/// The pipeline calls [#fill] again and again until a chunk says it is the last one. A source gives
/// each frame its *ordinal* by the chunk's first one, and shows it to its [Layers] once all of the
/// frame is in the chunk's memory.
///
/// A **live** source fills what has come and returns a chunk without frames after 100 ms at most of
/// silence, so that timers run: it sets the chunk's `prefixMaxNanos` to the time that no frame to
/// come lies before, as far as it can know, which is what timers fire on.
///
/// *Thread*: one owner, the reading thread; [#stop] may come from any, and the counters may be
/// looked at from any while it runs (they may lag a chunk behind).
public interface Source extends AutoCloseable {

    /// The longest a live source waits for a frame before it returns an empty chunk.
    long PATIENCE_NANOS = 100_000_000L;

    /// How a source ended, or that it did not yet.
    enum Status {
        /// More may come.
        OPEN,
        /// Read to the end.
        OK,
        /// Broken somewhere, read as far as it goes.
        DAMAGED,
        /// No format that is known.
        UNREADABLE
    }

    /// One of the inputs that a source reads.
    ///
    /// @param name as the user called it
    /// @param status how it ended
    /// @param trouble what was wrong, for a person; empty if nothing
    /// @param frames frames taken from it
    record Part(String name, Status status, String trouble, long frames) {}

    /// Makes an empty chunk for [#fill].
    static Chunk chunk() {
        return new Chunk();
    }

    /// Fills the chunk with the next frames; the last chunk says so. Any chunk may be empty.
    ///
    /// What is wrong with an input is no exception: it ends, and [#trouble] tells.
    void fill(Chunk chunk) throws IOException;

    /// Asks a source without an end of its own to end: the next chunks are the last ones. Others
    /// need not heed it. *Thread*: any.
    default void stop() {}

    /// What the user calls it: a file's path, an interface.
    String name();

    /// How the source ended.
    Status status();

    /// What was wrong, for a person; empty if nothing.
    String trouble();

    /// The inputs it reads, in the order they were named.
    default List<Part> parts() {
        return List.of(new Part(name(), status(), trouble(), frameCount()));
    }

    /// Where its frames are looked at, and what was counted there.
    Layers layers();

    /// Frames taken so far.
    long frameCount();

    /// Bytes of those frames on the wire, whether captured or not.
    long octetCount();

    /// Time of the earliest frame, or [Long#MAX_VALUE].
    long firstNanos();

    /// Time of the latest frame, or [Long#MIN_VALUE].
    long lastNanos();

    /// What was lost before it came here, as far as anybody tells.
    default Drops drops() {
        return Drops.NONE;
    }

    /// What else it counted, by the name that `case.json` and reports know it by.
    default Map<String, Long> counters() {
        return Map.of();
    }

    /// Bytes of the input read so far, for whoever watches.
    default long position() {
        return octetCount();
    }

    /// Bytes of the input in all, or -1 where that is not known.
    default long size() {
        return -1;
    }

    @Override
    void close() throws IOException;
}
