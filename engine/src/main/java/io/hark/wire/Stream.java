package io.hark.wire;

import io.hark.event.Side;
import java.util.Arrays;

/// One direction of a TCP connection: puts segments in order and says what is missing.
///
/// Where segments overlap, the bytes that came first stay. A hole is given up when the other side
/// acknowledges what lies behind it, when more than [#MAX_EARLY] bytes wait behind it, or at the
/// end.
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
            lose(to - next, reader);
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

    private void lose(long gap, Reader reader) {
        next += gap;
        missing += gap;
        reader.gap(side, gap);
    }

    private void giveUpHole(Reader reader) {
        lose(from[0] - next, reader);
        deliver(reader);
    }

    private void deliver(Reader reader) {
        while (pieces > 0 && from[0] <= next) {
            long seq = from[0];
            int n = length[0];
            long block = handle[0];
            pieces--;
            early -= n;
            System.arraycopy(from, 1, from, 0, pieces);
            System.arraycopy(length, 1, length, 0, pieces);
            System.arraycopy(handle, 1, handle, 0, pieces);
            int old = (int) (next - seq);
            if (old < n) {
                next = seq + n;
                reader.bytes(side, blocks.memory(block), Blocks.at(block) + old, n - old);
            }
            blocks.give(block, n);
        }
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
