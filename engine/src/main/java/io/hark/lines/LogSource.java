package io.hark.lines;

import io.hark.event.LogDraft;
import io.hark.event.LogEvent;
import io.hark.format.log.Heading;
import io.hark.format.log.LogLine;
import io.hark.format.log.Stamp;
import io.hark.format.log.Stamps;

/// Whose lines are read, and what has to be remembered from one of its lines to the next: their
/// number, the time of the last one, which one that tells none has too, and what it says about its
/// columns.
///
/// *Thread*: one owner.
public final class LogSource {

    private final String name;
    private final LogZones zones;
    private final Heading heading = new Heading();
    private Stamps stamps;
    private boolean isLive;
    private long lines; // behind the last record
    private long line; // where the record at hand began
    private long before;
    private boolean isTold;

    /// A source of which nothing was read yet.
    ///
    /// @param name what events call their input
    /// @param zones where the clocks stand of lines that do not tell
    public LogSource(String name, LogZones zones) {
        this.name = name;
        this.zones = zones;
        this.stamps = new Stamps(zones.ofInput(name), Long.MAX_VALUE);
    }

    /// The lines to come are of an input that was last written to at that time.
    public LogSource until(long nanos) {
        stamps = new Stamps(zones.ofInput(name), nanos);
        isLive = false;
        return this;
    }

    /// The lines to come were received at that time: it is when they are seen, whatever they tell.
    public LogSource received(long nanos) {
        stamps = new Stamps(zones.ofInput(name), nanos);
        isLive = true;
        return this;
    }

    /// So many lines of it were read before: in another process.
    public LogSource after(long lines) {
        this.lines = lines;
        return this;
    }

    /// Lines read so far.
    public long lines() {
        return lines;
    }

    /// What its log says about its columns.
    Heading heading() {
        return heading;
    }

    Stamps stamps() {
        return stamps;
    }

    /// The next record begins so many lines further.
    void next(long by) {
        lines += by;
        line = lines;
    }

    /// Behind the last record were so many lines more.
    void end(long more) {
        lines += more;
    }

    /// The event of the record at hand: gives it a time where the parser did not.
    ///
    /// @param follows whether it goes on where the record before ended, and so may have its time
    LogEvent event(LogLine of, LogDraft draft, boolean follows) {
        String told = time(of, draft, follows);
        if (isLive) {
            draft.seen(stamps.reference());
        }
        return draft.build(name, line, told, of.text());
    }

    /// Answers how the time is known.
    private String time(LogLine of, LogDraft draft, boolean follows) {
        Stamp stamp = of.header().stamp();
        if (draft.hasTime() || stamp != null) {
            if (!draft.hasTime() && stamp != null) {
                draft.at(stamp.nanos());
            }
            before = draft.ts();
            isTold = true;
            return of.tsSource();
        }
        boolean isAsBefore = isTold && follows;
        draft.at(isAsBefore ? before : stamps.reference());
        return isAsBefore ? "line before" : isLive ? "received" : "file";
    }
}
