package io.hark;

import io.hark.bytes.Bytes;
import io.hark.event.Side;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A body that keeps all its bytes. Content codings are written down, not undone.
public final class TestBody implements Body {

    private static final int HEAD = 4096; // what a type is told from

    private final String fuid;
    private final Side side;
    private final String source;
    private final @Nullable String filename;
    private final @Nullable String coding;
    private final long total;
    private final Function<byte[], @Nullable String> types;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long missing;
    private int limit;
    private boolean ended;

    TestBody(
            String fuid,
            Side side,
            String source,
            @Nullable String filename,
            @Nullable String coding,
            long total,
            Function<byte[], @Nullable String> types) {
        this.fuid = fuid;
        this.side = side;
        this.source = source;
        this.filename = filename;
        this.coding = coding;
        this.total = total;
        this.types = types;
    }

    void feed(byte[] piece, int from, int to) {
        if (!ended) {
            bytes.write(piece, from, to - from);
        }
    }

    @Override
    public void take(Bytes piece) {
        byte[] octets = piece.toArray();
        feed(octets, 0, octets.length);
    }

    @Override
    public void lose(long n) {
        missing += n;
    }

    /// Its bytes as Latin-1 text.
    public String text() {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /// Whether [#end] was called.
    public boolean hasEnded() {
        return ended;
    }

    @Override
    public String fuid() {
        return fuid;
    }

    @Override
    public @Nullable String mimeType() {
        byte[] all = bytes.toByteArray();
        return all.length == 0 ? null : types.apply(Arrays.copyOf(all, Math.min(all.length, HEAD)));
    }

    @Override
    public long length() {
        return bytes.size();
    }

    @Override
    public long missing() {
        return missing;
    }

    @Override
    public void keep(int most) {
        limit = Math.min(most, MAX_KEPT);
    }

    @Override
    public byte[] kept() {
        byte[] all = bytes.toByteArray();
        return Arrays.copyOf(all, Math.min(all.length, limit));
    }

    @Override
    public boolean isWhole() {
        return missing == 0 && bytes.size() <= limit;
    }

    @Override
    public void end() {
        ended = true;
    }

    @Override
    public String toString() {
        return "%s %s %s %s %s total %d missing %d ended %s: %s"
                .formatted(fuid, side, source, filename, coding, total, missing, ended, text());
    }
}
