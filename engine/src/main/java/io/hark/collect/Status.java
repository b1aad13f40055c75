package io.hark.collect;

import io.hark.sensor.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a collector fares: `collect/status.json` in its lake, written anew every two seconds for who
/// asks from elsewhere.
///
/// *Units*: moments in nanoseconds since 1970 UTC, spans in nanoseconds.
///
/// @param at when it was written
/// @param pid of the process
/// @param started when the process began
/// @param isRunning whether it goes on; false when it has ended in order
/// @param journal what is on the way
/// @param listeners where it listens
/// @param sources who sends, in the order of their names
public record Status(
        long at,
        long pid,
        long started,
        boolean isRunning,
        OfJournal journal,
        List<OfListener> listeners,
        List<OfSource> sources) {

    /// The journal and what is behind it.
    ///
    /// @param held octets on the disk
    /// @param budget the most there may be
    /// @param behind how old what is read next is; 0 where all is read
    /// @param batch number of the last batch in the lake
    /// @param committed when that was; 0 for never
    /// @param damages how often a segment was broken
    /// @param trouble why it cannot be written; null where it can
    public record OfJournal(
            long held,
            long budget,
            long behind,
            long batch,
            long committed,
            long damages,
            @Nullable String trouble) {}

    /// A listener.
    ///
    /// @param port it is bound to; 0 for none
    /// @param connections now
    /// @param dropped by the kernel for want of room; -1 where nobody tells
    public record OfListener(
            String name, String kind, String address, int port, int connections, long dropped) {}

    /// A sender; counts are since it was first heard, but for those of bytes and losses, which are
    /// since the process began.
    ///
    /// @param rate records a second, of the last interval that was told
    /// @param skew the last line's own time before its coming; null where no line had one
    public record OfSource(
            String receiver,
            String source,
            String state,
            long lastSeen,
            long records,
            long bytes,
            double rate,
            long lag,
            @Nullable Long skew,
            long unread,
            long cut,
            long shed,
            long refused) {}

    /// Keeps its own copies.
    public Status {
        listeners = List.copyOf(listeners);
        sources = List.copyOf(sources);
    }

    private static Path file(Path lake) {
        return lake.resolve(Lake.COLLECTED).resolve("status.json");
    }

    /// Whether a collector ever said there how it fares.
    public static boolean isThere(Path lake) {
        return Files.exists(file(lake));
    }

    /// Reads what was last written.
    ///
    /// @throws IOException if there is nothing, or it is damaged
    public static Status read(Path lake) throws IOException {
        return StatusFile.read(file(lake), Status.class);
    }

    /// The same as text.
    public String json() {
        return StatusFile.json(this);
    }

    /// Puts it in the place of what was written before.
    void write(Path lake) throws IOException {
        StatusFile.write(file(lake), this);
    }
}
