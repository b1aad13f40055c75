package io.hark.wire;

import io.hark.bytes.BigEndian;
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

    /// Octets of zeros that no writer of frames leaves: a block of a disk.
    private static final int UNWRITTEN = 4096;

    private static final int LINK_TYPE_MASK =
            0x0fff_ffff; // the top bits tell of frame check sequences

    private final boolean little;
    private final int fraction;
    private final int linkType;
    private boolean headerSeen;
    private String damage = "";

    private Pcap(boolean little, int fraction, int linkType) {
        this.little = little;
        this.fraction = fraction;
        this.linkType = linkType;
    }

    /// A reader for the file that begins with these 24 octets, or null if it is no pcap.
    static @Nullable Pcap of(byte[] head) {
        int magic = BigEndian.i32(head, 0);
        boolean little = magic != MICROS && magic != NANOS;
        if (little) {
            magic = Integer.reverseBytes(magic);
        }
        if (magic != MICROS && magic != NANOS) {
            return null;
        }
        return new Pcap(little, magic == NANOS ? 1 : 1000, i32(head, 20, little) & LINK_TYPE_MASK);
    }

    /// Whether a pcap begins so.
    static boolean isMagic(byte[] head) {
        int magic = BigEndian.i32(head, 0);
        int other = Integer.reverseBytes(magic);
        return magic == MICROS || magic == NANOS || other == MICROS || other == NANOS;
    }

    private static int i32(byte[] memory, int at, boolean little) {
        int value = BigEndian.i32(memory, at);
        return little ? Integer.reverseBytes(value) : value;
    }

    @Override
    public int next(byte[] memory, int from, int to, Frame frame) {
        frame.isFrame = false;
        if (!headerSeen) {
            headerSeen = true;
            return FILE_HEADER;
        }
        if (to - from < RECORD_HEADER) {
            return MORE;
        }
        int captured = i32(memory, from + 8, little);
        if (captured < 0 || captured > MAX_RECORD) {
            damage = "a record claims " + Integer.toUnsignedString(captured) + " bytes";
            return DAMAGED;
        }
        int zeros = captured == 0 ? zeros(memory, from, to) : 0;
        if (zeros == UNWRITTEN) {
            damage = "nothing but zeros from there on";
            return DAMAGED;
        }
        boolean mayBeMoreZeros = zeros == to - from && !frame.isEnd;
        if (mayBeMoreZeros || to - from - RECORD_HEADER < captured) {
            return MORE;
        }
        long seconds = i32(memory, from, little) & 0xffff_ffffL;
        long part = i32(memory, from + 4, little) & 0xffff_ffffL;
        frame.isFrame = true;
        frame.nanos = seconds * 1_000_000_000L + part * fraction;
        frame.at = from + RECORD_HEADER;
        frame.captured = captured;
        frame.length = Math.max(captured, i32(memory, from + 12, little) & Integer.MAX_VALUE);
        frame.linkType = linkType;
        return RECORD_HEADER + captured;
    }

    /// How many zeros begin here, [#UNWRITTEN] at most: a file's end that was reserved and never
    /// written. Fewer are frames of nothing, as others count them.
    private static int zeros(byte[] memory, int from, int to) {
        int end = Math.min(to, from + UNWRITTEN);
        int at = from;
        while (at < end && memory[at] == 0) {
            at++;
        }
        return at - from;
    }

    @Override
    public String damage() {
        return damage;
    }
}
