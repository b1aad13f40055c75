package io.hark.sensor;

import io.hark.event.CaptureLoss;
import io.hark.event.Event;
import io.hark.event.Stats;
import io.hark.wire.Drops;
import io.hark.wire.Meter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells [Stats] and [CaptureLoss] as packet time goes by, and a last time at the end.
///
/// Meters come at the ends of chunks, so an interval ends with the first chunk behind its time: up
/// to 1 MB or 16,384 frames late in a file, 100 ms live.
///
/// *Thread*: the merge's.
final class Gauges {

    private static final long MINUTE = 60_000_000_000L;

    /// Zeek's intervals, so that its users' thresholds fit.
    private static final long STATS_EVERY = 5 * MINUTE;

    private static final long LOSS_EVERY = 15 * MINUTE;

    private final String peer;
    private final Consumer<Event> out;
    private final Meter atStats = new Meter();
    private final Meter atLoss = new Meter();
    private long statsNanos;
    private long lossNanos;
    private long events;
    private long eventsAtStats;
    private boolean begun;

    /// @param peer what the events call who measured
    /// @param out takes them
    Gauges(String peer, Consumer<Event> out) {
        this.peer = peer;
        this.out = out;
    }

    /// An event was told.
    void event() {
        events++;
    }

    /// What all had counted at the end of a chunk.
    ///
    /// @param last whether the input is over
    void read(Meter meter, boolean last) {
        if (meter.frames() == 0) {
            return;
        }
        if (!begun) {
            begun = true;
            statsNanos = meter.firstNanos();
            lossNanos = meter.firstNanos();
        }
        long now = meter.nanos();
        if (last || now - statsNanos >= STATS_EVERY) {
            stats(meter, now);
        }
        if (last || now - lossNanos >= LOSS_EVERY) {
            loss(meter, now);
        }
    }

    private void stats(Meter m, long now) {
        Drops drops = m.drops();
        Drops before = atStats.drops();
        Stats row =
                new Stats(
                        now,
                        now,
                        now - statsNanos,
                        peer,
                        m.frames() - atStats.frames(),
                        m.octets() - atStats.octets(),
                        told(drops, drops.kernel() - before.kernel()),
                        told(drops, drops.ring() - before.ring()),
                        told(drops, drops.queue() - before.queue()),
                        m.shedPieces() - atStats.shedPieces(),
                        m.missedBytes() - atStats.missedBytes(),
                        events - eventsAtStats,
                        m.tcpNow(),
                        m.udpNow(),
                        m.icmpNow(),
                        m.tcp() - atStats.tcp(),
                        m.udp() - atStats.udp(),
                        m.icmp() - atStats.icmp(),
                        now - m.firstNanos(),
                        m.frames(),
                        m.octets(),
                        told(drops, drops.kernel()),
                        m.tcp());
        atStats.clear();
        atStats.add(m);
        statsNanos = now;
        eventsAtStats = events;
        out.accept(row);
    }

    private static @Nullable Long told(Drops drops, long n) {
        return drops.isTold() ? n : null;
    }

    private void loss(Meter m, long now) {
        long gaps = m.gaps() - atLoss.gaps();
        long acks = m.acks() - atLoss.acks();
        CaptureLoss row =
                new CaptureLoss(
                        now,
                        now,
                        now - lossNanos,
                        peer,
                        gaps,
                        acks,
                        acks == 0 ? 0 : 100.0 * gaps / acks,
                        m.missedBytes() - atLoss.missedBytes());
        atLoss.clear();
        atLoss.add(m);
        lossNanos = now;
        out.accept(row);
    }
}
