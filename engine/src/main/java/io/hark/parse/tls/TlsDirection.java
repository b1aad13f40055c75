package io.hark.parse.tls;

import io.hark.bytes.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is remembered of one direction of a connection: how far it is, and the pieces of a message
/// that goes on in the next record.
///
/// *Thread*: the worker that owns the connection.
final class TlsDirection {
    int records;
    boolean changedCipher;
    boolean sentData;
    private byte @Nullable [] pieces;
    private int size;

    boolean hasPieces() {
        return size > 0;
    }

    /// Keeps the beginning of a message whose rest comes with the next record; `length` is the
    /// body's, or -1.
    void keep(Bytes in, int length) {
        int n = in.remaining();
        byte[] kept =
                new byte
                        [Math.max(
                                n, Math.min(Records.MESSAGE_HEADER + Math.max(0, length), 4 * n))];
        in.copyTo(in.offset(), kept, 0, n);
        pieces = kept;
        size = n;
        in.skip(n);
    }

    /// Adds a record's body; answers all of it once a message is whole.
    @Nullable Bytes join(Bytes record) {
        int n = record.remaining();
        byte[] joined =
                pieces == null || size + n > pieces.length
                        ? Arrays.copyOf(
                                pieces == null ? new byte[0] : pieces, Math.max(size + n, 2 * size))
                        : pieces;
        record.copyTo(record.offset(), joined, size, n);
        record.skip(n);
        pieces = joined;
        size += n;
        if (size < Records.MESSAGE_HEADER) {
            return null;
        }
        int length = (joined[1] & 0xff) << 16 | (joined[2] & 0xff) << 8 | (joined[3] & 0xff);
        if (length <= Records.MAX_HANDSHAKE && size < Records.MESSAGE_HEADER + length) {
            return null;
        }
        Bytes all = Bytes.of(Arrays.copyOf(joined, size));
        forget();
        return all;
    }

    void forget() {
        pieces = null;
        size = 0;
    }
}
