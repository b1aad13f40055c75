package io.hark.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The classic pcap format, both byte orders, micro- and nanoseconds.
///
/// ```
/// file:   magic(4) major(2) minor(2) zone(4) sigfigs(4) snaplen(4) linktype(4)
/// record: seconds(4) fraction(4) captured(4) length(4) bytes(captured)
/// ```
///
/// *Source*: draft-ietf-opsawg-pcap.
final class Pcap implements Container {

    static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int MICROS = 0xa1b2c3d4;
    private static final int NANOS = 0xa1b23c4d;
    private static final int LINK_TYPE_MASK =
            0x0fff_ffff; // the top bits tell of frame check sequences

    private final ValueLayout.OfInt u32;
    private final int fraction;
    private final int linkType;
    private boolean headerSeen;
    private String damage = "";

    private Pcap(ByteOrder order, int fraction, int linkType) {
        this.u32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
        this.fraction = fraction;
        this.linkType = linkType;
    }

    /// A reader for the file that begins with these 24 octets, or null if it is no pcap.
    static @Nullable Pcap of(MemorySegment head) {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            ValueLayout.OfInt u32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
            int magic = head.get(u32, 0);
            if (magic == MICROS || magic == NANOS) {
                return new Pcap(
                        order, magic == NANOS ? 1 : 1000, head.get(u32, 20) & LINK_TYPE_MASK);
            }
        }
        return null;
    }

    @Override
    public int next(MemorySegment memory, int from, int to, Frame frame) {
        frame.isFrame = false;
        if (!headerSeen) {
            headerSeen = true;
            return FILE_HEADER;
        }
        if (to - from < RECORD_HEADER) {
            return MORE;
        }
        int captured = memory.get(u32, from + 8);
        if (captured < 0 || captured > MAX_RECORD) {
            damage = "a record claims " + Integer.toUnsignedString(captured) + " bytes";
            return DAMAGED;
        }
        if (to - from - RECORD_HEADER < captured) {
            return MORE;
        }
        long seconds = memory.get(u32, from) & 0xffff_ffffL;
        long part = memory.get(u32, from + 4) & 0xffff_ffffL;
        frame.isFrame = true;
        frame.nanos = seconds * 1_000_000_000L + part * fraction;
        frame.at = from + RECORD_HEADER;
        frame.captured = captured;
        frame.length = Math.max(captured, memory.get(u32, from + 12) & Integer.MAX_VALUE);
        frame.linkType = linkType;
        return RECORD_HEADER + captured;
    }

    @Override
    public String damage() {
        return damage;
    }
}
