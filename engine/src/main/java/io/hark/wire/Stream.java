package io.hark.wire;

import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// One direction of a TCP connection: puts segments in order and says what is missing.
///
/// Where segments that wait overlap and differ, the receiver's [OverlapPolicy] says whose bytes
/// count; bytes that were handed on stay. A hole is given up when the other side acknowledges what
/// lies behind it, when more than [Early#MAX_BYTES] bytes wait behind it, or at the end.
///
/// *Units*: sequence numbers relative to the side's SYN; the first byte is 1. *Thread*: the worker
/// that owns the connection.
final class Stream {

    /// Takes the bytes in order.
    interface Reader {
        void bytes(Side side, byte[] memory, int at, int length);

        void gap(Side side, long length);

        /// Which bytes count at the host that reads this side where segments differ.
        OverlapPolicy policy(Side side);

        /// Two segments tell different bytes for the same place.
        void differs(Side side, byte[] memory, int at, byte[] later, int laterAt, int length);
    }

    final Side side;
    final Blocks blocks;
    long next = 1;
    private @Nullable Early early; // null while nothing waits
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
        if (seq == next && early == null) {
            next += n;
            reader.bytes(side, memory, at, n);
            return;
        }
        keep(seq, memory, at, n, reader);
        deliver(reader);
        limit(reader);
    }

    private void keep(long seq, byte[] memory, int at, int n, Reader reader) {
        Early waiting = early;
        if (waiting == null) {
            waiting = new Early(blocks);
            early = waiting;
        } else {
            waiting.settle(seq, memory, at, n, side, reader);
        }
        waiting.keep(seq, memory, at, n);
    }

    private void limit(Reader reader) {
        while (early != null && early.isFull()) {
            giveUpHole(early, reader);
        }
    }

    /// The other side has everything up to `seq`: what is missing below it never came by here.
    void acknowledged(long seq, Reader reader) {
        while (next < seq) {
            long to = early == null ? seq : Math.min(early.first(), seq);
            if (to > next) {
                lose(to - next, reader);
            }
            deliver(reader);
        }
    }

    /// The connection is over: hands on what waits behind holes.
    void flush(Reader reader) {
        while (early != null) {
            giveUpHole(early, reader);
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
            keep(seq + old, memory, at + old, n - old, reader);
        }
        limit(reader);
    }

    /// Hands on what was held.
    void release(Reader reader) {
        deliver(reader);
    }

    /// Forgets what waits at `seq` and behind.
    void forget(long seq) {
        if (early != null) {
            early.forget(seq);
            early = early.isEmpty() ? null : early;
        }
    }

    private void lose(long gap, Reader reader) {
        recent = 0;
        next += gap;
        missing += gap;
        reader.gap(side, gap);
    }

    private void giveUpHole(Early waiting, Reader reader) {
        if (waiting.first() > next) {
            lose(waiting.first() - next, reader);
        }
        deliver(reader);
    }

    private void deliver(Reader reader) {
        Early waiting = early;
        while (waiting != null && waiting.first() <= next) {
            long from = next;
            next = Math.max(next, waiting.firstEnd());
            waiting.shift(from, side, reader);
            if (waiting.isEmpty()) {
                early = null;
                waiting = null;
            }
        }
    }

    /// Gives its memory back.
    void drop() {
        if (early != null) {
            early.drop();
            early = null;
        }
    }
}
