package io.hark.cli;

import io.hark.bytes.Visible;
import io.hark.report.Units;
import io.hark.sensor.Analysis;
import java.util.Locale;
import java.util.function.LongSupplier;

/// One line on the error stream that tells how far the reading is, drawn again and again; nothing
/// where nobody watches.
///
/// *Thread*: any; one lock.
final class ProgressLine {

    private static final long QUIET_NANOS = 500_000_000L; // a run shorter than this needs no line
    private static final int NAME_COLUMNS = 30;

    private final Terminal terminal;
    private final LongSupplier clock;
    private String name = "";
    private long began;
    private boolean active;
    private boolean drawn;

    /// @param clock nanoseconds since some moment
    ProgressLine(Terminal terminal, LongSupplier clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    /// An input begins.
    synchronized void begin(String input) {
        name = Page.fit(Visible.line(input), NAME_COLUMNS);
        began = clock.getAsLong();
        active = true;
    }

    /// Draws how far it is.
    synchronized void tell(Analysis.Progress progress) {
        long passed = clock.getAsLong() - began;
        if (!active || !terminal.isErrShown() || passed < QUIET_NANOS) {
            return;
        }
        drawn = true;
        terminal.err()
                .print("\r" + Page.fit(line(progress, passed), terminal.columns() - 1) + "\033[K");
        terminal.err().flush();
    }

    private String line(Analysis.Progress progress, long passed) {
        StringBuilder line = new StringBuilder(name);
        double seconds = passed / 1e9;
        long size = progress.size();
        long position = progress.position();
        if (size > 0) {
            line.append(String.format(Locale.ROOT, "  %3d %%", 100 * position / size));
        }
        line.append(String.format(Locale.ROOT, "  %.0f MB/s", position / 1e6 / seconds));
        line.append("  ").append(Units.count(progress.frames(), "packet"));
        if (size > position && position > 0) {
            long left = Math.round((double) passed / position * (size - position));
            line.append("  ").append(Units.duration(left)).append(" left");
        }
        return line.toString();
    }

    /// The input is over: the line goes away.
    synchronized void end() {
        active = false;
        if (drawn) {
            terminal.err().print("\r\033[K");
            terminal.err().flush();
            drawn = false;
        }
    }
}
