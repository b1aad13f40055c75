package io.hark.parse.quic;

import io.hark.bytes.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts the CRYPTO frames of one side and level in order, which clients shuffle on purpose, and
/// cuts the handshake's messages out of them.
///
/// *Thread*: the worker that owns the connection.
final class CryptoStream {

    /// The longest hello that is put together: with post-quantum keys they have some 2 KB.
    static final int MAX_HELLO = 1 << 14;

    private static final int MAX_PIECES = 128; // Chromium cuts a hello into some 20
    private static final int MESSAGE_HEADER = 4;

    private final int most;
    private byte[] octets = new byte[0];
    private int known;
    private int read;
    private final List<Piece> ahead = new ArrayList<>(0);
    private final Bytes cursor = new Bytes();

    private record Piece(int from, int to) {}

    /// One that keeps so many octets at most.
    CryptoStream(int most) {
        this.most = most;
    }

    /// Takes `length` bytes of `in` that are at `offset` of the stream.
    void add(long offset, Bytes in, int length) {
        if (offset < 0 || offset + length > most || ahead.size() >= MAX_PIECES) {
            return;
        }
        int from = (int) offset;
        if (from + length > octets.length) {
            int size = Math.max(Math.max(from + length, 1 << 11), 2 * octets.length);
            octets = Arrays.copyOf(octets, Math.min(most, size));
        }
        in.copyTo(in.offset(), octets, from, length);
        ahead.add(new Piece(from, from + length));
        boolean grew = true;
        while (grew) { // each round takes a piece away
            grew = ahead.removeIf(this::joins);
        }
    }

    private boolean joins(Piece piece) {
        if (piece.from > known) {
            return false;
        }
        known = Math.max(known, piece.to);
        return true;
    }

    /// The type of the message that is due, or -1 where its first octet is not there.
    int type() {
        return read < known ? octets[read] & 0xff : -1;
    }

    /// A cursor over the next message, its header of four octets included, once it is whole; else
    /// null. The one after it is due then.
    @Nullable Bytes next() {
        if (known - read < MESSAGE_HEADER) {
            return null;
        }
        int length =
                (octets[read + 1] & 0xff) << 16
                        | (octets[read + 2] & 0xff) << 8
                        | octets[read + 3] & 0xff;
        if (length > known - read - MESSAGE_HEADER) {
            return null;
        }
        cursor.wrap(octets, read, MESSAGE_HEADER + length);
        read += MESSAGE_HEADER + length;
        return cursor;
    }

    /// A cursor over all that is there in order.
    Bytes all() {
        return cursor.wrap(octets, 0, known);
    }
}
