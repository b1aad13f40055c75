package io.hark.wire;

import io.hark.Body;
import io.hark.FileNotes;
import io.hark.Inspector;
import io.hark.bytes.Bytes;
import io.hark.event.FileSeen;
import io.hark.event.FileSeen.Carrier;
import io.hark.event.Side;
import io.hark.format.Mime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file as it goes by: undoes its content coding, tells its type, hands it to the inspectors,
/// keeps what was asked for.
///
/// *Thread*: the worker that owns the connection.
final class WireBody implements Body, Inflation.Reader {

    private static final int SNIFFED =
            2048; // octets the type is told by; Zeek looks at 4096, all our signatures lie in less

    private final Engine engine;
    private final WireConnection connection;
    private final String fuid;
    private final Side side;
    private final String source;
    private final @Nullable String filename;
    private final long total;
    private final int depth;
    private final @Nullable Inflation inflation;
    private List<Inspector.Reader> readers = List.of();
    private Carrier carrier = Carrier.NONE;
    private boolean begun;
    private boolean ended;
    private long firstNanos;
    private long lastNanos;
    private long length;
    private long missing;
    private byte @Nullable [] sniff;
    private int sniffed;
    private boolean told;
    private @Nullable String mimeType;
    private int keepLimit;
    private byte[] kept = new byte[0];
    private int keptLength;
    private boolean whole = true;

    WireBody(
            Engine engine,
            WireConnection connection,
            String fuid,
            Side side,
            String source,
            @Nullable String filename,
            @Nullable String coding,
            long total) {
        this.engine = engine;
        this.connection = connection;
        this.fuid = fuid;
        this.side = side;
        this.source = source;
        this.filename = filename;
        this.total = total;
        this.depth = connection.known.files - 1;
        this.inflation = coding == null ? null : Inflation.of(coding, this);
    }

    /// The next bytes as they are on the wire.
    void bytes(byte[] memory, int at, int n) {
        if (ended) {
            return; // its stream was reset while a piece of it went by
        }
        if (!begun) {
            begin();
        }
        lastNanos = engine.now();
        if (inflation != null) {
            inflation.bytes(memory, at, n, engine);
        } else {
            decoded(memory, at, n);
        }
    }

    private void begin() {
        begun = true;
        firstNanos = engine.now();
        for (Inspector inspector : engine.setup.inspectors()) {
            Inspector.Reader reader = inspector.body(fuid, source, side);
            if (reader != null) {
                if (readers.isEmpty()) {
                    readers = new ArrayList<>(2);
                }
                readers.add(reader);
            }
        }
    }

    /// The next bytes with their coding undone.
    @Override
    public void decoded(byte[] memory, int at, int n) {
        if (!told) {
            sniff(memory, at, n);
        }
        if (keptLength < keepLimit) {
            keepOn(memory, at, n);
        } else if (keepLimit > 0) {
            whole = false;
        }
        length += n;
        for (int i = 0; i < readers.size(); i++) {
            readers.get(i).bytes(engine.piece.wrap(memory, at, n));
        }
    }

    /// The coding is broken: what comes behind cannot be undone.
    @Override
    public void broken() {
        whole = false;
        connection.anomaly("inflate_failed", null);
    }

    private void sniff(byte[] memory, int at, int n) {
        if (sniff == null && n >= SNIFFED) {
            tell(engine.piece.wrap(memory, at, SNIFFED));
            return;
        }
        byte[] head = sniff == null ? new byte[Math.min(SNIFFED, Math.max(n, 256))] : sniff;
        if (head.length < SNIFFED && sniffed + n > head.length) {
            head = Arrays.copyOf(head, SNIFFED);
        }
        int more = Math.min(n, SNIFFED - sniffed);
        System.arraycopy(memory, at, head, sniffed, more);
        sniff = head;
        sniffed += more;
        if (sniffed == SNIFFED) {
            tellKept();
        }
    }

    private void tellKept() {
        byte[] head = sniff;
        if (head != null && !told) {
            tell(engine.piece.wrap(head, 0, sniffed));
        }
    }

    private void tell(Bytes head) {
        told = true;
        sniff = null;
        mimeType = Mime.of(head);
    }

    private void keepOn(byte[] memory, int at, int n) {
        int more = Math.min(n, keepLimit - keptLength);
        if (keptLength + more > kept.length) {
            kept =
                    Arrays.copyOf(
                            kept,
                            Math.min(keepLimit, Math.max(kept.length * 2, keptLength + more)));
        }
        System.arraycopy(memory, at, kept, keptLength, more);
        keptLength += more;
        whole &= more == n;
    }

    @Override
    public void carriedBy(Carrier by) {
        carrier = by;
    }

    @Override
    public void take(Bytes piece) {
        bytes(piece.array(), piece.base(), piece.length());
    }

    @Override
    public void lose(long n) {
        gap(n);
    }

    /// Bytes are missing here.
    void gap(long n) {
        missing += n;
        whole = false;
        if (begun) {
            for (Inspector.Reader reader : readers) {
                reader.gap(n);
            }
        }
        if (inflation != null) {
            inflation.stop();
        }
    }

    @Override
    public String fuid() {
        return fuid;
    }

    @Override
    public @Nullable String mimeType() {
        tellKept();
        return mimeType;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public long missing() {
        return missing;
    }

    @Override
    public void keep(int limit) {
        keepLimit = Math.min(limit, MAX_KEPT);
    }

    @Override
    public byte[] kept() {
        return Arrays.copyOf(kept, keptLength);
    }

    @Override
    public boolean isWhole() {
        return whole && missing == 0 && (total < 0 || inflation != null || length >= total);
    }

    @Override
    public void end() {
        if (ended) {
            return;
        }
        ended = true;
        if (inflation != null) {
            inflation.end();
        }
        tellKept();
        FileNotes notes = new FileNotes();
        boolean complete = missing == 0 && (total < 0 || inflation != null || length >= total);
        for (Inspector.Reader reader : readers) {
            reader.end(complete, notes);
        }
        if (length > 0) {
            connection.emit(event(notes));
            if (notes.program != null) {
                connection.emit(
                        notes.program.event(firstNanos, engine.now(), connection.uid(), fuid));
            }
        }
    }

    private FileSeen event(FileNotes notes) {
        return new FileSeen(
                firstNanos,
                engine.now(),
                fuid,
                connection.uid(),
                connection.id(),
                source,
                depth,
                List.copyOf(notes.analyzers),
                mimeType,
                filename,
                lastNanos - firstNanos,
                connection.isLocal(side),
                side == Side.ORIGINATOR,
                length,
                total >= 0 && inflation == null ? total : null,
                missing,
                0,
                false,
                notes.md5,
                notes.sha1,
                notes.sha256,
                notes.extracted,
                notes.members,
                notes.encrypted,
                notes.signs.isEmpty() ? null : List.copyOf(notes.signs),
                carrier);
    }
}
