package io.hark.parse.tftp;

import io.hark.Body;
import io.hark.Connection;
import io.hark.bytes.Bytes;
import io.hark.event.Endpoints;
import io.hark.event.Side;
import io.hark.event.Tftp;
import io.hark.event.TftpDetail;
import org.jspecify.annotations.Nullable;

/// One request and what comes of it. The answer comes from another port, so another connection
/// carries it; both tell this one object, which is told once.
///
/// *Thread*: both connections are between the same two hosts and so have the same worker.
///
/// *Source*: RFC 1350, RFC 2347 (options), RFC 2348 (size of blocks).
final class Transfer {

    static final int READ = 1;
    static final int WRITE = 2;
    static final int DATA = 3;
    static final int ACKNOWLEDGE = 4;
    static final int ERROR = 5;
    static final int OPTIONS = 6;

    private static final int MAX_ERROR = 512; // characters of an error's text

    private final String uid;
    private final Endpoints id;
    private final long ts;
    private final boolean writes;
    private final String name;
    private final String mode;
    private @Nullable String dataUid;
    private @Nullable Body body;
    private long size;
    private int lastBlock;
    private boolean begun;
    private @Nullable Integer errorCode;
    private @Nullable String errorText;
    private boolean told;

    Transfer(Connection connection, boolean writes, String name, String mode) {
        this.uid = connection.uid();
        this.id = connection.id();
        this.ts = connection.now();
        this.writes = writes;
        this.name = name;
        this.mode = mode;
    }

    /// Says that it was asked for, where somebody waits for no more.
    void tell(Connection by) {
        if (by.isWanted(TftpDetail.class)) {
            by.emit(new TftpDetail(ts, ts, uid, id, writes, name, mode));
        }
    }

    /// One packet of the transfer.
    void packet(Connection by, Bytes in, Side side) {
        dataUid = by.uid();
        switch (in.u16()) {
            case DATA -> data(by, in, side);
            case ERROR -> {
                errorCode = in.u16();
                String text = in.ascii(Math.min(in.remaining(), MAX_ERROR));
                int zero = text.indexOf(0);
                errorText = zero < 0 ? text : text.substring(0, zero);
            }
            default -> {} // acknowledgements, options
        }
    }

    /// Blocks come one by one; what comes again is dropped, what is left out ends the file there.
    private void data(Connection by, Bytes in, Side side) {
        int block = in.u16();
        if (!begun && block == 1) {
            begun = true;
            body = by.body(side, "TFTP", name, null, -1);
        } else if (!begun || block != (lastBlock + 1 & 0xffff)) {
            return;
        }
        lastBlock = block;
        size += in.remaining();
        if (body != null) {
            in.limit(in.remaining());
            body.take(new Bytes().wrap(in));
        }
    }

    /// One of the two connections is over.
    void end(Connection by) {
        if (body != null) {
            body.end();
        }
        if (!told) {
            told = true;
            by.emit(
                    new Tftp(
                            ts,
                            by.now(),
                            uid,
                            id,
                            writes,
                            name,
                            mode,
                            dataUid,
                            begun ? size : null,
                            begun ? lastBlock : null,
                            errorCode,
                            errorText,
                            body == null ? null : body.fuid()));
        }
    }
}
