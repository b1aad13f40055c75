package io.hark.live;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.hark.wire.Drops;
import io.hark.wire.Intake;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// An interface captured by libpcap: for kinds of interfaces that the ring does not know, for
/// `any`, and for systems without the ring.
///
/// libpcap does not tell which checksums are still to be written.
///
/// *Thread*: one at a time; [#counts] from any.
final class PcapTap implements Tap {

    private static final long NEVER = Long.MAX_VALUE;

    /// After so long libpcap has handed on what the kernel had when it was told to stop.
    private static final long FLUSHED_NANOS = 4L * LibPcap.TIMEOUT_MILLIS * 1_000_000L;

    private final String name;
    private final LibPcap.Handle handle;
    private final int linkType;
    private final int toNanos;
    private boolean waiting; // a frame was taken from libpcap and found no room
    private long refusedNanos = NEVER;
    private long taken;
    private final long[] total = new long[3]; // of counters that are 32 bits wide
    private int[] before = new int[3];
    private volatile Counts counts = new Counts(0, 0, Drops.NONE, 0);

    private PcapTap(String name, LibPcap.Handle handle) {
        this.name = name;
        this.handle = handle;
        this.linkType = handle.linkType();
        this.toNanos = handle.hasNanoseconds() ? 1 : 1000;
    }

    static PcapTap open(
            LibPcap library, String name, long bytes, boolean promiscuous, @Nullable String filter)
            throws IOException {
        LibPcap.Handle handle = library.open(name, promiscuous, bytes);
        try {
            if (filter != null) {
                handle.filter(handle.compile(filter));
            }
            return new PcapTap(name, handle);
        } catch (IOException | RuntimeException e) {
            handle.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int descriptor() {
        return handle.descriptor();
    }

    @Override
    public boolean drain(Intake intake) throws IOException {
        boolean any = false;
        while (waiting || handle.next()) {
            MemorySegment header = handle.header();
            long nanos =
                    header.get(JAVA_LONG, 0) * 1_000_000_000L
                            + (long) header.get(JAVA_INT, 8) * toNanos;
            if (nanos > refusedNanos) {
                return any;
            }
            int captured = header.get(JAVA_INT, 16);
            int to = intake.place(captured);
            waiting = to < 0;
            if (waiting) {
                return any;
            }
            MemorySegment.copy(handle.data(captured), JAVA_BYTE, 0, intake.memory(), to, captured);
            intake.add(nanos, captured, header.get(JAVA_INT, 20), linkType, false);
            taken++;
            any = true;
        }
        return any;
    }

    /// A filter that refuses all would also refuse what lies in libpcap's buffer already; so frames
    /// go on coming, and those behind this moment are left out.
    @Override
    public void refuse() {
        refusedNanos = wallNanos();
    }

    @Override
    public boolean isDrained() throws IOException {
        count();
        return refusedNanos != NEVER && wallNanos() - refusedNanos > FLUSHED_NANOS;
    }

    private static long wallNanos() {
        return Math.multiplyExact(System.currentTimeMillis(), 1_000_000L);
    }

    @Override
    public String trouble() {
        return "";
    }

    @Override
    public Counts counts() {
        return counts;
    }

    @Override
    public void count() throws IOException {
        int[] now = handle.counters();
        for (int i = 0; i < total.length; i++) {
            total[i] += Integer.toUnsignedLong(now[i] - before[i]);
        }
        before = now;
        counts = new Counts(total[0], taken, new Drops(total[1], total[2], 0), 0);
    }

    @Override
    public void close() {
        handle.close();
    }
}
