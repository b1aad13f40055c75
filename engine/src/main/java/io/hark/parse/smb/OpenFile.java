package io.hark.parse.smb;

import io.hark.Body;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.dcerpc.RpcTalk;
import org.jspecify.annotations.Nullable;

/// A file, folder or pipe that is open.
///
/// *Thread*: the worker that owns the connection.
final class OpenFile {

    final @Nullable Share share;
    boolean isPipe; // of one opened unseen, known later
    String name;
    long size = -1;
    long created;
    long accessed;
    long modified;
    long changed;
    boolean deleteOnClose;
    @Nullable RpcTalk rpc;
    private @Nullable Body read;
    private @Nullable Body written;
    private long readTo;
    private long writtenTo;

    OpenFile(@Nullable Share share, String name, boolean isPipe) {
        this.share = share;
        this.name = name;
        this.isPipe = isPipe;
    }

    /// The body that bytes at `offset` of what `side` sends belong to; null where they were there
    /// before. What lies between is missing.
    ///
    /// @param length how many come
    @Nullable Body at(SmbFiles files, Side side, boolean isRead, long offset, long length) {
        Body body = isRead ? read : written;
        long to = isRead ? readTo : writtenTo;
        if (body == null) {
            body = files.body(this, side, isRead);
            if (isRead) {
                read = body;
            } else {
                written = body;
            }
            to = 0;
        }
        if (offset < to || offset < 0) {
            return null;
        }
        if (offset > to) {
            body.lose(offset - to);
        }
        if (isRead) {
            readTo = offset + length;
        } else {
            writtenTo = offset + length;
        }
        return body;
    }

    /// Takes bytes that came whole in a message.
    void take(SmbFiles files, Side side, boolean isRead, long offset, Bytes piece) {
        Body body = at(files, side, isRead, offset, piece.remaining());
        if (body != null) {
            body.take(piece);
        }
    }

    /// The id of what was read or written last.
    @Nullable String fuid() {
        return written != null ? written.fuid() : read == null ? null : read.fuid();
    }

    /// It is closed.
    void end(long now) {
        if (read != null) {
            read.end();
        }
        if (written != null) {
            written.end();
        }
        if (rpc != null) {
            rpc.close(now);
        }
    }
}
