package io.hark.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What an interface itself says that it lost: frames that came while its receive ring was full.
///
/// *Source*: `/sys/class/net/<interface>/statistics`, `rx_missed_errors` and `rx_fifo_errors`;
/// Linux only, 0 elsewhere. *Thread*: one at a time.
final class CardDrops {

    private final Path statistics;
    private final long before;

    /// Drops from now on.
    CardDrops(String name) {
        this.statistics = Path.of("/sys/class/net", name, "statistics");
        this.before = now();
    }

    /// Frames lost since it was made.
    long since() {
        return Math.max(0, now() - before);
    }

    private long now() {
        return read("rx_missed_errors") + read("rx_fifo_errors");
    }

    private long read(String counter) {
        try {
            return Long.parseLong(Files.readString(statistics.resolve(counter)).strip());
        } catch (IOException | NumberFormatException e) {
            return 0; // an interface that is gone, or a driver that does not tell
        }
    }
}
