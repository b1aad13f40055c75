package io.hark.wire;

import io.hark.event.Side;
import java.util.Arrays;

/// One direction of a TCP connection: puts segments in order and says what is missing.
///
/// Where segments that wait overlap and differ, the receiver's [OverlapPolicy] says whose bytes
/// count; bytes that were handed on stay. A hole is given up when the other side acknowledges what
/// lies behind it, when more than [#MAX_EARLY] bytes wait behind it, or at the end.
///
/// *Units*: sequence numbers relative to the side's SYN; the first byte is 1. *Thread*: the worker
/// that owns the connection.
final class Stream {

    /// The most bytes kept behind a hole: more than a receive window without scaling, so that
    /// honest reordering fits.
    static final int MAX_EARLY = 1 << 18;

    private static final int MAX_PIECES =
            1024; // segments kept behind a hole: MAX_EARLY in pieces of 256

    private static final long[] NO_LONGS = {};
    private static final int[] NO_INTS = {};

    /// Takes the bytes in order.
    interface Reader {
        void bytes(Side side, byte[] memory, int at, int length);

        void gap(Side side, long length);

        /// Which bytes count at the host that reads this side where segments differ.
        OverlapPolicy policy(Side side);

        /// Two segments tell different bytes for the same place.
        void differs(Side side, byte[] memory, int at, byte[] later, int laterAt, int length);
    }

    private final Side side;
    private final Blocks blocks;
    long next = 1;
    private long[] from = NO_LONGS;
    private int[] length = NO_INTS;
    private long[] handle = NO_LONGS;
    private int pieces;
    private int early;
    private long missing;

    /// Where the segment that was handed on last lies: the low 24 bits of its chunk's mark, its
    /// place (24 bits), its length (16 bits); 0 if that is not known.
    long recent;

    Stream(Side side, Blocks blocks) {
        this.side = side;
        this.blocks = blocks;
    }

    /// Takes a segment's payload.
    void data(long seq, byte[] memory, int at, int n, Reader reader) {
        if (seq < next) {
            long old = next - seq;
            if (old >= n) {
                return;
            }
            seq += old;
            at += (int) old;
            n -= (int) old;
        }
        if (seq == next && pieces == 0) {
            next += n;
            reader.bytes(side, memory, at, n);
            return;
        }
        if (pieces > 0) {
            settle(seq, memory, at, n, reader);
        }
        keep(seq, memory, at, n);
        deliver(reader);
        while (early > MAX_EARLY || pieces >= MAX_PIECES) {
            giveUpHole(reader);
        }
    }

    /// The other side has everything up to `seq`: what is missing below it never came by here.
    void acknowledged(long seq, Reader reader) {
        while (next < seq) {
            long to = pieces > 0 ? Math.min(from[0], seq) : seq;
            if (to > next) {
                lose(to - next, reader);
            }
            deliver(reader);
        }
    }

    /// The connection is over: hands on what waits behind holes.
    void flush(Reader reader) {
        while (pieces > 0) {
            giveUpHole(reader);
        }
    }

    /// Bytes found missing since the last time this was asked.
    long takeMissing() {
        long n = missing;
        missing = 0;
        return n;
    }

    /// Keeps a segment's payload, to be handed on by [#release].
    void hold(long seq, byte[] memory, int at, int n, Reader reader) {
        int old = (int) Math.min(n, Math.max(0, next - seq));
        if (old < n) {
            settle(seq + old, memory, at + old, n - old, reader);
            keep(seq + old, memory, at + old, n - old);
        }
        while (early > MAX_EARLY || pieces >= MAX_PIECES) {
            giveUpHole(reader);
        }
    }

    /// Hands on what was held.
    void release(Reader reader) {
        deliver(reader);
    }

    /// Forgets what waits at `seq` and behind.
    void forget(long seq) {
        while (pieces > 0 && from[pieces - 1] >= seq) {
            blocks.give(handle[pieces - 1], length[pieces - 1]);
            remove(pieces - 1);
        }
    }

    private void lose(long gap, Reader reader) {
        recent = 0;
        next += gap;
        missing += gap;
        reader.gap(side, gap);
    }

    private void giveUpHole(Reader reader) {
        if (from[0] > next) {
            lose(from[0] - next, reader);
        }
        deliver(reader);
    }

    private void deliver(Reader reader) {
        while (pieces > 0 && from[0] <= next) {
            long seq = from[0];
            int n = length[0];
            long block = handle[0];
            remove(0);
            int old = (int) (next - seq);
            if (old < n) {
                next = seq + n;
                reader.bytes(side, blocks.memory(block), Blocks.at(block) + old, n - old);
            }
            blocks.give(block, n);
        }
    }

    /// Takes out of the pieces that wait what a later segment tells otherwise, where that counts.
    private void settle(long seq, byte[] memory, int at, int n, Reader reader) {
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

    private void remove(int i) {
        pieces--;
        early -= length[i];
        System.arraycopy(from, i + 1, from, i, pieces - i);
        System.arraycopy(length, i + 1, length, i, pieces - i);
        System.arraycopy(handle, i + 1, handle, i, pieces - i);
    }

    /// Keeps the parts of a segment that no piece has yet.
    private void keep(long seq, byte[] memory, int at, int n) {
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

    private void insert(int i, long seq, byte[] memory, int at, int n) {
        if (pieces == from.length) {
            int larger = Math.max(4, pieces * 2);
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
        early += n;
    }

    /// Whether bytes wait behind a hole.
    boolean isWaiting() {
        return pieces > 0;
    }

    /// Gives its memory back.
    void drop() {
        for (int i = 0; i < pieces; i++) {
            blocks.give(handle[i], length[i]);
        }
        pieces = 0;
        early = 0;
    }
}
