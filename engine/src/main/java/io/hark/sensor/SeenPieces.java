package io.hark.sensor;

import java.util.TreeSet;

/// Which sequence numbers of one connection were seen.
///
/// *Thread*: one owner.
final class SeenPieces {

    /// The most sequence numbers that may be out of order: redelivery is nearly in order.
    static final int MAX_AHEAD = 1024;

    private long all; // every number below it
    private final TreeSet<Long> ahead = new TreeSet<>();

    /// Whether that number comes for the first time.
    boolean isNew(long sequence) {
        if (sequence < all || !ahead.add(sequence)) {
            return false;
        }
        if (ahead.size() > MAX_AHEAD) {
            all = ahead.first(); // what is missing before it comes no more
        }
        while (!ahead.isEmpty() && ahead.first() == all) {
            ahead.removeFirst();
            all++;
        }
        return true;
    }
}
