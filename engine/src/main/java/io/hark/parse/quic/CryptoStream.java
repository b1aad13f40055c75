package io.hark.parse.quic;

import io.hark.bytes.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts the CRYPTO frames of one side in order, which clients shuffle on purpose.
///
/// *Thread*: the worker that owns the connection.
final class CryptoStream {

    /// The longest hello that is put together: with post-quantum keys they have some 2 KB.
    private static final int MAX = 1 << 14;

    private static final int MAX_PIECES = 128; // Chromium cuts a hello into some 20
    private static final int MESSAGE_HEADER = 4;

    private byte[] octets = new byte[0];
    private int known;
    private final List<Piece> ahead = new ArrayList<>(0);
    private final Bytes cursor = new Bytes();

    private record Piece(int from, int to) {}

    /// Takes `length` bytes of `in` that are at `offset` of the stream.
    void add(long offset, Bytes in, int length) {
        if (offset < 0 || offset + length > MAX || ahead.size() >= MAX_PIECES) {
            return;
        }
        int from = (int) offset;
        if (from + length > octets.length) {
            octets = Arrays.copyOf(octets, Math.min(MAX, Math.max(from + length, 1 << 11)));
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

    /// A cursor over the body of the first message if it is whole and of that type, else null.
    @Nullable Bytes first(int type) {
        if (known < MESSAGE_HEADER || octets[0] != type) {
            return null;
        }
        int length = (octets[1] & 0xff) << 16 | (octets[2] & 0xff) << 8 | octets[3] & 0xff;
        return length <= known - MESSAGE_HEADER
                ? cursor.wrap(octets, MESSAGE_HEADER, length)
                : null;
    }

    /// A cursor over all that is there in order.
    Bytes all() {
        return cursor.wrap(octets, 0, known);
    }
}
