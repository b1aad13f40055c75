package io.hark.parse.quic;

import io.hark.bytes.Bytes;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts the octets of one side of a stream in order. What waits for something missing is counted by
/// who owns it, who may give the missing up.
///
/// *Thread*: the worker that owns the connection.
final class Pieces {

    /// What a piece costs beside its octets.
    private static final int OVERHEAD = 128;

    /// Takes octets in order.
    interface Taker {

        void take(Bytes piece);

        void lose(long octets);

        void end();
    }

    private final Taker to;
    private final TreeMap<Long, byte[]> ahead = new TreeMap<>();
    private long next;
    private long size = Long.MAX_VALUE; // known with the last octet
    private int kept;
    private boolean ended;

    /// Octets go to `to`.
    Pieces(Taker to) {
        this.to = to;
    }

    /// What the pieces that wait take of memory.
    int kept() {
        return kept;
    }

    /// Whether all of it has come, or been given up.
    boolean isEnded() {
        return ended;
    }

    /// `length` octets at the cursor of `in` belong at `offset`, perhaps the last.
    void add(long offset, boolean ends, Bytes in, int length) {
        if (ended) {
            return;
        }
        long end = offset + length;
        if (ends) {
            size = end;
        }
        if (offset > next) {
            byte[] known = ahead.get(offset);
            if (length > 0 && (known == null || known.length < length)) {
                forget(known);
                byte[] copy = new byte[length];
                in.copyTo(in.offset(), copy, 0, length);
                ahead.put(offset, copy);
                kept += length + OVERHEAD;
            }
            return;
        }
        if (end > next) {
            int old = (int) (next - offset);
            give(in.array(), in.base() + in.offset() + old, length - old);
        }
        drain();
    }

    private void give(byte[] octets, int at, int length) {
        next += length;
        to.take(new Bytes().wrap(octets, at, length));
    }

    private void drain() {
        while (!ahead.isEmpty() && ahead.firstKey() <= next) { // each turn takes one away
            Map.Entry<Long, byte[]> first = ahead.pollFirstEntry();
            byte[] octets = first.getValue();
            forget(octets);
            long old = next - first.getKey();
            if (old < octets.length) {
                give(octets, (int) old, octets.length - (int) old);
            }
        }
        if (next >= size && !ended) {
            ended = true;
            to.end();
        }
    }

    private void forget(byte @Nullable [] octets) {
        kept -= octets == null ? 0 : octets.length + OVERHEAD;
    }

    /// Gives up the first octets that are missing before some that are there.
    void giveUp() {
        if (!ahead.isEmpty()) {
            long missing = ahead.firstKey() - next;
            next = ahead.firstKey();
            to.lose(missing);
            drain();
        }
    }

    /// Nothing more will come.
    void close() {
        while (!ahead.isEmpty()) { // each turn takes one away
            giveUp();
        }
    }
}
