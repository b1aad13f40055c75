package io.hark.cli;

import io.hark.live.Live;
import io.hark.report.Units;
import io.hark.wire.Drops;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/// Says on the error stream that packets are being lost, at most once a minute, by where.
///
/// *Thread*: one at a time.
final class DropsLine {

    private static final long EVERY_NANOS = 60_000_000_000L;

    private final Terminal terminal;
    private final LongSupplier clock;
    private final Map<String, Drops> told = new HashMap<>();
    private final Set<String> gone = new HashSet<>();
    private long toldNanos;
    private boolean anyTold;

    /// @param clock nanoseconds since some moment
    DropsLine(Terminal terminal, LongSupplier clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    /// Takes which interfaces nothing more comes from: each is told of once, at once.
    ///
    /// @param all how many interfaces there are
    void lost(Map<String, String> why, int all) {
        why.forEach(
                (name, reason) -> {
                    if (gone.add(name)) {
                        terminal.complain(
                                name
                                        + ": "
                                        + reason
                                        + (gone.size() < all
                                                ? "; going on with what is left"
                                                : "; nothing is left to listen to"));
                    }
                });
    }

    /// Takes what was counted by now.
    void tell(List<Live.Counts> counts) {
        long now = clock.getAsLong();
        if (anyTold && now - toldNanos < EVERY_NANOS) {
            return;
        }
        for (Live.Counts of : counts) {
            Drops before = told.getOrDefault(of.name(), Drops.NONE);
            if (of.drops().equals(before)) {
                continue;
            }
            told.put(of.name(), of.drops());
            toldNanos = now;
            anyTold = true;
            terminal.complain(line(of.name(), before, of.drops()));
        }
    }

    private static String line(String name, Drops before, Drops now) {
        List<String> places = new ArrayList<>();
        long kernel = now.kernel() - before.kernel();
        long card = now.ring() - before.ring();
        if (kernel > 0) {
            places.add(Units.count(kernel, "packet") + " lost for want of room in our ring");
        }
        if (card > 0) {
            places.add(Units.count(card, "packet") + " lost by the card before that");
        }
        return name
                + ": "
                + String.join(", ", places)
                + (kernel > 0 ? "; a larger --ring bridges bursts, --filter lessens the load" : "");
    }

    /// What was counted in all, a line an interface.
    static List<String> counts(List<Live.Counts> counts) {
        return counts.stream()
                .map(
                        of ->
                                "%s: %s taken; lost: %s by the kernel (its ring was full %s), %s by the card"
                                        .formatted(
                                                of.name(),
                                                Units.count(of.taken(), "packet"),
                                                Units.count(of.drops().kernel()),
                                                Units.count(of.freezes(), "time"),
                                                Units.count(of.drops().ring())))
                .toList();
    }
}
