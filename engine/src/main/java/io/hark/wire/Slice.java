package io.hark.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/// Frames of chunks as a pcapng file of their own: an interface for each link type.
///
/// *Thread*: one owner.
public final class Slice implements Closeable {

    private final PcapngWriter out;
    private final Map<Integer, Integer> interfaces = new HashMap<>();
    private long frames;

    /// A file on `out`.
    public Slice(OutputStream out) throws IOException {
        this.out = new PcapngWriter(out, "hark");
    }

    /// Writes a frame as it was captured; of one that no block holds, the beginning.
    public void write(Chunk chunk, int frame) throws IOException {
        int linkType = chunk.linkType[frame];
        Integer on = interfaces.get(linkType);
        if (on == null) {
            on = out.add(PcapngWriter.Interface.of(linkType));
            interfaces.put(linkType, on);
        }
        int captured = Math.min(chunk.captured[frame], PcapngWriter.MAX_BYTES);
        out.packet(
                on,
                chunk.ts[frame],
                chunk.memory,
                chunk.at[frame],
                captured,
                Math.max(chunk.captured[frame], chunk.length[frame]));
        frames++;
    }

    /// Frames written so far.
    public long frames() {
        return frames;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
