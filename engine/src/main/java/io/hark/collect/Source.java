package io.hark.collect;

import io.hark.event.SourceHealth;
import io.hark.schema.Stored;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What is known of one sender.
///
/// *Thread*: what receivers count may come from any; all else is the lake's thread.
final class Source {

    private static final double NANOS = 1e9;

    /// What goes on where another process takes over.
    ///
    /// @param total records so far
    /// @param lines lines of its log so far
    /// @param lastSeen when it was last heard
    /// @param isSilent whether it was told to be silent
    record State(
            String receiver, String source, long total, long lines, long lastSeen, boolean isSilent)
            implements Stored {}

    final SourceName name;

    // receivers'
    private final LongAdder cut = new LongAdder();
    private final LongAdder shed = new LongAdder();
    private final LongAdder refused = new LongAdder();

    private long total;
    private long bytes;
    private long unread;
    private long lastSeen;
    private boolean isSilent;
    private boolean isKnown; // told of before
    private @Nullable Long lag;
    private @Nullable Long skew;
    private Told before = new Told(0, 0, 0, 0, 0, 0, 0);
    private double rate; // of the last interval

    /// The counts at the end of an interval.
    private record Told(
            long at, long total, long bytes, long unread, long cut, long shed, long refused) {}

    Source(SourceName name) {
        this.name = name;
    }

    // ---- receivers

    /// So many messages were cut.
    void cut(long messages) {
        cut.add(messages);
    }

    /// A piece was not taken for want of room.
    void shed() {
        shed(1);
    }

    /// So much of it is missing.
    void shed(long pieces) {
        shed.add(pieces);
    }

    /// A connection was refused.
    void refused() {
        refused.increment();
    }

    // ---- the lake

    /// A piece of it was read.
    ///
    /// @param nanos when it came
    /// @param now when it was read
    void heard(long nanos, long octets, long now) {
        lastSeen = Math.max(lastSeen, nanos);
        bytes += octets;
        long waited = Math.max(0, now - nanos);
        lag = lag == null ? waited : Math.max(lag, waited);
    }

    /// So many records stood in it.
    void records(long records, long notRead) {
        total += records;
        unread += notRead;
    }

    /// The last record's own time was so far before its coming.
    void skew(long nanos) {
        skew = nanos;
    }

    /// What to tell now, or null for nothing: that it is new, has fallen silent, is back, or how it
    /// fared.
    ///
    /// @param every how often to tell how it fares
    /// @param silence after how long it is silent
    @Nullable SourceHealth tell(long now, Duration every, Duration silence) {
        if (lastSeen == 0 && !hasLost()) {
            return null;
        }
        boolean isHeard = total > before.total;
        if (!isKnown) {
            isKnown = true;
            return told(now, "new");
        }
        if (isSilent && isHeard) {
            isSilent = false;
            return told(now, "back");
        }
        if (!isSilent && lastSeen != 0 && now - lastSeen >= silence.toNanos()) {
            isSilent = true;
            return told(now, "silent");
        }
        boolean isDue = now - before.at >= every.toNanos();
        return isDue && (isHeard || hasLost()) ? told(now, isSilent ? "silent" : "active") : null;
    }

    private boolean hasLost() {
        return shed.sum() > before.shed || refused.sum() > before.refused;
    }

    private SourceHealth told(long now, String state) {
        Told next = new Told(now, total, bytes, unread, cut.sum(), shed.sum(), refused.sum());
        long span = before.at == 0 ? 0 : now - before.at;
        rate = span <= 0 ? 0 : (next.total - before.total) * NANOS / span;
        SourceHealth health =
                new SourceHealth(
                        now,
                        now,
                        span,
                        name.receiver(),
                        name.source(),
                        state,
                        lastSeen == 0 ? now : lastSeen,
                        next.total - before.total,
                        next.bytes - before.bytes,
                        rate,
                        lag,
                        skew,
                        next.unread - before.unread,
                        next.cut - before.cut,
                        next.shed - before.shed,
                        next.refused - before.refused,
                        total);
        before = next;
        lag = null;
        return health;
    }

    /// How it stands, for who asks now.
    Status.OfSource status() {
        return new Status.OfSource(
                name.receiver(),
                name.source(),
                isSilent ? "silent" : "active",
                lastSeen,
                total,
                bytes,
                rate,
                lag == null ? 0 : lag,
                skew,
                unread,
                cut.sum(),
                shed.sum(),
                refused.sum());
    }

    /// When it was last heard; 0 for never.
    long lastSeen() {
        return lastSeen;
    }

    /// What goes on elsewhere.
    State state(long lines) {
        return new State(name.receiver(), name.source(), total, lines, lastSeen, isSilent);
    }

    /// Goes on where another process left it.
    void resume(State from) {
        total = from.total;
        lastSeen = from.lastSeen;
        isSilent = from.isSilent;
        isKnown = true;
        before = new Told(lastSeen, total, 0, 0, 0, 0, 0);
    }
}
