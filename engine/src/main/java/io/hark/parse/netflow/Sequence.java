package io.hark.parse.netflow;

/// Follows the sequence numbers of one domain.
///
/// *Shape*: NetFlow v5 counts flows, v9 and sFlow count messages, IPFIX counts data records; all
/// wrap at 2^32. *Thread*: the worker that owns the exporters.
final class Sequence {

    /// More than this missing at once, or any going back, is a restart, not a loss.
    private static final long MAX_LOSS = 1 << 24;

    private static final long MODULUS = 1L << 32;

    private long next = -1; // unknown

    /// How many are missing before a message with this number, 0 if none or unknown.
    long missing(long number) {
        long ahead = next < 0 ? 0 : Math.floorMod(number - next, MODULUS);
        return ahead <= MAX_LOSS ? ahead : 0;
    }

    /// A message with this number counted so many.
    void heard(long number, long count) {
        long ahead = next < 0 ? 0 : Math.floorMod(number - next, MODULUS);
        boolean late = ahead > MODULUS - MAX_LATE; // overtaken on the way
        if (!late) {
            next = (number + count) % MODULUS;
        }
    }

    /// Messages that overtake each other on the way are this close.
    private static final long MAX_LATE = 1 << 12;

    /// How much the next message counts is not known.
    void lost() {
        next = -1;
    }
}
