package io.hark.bench;

import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A yardstick: how fast this machine runs the JDK's own checksum over one frame's worth of bytes.
/// Other results are easier to compare across machines when divided by it.
@State(Scope.Thread)
public class Checksums {
    private final byte[] frame = new byte[1460];

    /// CRC-32C over 1,460 bytes.
    @Benchmark
    public long crc32c() {
        var crc = new CRC32C();
        crc.update(frame, 0, frame.length);
        return crc.getValue();
    }
}
