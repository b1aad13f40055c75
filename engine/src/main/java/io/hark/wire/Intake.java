package io.hark.wire;

import io.hark.Secret;
import java.util.List;

/// Fills chunks with frames that come one by one, from somewhere else than a file: the door through
/// which other packages' sources write chunks.
///
/// *Shape*: [#begin], then for each frame [#place], the frame's bytes written there, [#add]; then
/// [#finish]. *Thread*: one owner, the reading thread; counters from any.
public final class Intake {

    static final long SET_BACK_NANOS = 60_000_000_000L;

    private final Layers layers;
    private Chunk chunk = new Chunk();
    private int used;
    private int placed;
    private boolean full;
    private long frames;
    private long octets;
    private long chunks;
    private long clock = Long.MIN_VALUE;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    /// An intake whose frames are looked at there.
    public Intake(Layers layers) {
        this.layers = layers;
    }

    /// Begins the next chunk.
    public void begin(Chunk next) {
        chunk = next;
        chunk.reset(chunks++, frames);
        used = 0;
        full = false;
    }

    /// Makes room for a frame.
    ///
    /// @return where it goes in [#memory], or -1 if it has to wait for the next chunk
    public int place(int bytes) {
        if (chunk.isFull() || bytes > chunk.capacity - used) {
            if (chunk.frames > 0) {
                full = true;
                return -1;
            }
            chunk.grow(bytes, 0);
        }
        placed = used;
        return placed;
    }

    /// Where frames are written.
    public byte[] memory() {
        return chunk.memory;
    }

    /// The frame is there, where [#place] said.
    ///
    /// @param nanos when it was captured
    /// @param captured its bytes
    /// @param length its bytes on the wire
    /// @param linkType its first header, by tcpdump.org's numbers
    /// @param unsummed whether its transport checksum is the sending card's work yet to be done
    public void add(long nanos, int captured, int length, int linkType, boolean unsummed) {
        int i = chunk.frames++;
        chunk.ts[i] = nanos;
        chunk.at[i] = placed;
        chunk.captured[i] = captured;
        chunk.length[i] = length;
        chunk.linkType[i] = linkType;
        used = placed + captured;
        frames++;
        octets += length;
        advance(nanos);
        firstNanos = Math.min(firstNanos, nanos);
        lastNanos = Math.max(lastNanos, nanos);
        layers.look(chunk, i);
        if (unsummed) {
            chunk.flags[i] |= Chunk.UNSUMMED;
        }
    }

    private void advance(long nanos) {
        // a clock that was set back a good deal is believed: timers go by it
        boolean first = clock == Long.MIN_VALUE;
        clock = first || nanos < clock - SET_BACK_NANOS ? nanos : Math.max(clock, nanos);
    }

    /// How many frames the chunk at hand has.
    public int held() {
        return chunk.frames;
    }

    /// Whether a frame waits for the next chunk.
    public boolean isFull() {
        return full;
    }

    /// No frame to come is older than that, as far as anybody can know: timers may fire.
    public void quiet(long nanos) {
        advance(nanos);
    }

    /// Secrets that open what comes from here on, and what was kept for them.
    public void learn(List<Secret> secrets) {
        chunk.secrets.addAll(secrets);
    }

    /// The chunk is done.
    ///
    /// @param last whether no other comes behind it
    public void finish(boolean last) {
        chunk.prefixMaxNanos = clock;
        chunk.last = last;
    }

    /// Frames taken so far.
    public long frameCount() {
        return frames;
    }

    /// Bytes of those frames on the wire.
    public long octetCount() {
        return octets;
    }

    /// Time of the earliest frame, or [Long#MAX_VALUE].
    public long firstNanos() {
        return firstNanos;
    }

    /// Time of the latest frame, or [Long#MIN_VALUE].
    public long lastNanos() {
        return lastNanos;
    }
}
