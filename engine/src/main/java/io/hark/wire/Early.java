package io.hark.wire;

import io.hark.event.Side;
import java.util.Arrays;

/// Segments of one direction that came before what lies ahead of them: pieces in order of their
/// place, none of which overlap.
///
/// *Units*: as [Stream]. *Thread*: the worker that owns the connection.
final class Early {

    /// The most bytes kept behind a hole: more than a receive window without scaling, so that
    /// honest reordering fits.
    static final int MAX_BYTES = 1 << 18;

    private static final int MAX_PIECES = 1024; // MAX_BYTES in segments of 256

    private final Blocks blocks;
    private long[] from = new long[1];
    private int[] length = new int[1];
    private long[] handle = new long[1];
    private int pieces;
    private int bytes;

    Early(Blocks blocks) {
        this.blocks = blocks;
    }

    boolean isEmpty() {
        return pieces == 0;
    }

    /// Whether a hole has to be given up.
    boolean isFull() {
        return bytes > MAX_BYTES || pieces >= MAX_PIECES;
    }

    /// Where the first piece begins.
    long first() {
        return from[0];
    }

    /// Where the first piece ends.
    long firstEnd() {
        return from[0] + length[0];
    }

    /// Takes the first piece out and hands on what of it lies at `next` and behind.
    void shift(long next, Side side, Stream.Reader reader) {
        int old = (int) (next - from[0]);
        int n = length[0];
        long block = handle[0];
        remove(0);
        if (old < n) {
            reader.bytes(side, blocks.memory(block), Blocks.at(block) + old, n - old);
        }
        blocks.give(block, n);
    }

    /// Forgets what waits at `seq` and behind.
    void forget(long seq) {
        while (pieces > 0 && from[pieces - 1] >= seq) {
            blocks.give(handle[pieces - 1], length[pieces - 1]);
            remove(pieces - 1);
        }
    }

    /// Takes out of the pieces what a later segment tells otherwise, where that counts.
    void settle(long seq, byte[] memory, int at, int n, Side side, Stream.Reader reader) {
        long end = seq + n;
        for (int i = 0; i < pieces && from[i] < end; i++) {
            long a = Math.max(seq, from[i]);
            long b = Math.min(end, from[i] + length[i]);
            if (a >= b) {
                continue;
            }
            byte[] old = blocks.memory(handle[i]);
            int oldAt = Blocks.at(handle[i]) + (int) (a - from[i]);
            int freshAt = at + (int) (a - seq);
            int shared = (int) (b - a);
            if (Arrays.mismatch(old, oldAt, oldAt + shared, memory, freshAt, freshAt + shared)
                    < 0) {
                continue;
            }
            reader.differs(side, old, oldAt, memory, freshAt, shared);
            if (reader.policy(side).takesSegment(seq, end, from[i], from[i] + length[i])) {
                int before = pieces;
                cut(i, a, b);
                i -= pieces < before ? 1 : 0;
            }
        }
    }

    /// Cuts what lies between `a` and `b` out of a piece.
    private void cut(int i, long a, long b) {
        long seq = from[i];
        int n = length[i];
        long block = handle[i];
        byte[] memory = blocks.memory(block);
        int at = Blocks.at(block);
        remove(i);
        if (b < seq + n) {
            insert(i, b, memory, at + (int) (b - seq), (int) (seq + n - b));
        }
        if (seq < a) {
            insert(i, seq, memory, at, (int) (a - seq));
        }
        blocks.give(block, n);
    }

    /// Keeps the parts of a segment that no piece has yet.
    void keep(long seq, byte[] memory, int at, int n) {
        long end = seq + n;
        long place = seq;
        int i = 0;
        while (place < end) {
            while (i < pieces && from[i] + length[i] <= place) {
                i++;
            }
            long upTo = i < pieces ? Math.min(end, from[i]) : end;
            if (place < upTo) {
                insert(i++, place, memory, at + (int) (place - seq), (int) (upTo - place));
                place = upTo;
            } else {
                place = from[i] + length[i];
            }
        }
    }

    private void remove(int i) {
        pieces--;
        bytes -= length[i];
        System.arraycopy(from, i + 1, from, i, pieces - i);
        System.arraycopy(length, i + 1, length, i, pieces - i);
        System.arraycopy(handle, i + 1, handle, i, pieces - i);
    }

    private void insert(int i, long seq, byte[] memory, int at, int n) {
        if (pieces == from.length) {
            int larger = pieces * 2;
            from = Arrays.copyOf(from, larger);
            length = Arrays.copyOf(length, larger);
            handle = Arrays.copyOf(handle, larger);
        }
        System.arraycopy(from, i, from, i + 1, pieces - i);
        System.arraycopy(length, i, length, i + 1, pieces - i);
        System.arraycopy(handle, i, handle, i + 1, pieces - i);
        long block = blocks.take(n);
        System.arraycopy(memory, at, blocks.memory(block), Blocks.at(block), n);
        from[i] = seq;
        length[i] = n;
        handle[i] = block;
        pieces++;
        bytes += n;
    }

    /// Gives its memory back.
    void drop() {
        for (int i = 0; i < pieces; i++) {
            blocks.give(handle[i], length[i]);
        }
        pieces = 0;
        bytes = 0;
    }
}
