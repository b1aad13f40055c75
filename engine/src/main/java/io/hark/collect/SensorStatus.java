package io.hark.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How a sensor that ships fares: `status.json` in its spool, written anew every two seconds for
/// who asks from elsewhere.
///
/// *Units*: moments in nanoseconds since 1970 UTC.
///
/// @param at when it was written
/// @param pid of the process
/// @param started when the process began
/// @param isRunning whether it goes on; false when it has ended in order
/// @param name the sensor's
/// @param to the collector
/// @param held octets in the spool
/// @param room the most there may be
/// @param rows events and carried pieces told since the spool began
/// @param acknowledged those up to which the collector has them
/// @param lost those that the spool gave up for want of room, since the process began
/// @param refused those that the collector could not read, since the process began
/// @param acknowledgedAt when the collector took something last; 0 for not in this process
/// @param trouble why nothing gets there; null where it does
/// @param capture how the capture fares
public record SensorStatus(
        long at,
        long pid,
        long started,
        boolean isRunning,
        String name,
        String to,
        long held,
        long room,
        long rows,
        long acknowledged,
        long lost,
        long refused,
        long acknowledgedAt,
        @Nullable String trouble,
        OfCapture capture) {

    private static final String FILE = "status.json";

    /// What came from the interfaces since the process began.
    ///
    /// @param source the interfaces
    /// @param frames taken
    /// @param octets of them
    /// @param kernelDrops frames that the kernel had no room for
    /// @param ringDrops that the ring had none for
    /// @param queueDrops that nobody took in time
    public record OfCapture(
            String source,
            long frames,
            long octets,
            long kernelDrops,
            long ringDrops,
            long queueDrops) {

        /// Nothing yet.
        static final OfCapture NONE = new OfCapture("", 0, 0, 0, 0, 0);
    }

    /// Whether a sensor ever said there how it fares.
    public static boolean isThere(Path spool) {
        return Files.exists(spool.resolve(FILE));
    }

    /// Reads what was last written.
    ///
    /// @throws IOException if there is nothing, or it is damaged
    public static SensorStatus read(Path spool) throws IOException {
        return StatusFile.read(spool.resolve(FILE), SensorStatus.class);
    }

    /// The same as text.
    public String json() {
        return StatusFile.json(this);
    }

    /// Puts it in the place of what was written before.
    void write(Path spool) throws IOException {
        StatusFile.write(spool.resolve(FILE), this);
    }
}
