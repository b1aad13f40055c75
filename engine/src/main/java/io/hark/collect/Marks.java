package io.hark.collect;

import io.hark.schema.Stored;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far streams are read that can be asked again: files, and clients that count what they post.
///
/// *Thread*: any.
final class Marks {

    /// Streams that are remembered; that which was not read on for longest goes first. A folder of
    /// files that are rotated by the hour has 9,000 a year.
    private static final int MAX_STREAMS = 1 << 16;

    private final Map<Key, Mark> marks =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Mark> eldest) {
                    return size() > MAX_STREAMS;
                }
            };

    private record Key(String receiver, String stream) {}

    /// How far one stream is read.
    ///
    /// @param receiver name of the listener
    /// @param source whose stream it is
    /// @param stream what is counted in
    /// @param mark how far
    record Mark(String receiver, String source, String stream, long mark) implements Stored {}

    /// Remembers how far a stream is read with a piece.
    synchronized void put(Taken taken) {
        if (!taken.stream().isEmpty()) {
            put(new Mark(taken.receiver(), taken.source(), taken.stream(), taken.mark()));
        }
    }

    /// Remembers a mark.
    synchronized void put(Mark mark) {
        marks.put(new Key(mark.receiver, mark.stream), mark);
    }

    /// Where a stream is read to; null where it never was.
    synchronized @Nullable Mark get(String receiver, String stream) {
        return marks.get(new Key(receiver, stream));
    }

    /// All of them, that which was not read on for longest first.
    synchronized List<Mark> all() {
        return List.copyOf(marks.values());
    }
}
