package io.hark.wire;

import io.hark.bytes.BigEndian;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pcapng format: sections of either byte order, interfaces with clocks of their own, enhanced,
/// simple and old packet blocks, interface statistics and secrets. Blocks of other kinds are
/// stepped over.
///
/// *Source*: draft-ietf-opsawg-pcapng.
final class Pcapng implements Container {

    /// Type of a section header block, the same in both byte orders; a pcapng file begins with it.
    static final int SECTION = 0x0a0d0d0a;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int INTERFACE = 1;
    private static final int PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int STATISTICS = 5;
    private static final int ENHANCED_PACKET = 6;
    private static final int SECRETS = 10;
    private static final int TLS_KEY_LOG = 0x544c534b; // "TLSK"
    private static final int BLOCK_OVERHEAD = 12;
    private static final int OPTION_TSRESOL = 9;
    private static final int OPTION_TSOFFSET = 14;
    private static final int OPTION_STARTTIME = 2;
    private static final int OPTION_IFDROP = 5;
    private static final int OPTION_FILTERACCEPT = 6;
    private static final int OPTION_OSDROP = 7;
    private static final int OPTION_USRDELIV = 8;
    private static final int MAX_INTERFACES =
            1 << 16; // a packet block of the old kind can name no more

    private record Interface(
            int linkType, long snapLength, long unitsPerSecond, long offsetSeconds) {}

    private boolean little;
    private final List<Interface> interfaces = new ArrayList<>();
    private String damage = "";
    private long lastNanos;
    private final Map<Integer, Drops> sectionDrops = new HashMap<>(); // by interface
    private Drops earlierDrops = Drops.NONE; // of earlier sections
    private Drops drops = Drops.NONE;
    private long countedSince;

    @Override
    public int next(byte[] memory, int from, int to, Frame frame) {
        frame.isFrame = false;
        frame.keyLog = null;
        if (to - from < BLOCK_OVERHEAD) {
            return MORE;
        }
        int type = i32(memory, from);
        if (type == SECTION) { // reads the same in both orders; the magic behind it tells which
            if (!startSection(BigEndian.i32(memory, from + 8))) {
                return damaged("a section header without byte-order magic");
            }
        }
        long length = i32(memory, from + 4) & 0xffff_ffffL;
        if (length < BLOCK_OVERHEAD || length > MAX_RECORD) {
            return damaged("a block of " + length + " bytes");
        }
        int padded = (int) (length + 3 & ~3);
        if (to - from < padded) {
            return MORE;
        }
        int body = from + 8;
        int end = from + (int) length - 4;
        return switch (type) {
            case INTERFACE ->
                    addInterface(memory, body, end)
                            ? padded
                            : damaged("an interface block that is too short");
            case ENHANCED_PACKET ->
                    packet(memory, body, end, frame, true)
                            ? padded
                            : damaged("a packet block that does not hold its packet");
            case PACKET ->
                    packet(memory, body, end, frame, false)
                            ? padded
                            : damaged("a packet block that does not hold its packet");
            case SIMPLE_PACKET ->
                    simplePacket(memory, body, end, frame)
                            ? padded
                            : damaged("a packet without an interface");
            case SECRETS -> {
                frame.keyLog = keyLog(memory, body, end);
                yield padded;
            }
            case STATISTICS -> {
                statistics(memory, body, end);
                yield padded;
            }
            default -> padded;
        };
    }

    private int i32(byte[] memory, int at) {
        int value = BigEndian.i32(memory, at);
        return little ? Integer.reverseBytes(value) : value;
    }

    private int u16(byte[] memory, int at) {
        return little
                ? (memory[at + 1] & 0xff) << 8 | memory[at] & 0xff
                : BigEndian.u16(memory, at);
    }

    private int damaged(String how) {
        damage = how;
        return DAMAGED;
    }

    @Override
    public String damage() {
        return damage;
    }

    private boolean startSection(int magic) {
        little = Integer.reverseBytes(magic) == BYTE_ORDER_MAGIC;
        if (!little && magic != BYTE_ORDER_MAGIC) {
            return false;
        }
        interfaces.clear();
        earlierDrops = drops;
        sectionDrops.clear();
        return true;
    }

    private boolean addInterface(byte[] memory, int body, int end) {
        if (end - body < 8 || interfaces.size() >= MAX_INTERFACES) {
            return false;
        }
        long units = 1_000_000;
        long offset = 0;
        for (int at = body + 8; end - at >= 4; ) {
            int code = u16(memory, at);
            int length = u16(memory, at + 2);
            if (code == 0 || end - at - 4 < length) {
                break;
            }
            if (code == OPTION_TSRESOL && length >= 1) {
                units = unitsPerSecond(memory[at + 4] & 0xff);
            } else if (code == OPTION_TSOFFSET && length >= 8) {
                offset = BigEndian.i64(memory, at + 4);
                offset = little ? Long.reverseBytes(offset) : offset;
            }
            at += 4 + (length + 3 & ~3);
        }
        interfaces.add(
                new Interface(
                        u16(memory, body), i32(memory, body + 4) & 0xffff_ffffL, units, offset));
        return true;
    }

    /// An interface statistics block: what the capturing program was told of losses, cumulative, so
    /// that the last one of an interface counts. Where what the system dropped is not told, it is
    /// what passed the filter and was not delivered.
    private void statistics(byte[] memory, int body, int end) {
        if (end - body < 12) {
            return;
        }
        int number = i32(memory, body);
        if (number < 0 || number >= interfaces.size()) {
            return;
        }
        long[] values = new long[OPTION_USRDELIV + 1];
        Arrays.fill(values, -1);
        for (int at = body + 12; end - at >= 4; ) {
            int code = u16(memory, at);
            int length = u16(memory, at + 2);
            if (code == 0 || end - at - 4 < length) {
                break;
            }
            if (code < values.length && length >= 8) {
                long value = BigEndian.i64(memory, at + 4);
                values[code] =
                        !little
                                ? value
                                : code == OPTION_STARTTIME // two halves, the higher first
                                        ? Long.rotateLeft(Long.reverseBytes(value), 32)
                                        : Long.reverseBytes(value);
            }
            at += 4 + (length + 3 & ~3);
        }
        long kernel = values[OPTION_OSDROP];
        if (kernel < 0 && values[OPTION_USRDELIV] >= 0) {
            kernel = values[OPTION_FILTERACCEPT] - values[OPTION_USRDELIV];
        }
        countedSince = Math.max(countedSince, values[OPTION_STARTTIME]);
        sectionDrops.put(
                number, new Drops(Math.max(0, kernel), Math.max(0, values[OPTION_IFDROP]), 0));
        Drops all = earlierDrops;
        for (Drops one : sectionDrops.values()) {
            all = all.and(one);
        }
        drops = all;
    }

    /// A decryption secrets block: `kind 4 · length 4 · secrets`; null where they are of another
    /// kind than a key log.
    private @Nullable String keyLog(byte[] memory, int body, int end) {
        if (end - body < 8 || i32(memory, body) != TLS_KEY_LOG) {
            return null;
        }
        int length = i32(memory, body + 4);
        boolean fits = length >= 0 && length <= end - body - 8;
        return fits ? new String(memory, body + 8, length, StandardCharsets.ISO_8859_1) : null;
    }

    /// What its interfaces lost.
    Drops drops() {
        return drops;
    }

    /// When the counting of losses began, in the clock of the file; 0 where it is not told. The
    /// files of a ring that count on from one to the next tell the same.
    long countedSince() {
        return countedSince;
    }

    /// The unit of an interface's clock: 10^-n or 2^-n of a second; finer than any clock is taken
    /// as nanoseconds.
    private static long unitsPerSecond(int resolution) {
        if (resolution >= 0x80) {
            return 1L << Math.min(resolution - 0x80, 30);
        }
        long units = 1;
        for (int i = 0; i < Math.min(resolution, 18); i++) {
            units *= 10;
        }
        return units;
    }

    private boolean packet(byte[] memory, int body, int end, Frame frame, boolean enhanced) {
        if (end - body < 20) {
            return false;
        }
        int number = enhanced ? i32(memory, body) : u16(memory, body);
        int captured = i32(memory, body + 12);
        if (number < 0
                || number >= interfaces.size()
                || captured < 0
                || end - body - 20 < captured) {
            return false;
        }
        Interface from = interfaces.get(number);
        long time =
                (i32(memory, body + 4) & 0xffff_ffffL) << 32 | i32(memory, body + 8) & 0xffff_ffffL;
        frame.nanos = nanos(time, from);
        frame.at = body + 20;
        frame.captured = captured;
        frame.length = Math.max(captured, i32(memory, body + 16) & Integer.MAX_VALUE);
        frame.linkType = from.linkType;
        frame.isFrame = true;
        lastNanos = frame.nanos;
        return true;
    }

    private boolean simplePacket(byte[] memory, int body, int end, Frame frame) {
        if (end - body < 4 || interfaces.isEmpty()) {
            return false;
        }
        Interface from = interfaces.getFirst();
        long length = i32(memory, body) & 0xffff_ffffL;
        long captured = Math.min(length, end - body - 4);
        frame.nanos =
                lastNanos; // the block has no time: that of the packet before is the best there is
        frame.at = body + 4;
        frame.captured =
                (int) (from.snapLength > 0 ? Math.min(captured, from.snapLength) : captured);
        frame.length = (int) Math.max(frame.captured, Math.min(length, Integer.MAX_VALUE));
        frame.linkType = from.linkType;
        frame.isFrame = true;
        return true;
    }

    private static long nanos(long time, Interface from) {
        long seconds = Long.divideUnsigned(time, from.unitsPerSecond);
        long rest = Long.remainderUnsigned(time, from.unitsPerSecond);
        long nanos =
                from.unitsPerSecond <= 1_000_000_000L
                        ? rest * 1_000_000_000L / from.unitsPerSecond
                        : (long) (rest / (from.unitsPerSecond / 1e9));
        return (seconds + from.offsetSeconds) * 1_000_000_000L + nanos;
    }
}
