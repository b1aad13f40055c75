package io.hark.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A capture in memory, for captures small enough to be changed in a test.
///
/// *Shape*: read from pcap (both byte orders, micro- and nanoseconds) or pcapng whose interfaces
/// have one link type; written as pcap with nanoseconds, little-endian. *Source*:
/// draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng.
///
/// @param linkType number of the link type (LINKTYPE_ETHERNET is 1)
/// @param frames in the order of the file
public record Capture(int linkType, List<Frame> frames) {

    private static final int PCAP_MICROS = 0xa1b2c3d4;
    private static final int PCAP_NANOS = 0xa1b23c4d;
    private static final int SECTION = 0x0a0d0d0a;
    private static final int BYTE_ORDER = 0x1a2b3c4d;
    private static final int INTERFACE = 1;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int OPTION_RESOLUTION = 9;
    private static final int SNAP_LENGTH = 262_144;
    private static final long NANOS = 1_000_000_000;

    /// Copies the list.
    public Capture {
        frames = List.copyOf(frames);
    }

    /// Other frames of the same link type.
    public Capture with(List<Frame> others) {
        return new Capture(linkType, others);
    }

    /// Reads a file; a capture that breaks off is read as far as it goes.
    ///
    /// @throws IllegalArgumentException where it is neither pcap nor pcapng, or has interfaces of
    ///   several link types
    public static Capture read(Path file) {
        ByteBuffer in = ByteBuffer.wrap(octets(file)).order(ByteOrder.LITTLE_ENDIAN);
        int magic = in.getInt(0);
        if (magic == SECTION) {
            return pcapng(in);
        }
        if (magic != PCAP_MICROS && magic != PCAP_NANOS) {
            in.order(ByteOrder.BIG_ENDIAN);
            magic = in.getInt(0);
        }
        if (magic != PCAP_MICROS && magic != PCAP_NANOS) {
            throw new IllegalArgumentException(file + " is neither pcap nor pcapng");
        }
        return pcap(in, magic == PCAP_NANOS ? 1 : 1000);
    }

    private static byte[] octets(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Capture pcap(ByteBuffer in, int nanosPerUnit) {
        int link = in.getInt(20) & 0xffff;
        in.position(24);
        List<Frame> frames = new ArrayList<>();
        while (in.remaining() >= 16) {
            long nanos =
                    (in.getInt() & 0xffff_ffffL) * NANOS
                            + (in.getInt() & 0xffff_ffffL) * nanosPerUnit;
            int captured = in.getInt();
            int original = in.getInt();
            if (captured < 0 || captured > in.remaining()) {
                break;
            }
            byte[] octets = new byte[captured];
            in.get(octets);
            frames.add(new Frame(nanos, octets, original));
        }
        return new Capture(link, frames);
    }

    private static Capture pcapng(ByteBuffer in) {
        List<Long> unitsPerSecond = new ArrayList<>();
        List<Frame> frames = new ArrayList<>();
        int link = -1;
        try {
            while (in.remaining() >= 12) {
                int start = in.position();
                int type = in.getInt();
                if (type == SECTION) {
                    in.order(in.getInt(start + 8) == BYTE_ORDER ? in.order() : other(in.order()));
                    unitsPerSecond.clear();
                }
                int length = in.getInt();
                ByteBuffer body = in.slice(start + 8, length - 12).order(in.order());
                if (type == INTERFACE) {
                    int its = body.getShort(0) & 0xffff;
                    if (link >= 0 && link != its) {
                        throw new IllegalArgumentException(
                                "interfaces of link types " + link + " and " + its);
                    }
                    link = its;
                    unitsPerSecond.add(resolution(body.position(8)));
                } else if (type == ENHANCED_PACKET) {
                    long units = unitsPerSecond.get(body.getInt());
                    long stamp =
                            (body.getInt() & 0xffff_ffffL) << 32 | body.getInt() & 0xffff_ffffL;
                    byte[] octets = new byte[body.getInt()];
                    int original = body.getInt();
                    body.get(octets);
                    frames.add(
                            new Frame(
                                    stamp / units * NANOS + stamp % units * (NANOS / units),
                                    octets,
                                    original));
                } else if (type == SIMPLE_PACKET) {
                    int original = body.getInt();
                    byte[] octets = new byte[Math.min(original, body.remaining())];
                    body.get(octets);
                    frames.add(new Frame(0, octets, original));
                }
                in.position(start + length);
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            return new Capture(Math.max(link, 0), frames); // it breaks off here
        }
        return new Capture(Math.max(link, 0), frames);
    }

    private static ByteOrder other(ByteOrder order) {
        return order == ByteOrder.LITTLE_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /// Units a second by the option `if_tsresol`; powers of ten up to nanoseconds are what the
    /// recordings have.
    private static long resolution(ByteBuffer options) {
        while (options.remaining() >= 4) {
            int code = options.getShort() & 0xffff;
            int length = options.getShort() & 0xffff;
            if (code == OPTION_RESOLUTION && length > 0) {
                return Math.round(Math.pow(10, options.get(options.position())));
            }
            options.position(Math.min(options.limit(), options.position() + (length + 3 & ~3)));
        }
        return 1_000_000;
    }

    /// The file as pcap.
    public byte[] toPcap() {
        int size = 24;
        for (Frame frame : frames) {
            size += 16 + frame.octets().length;
        }
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(PCAP_NANOS)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(SNAP_LENGTH)
                .putInt(linkType);
        for (Frame frame : frames) {
            out.putInt((int) Math.floorDiv(frame.nanos(), NANOS))
                    .putInt((int) Math.floorMod(frame.nanos(), NANOS));
            out.putInt(frame.octets().length).putInt(frame.originalLength()).put(frame.octets());
        }
        return out.array();
    }

    /// Writes it as pcap.
    public void write(Path file) {
        try {
            Files.write(file, toPcap());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many frames each host pair has, in order of first appearance; for showing how a capture
    /// spreads.
    public Map<String, Integer> pairs() {
        Map<String, Integer> pairs = new HashMap<>();
        for (Frame frame : frames) {
            Packet packet = Packet.of(frame.octets(), linkType);
            if (packet != null) {
                pairs.merge(packet.pair(frame.octets()), 1, Integer::sum);
            }
        }
        return pairs;
    }
}
