package io.hark.wire;

import io.hark.bytes.BigEndian;
import io.hark.schema.Addr;

/// IP headers: checks them, puts fragments together, goes over IPv6's extensions.
///
/// *Source*: RFC 791, RFC 8200. *Thread*: the reader's.
final class Ip {

    static final int MAX_EXTENSIONS = 10; // IPv6 extension headers in a row

    private final Layers layers;
    private final Setup.Checksums checksums;
    private final Fragments fragments;
    private long badHeaders;
    private long badChecksums;

    Ip(Layers layers, Setup.Checksums checksums, Targets targets) {
        this.layers = layers;
        this.checksums = checksums;
        this.fragments = new Fragments(targets);
    }

    /// Packets whose headers do not hold together.
    long badHeaders() {
        return badHeaders;
    }

    /// IPv4 headers with a bad checksum.
    long badChecksums() {
        return badChecksums;
    }

    Fragments fragments() {
        return fragments;
    }

    /// A packet that tells its version by itself.
    void byVersion(Chunk c, int at, int end, int depth) {
        if (at < end) {
            int version = (c.memory[at] & 0xff) >>> 4;
            if (version == 4) {
                v4(c, at, end, depth);
            } else if (version == 6) {
                v6(c, at, end, depth);
            }
        }
    }

    /// An IPv4 packet.
    void v4(Chunk c, int at, int end, int depth) {
        byte[] m = c.memory;
        int header = end - at < 20 ? 0 : (m[at] & 0xf) * 4;
        if (header < 20 || header > end - at || (m[at] & 0xf0) != 0x40) {
            badHeaders++;
            return;
        }
        int total = BigEndian.u16(m, at + 2);
        if (total == 0) {
            total = end - at; // segmentation offload: the length was left to the card
        }
        if (total < header) {
            badHeaders++;
            return;
        }
        if (isBadHeader(m, at, header)) {
            badChecksums++;
            return;
        }
        int packetEnd = Math.min(end, at + total);
        int place = BigEndian.u16(m, at + 6);
        int protocol = m[at + 9] & 0xff;
        if ((place & 0x3fff) != 0 && (c.flags[layers.frame] & Chunk.REASSEMBLED) == 0) {
            int offset = (place & 0x1fff) * 8;
            int length = packetEnd - at - header;
            if (at + total > end || length <= 0) {
                return; // cut off in the capture: never whole
            }
            if (layers.isCopy(c, layers.frame, at, false, total, at + header, packetEnd, -1)) {
                return;
            }
            long id = BigEndian.u16(m, at + 4);
            int whole =
                    fragments.add(
                            c,
                            layers.frame,
                            at,
                            header,
                            false,
                            id,
                            protocol,
                            offset,
                            at + header,
                            length,
                            (place & 0x2000) != 0);
            if (whole >= 0) {
                c.flags[layers.frame] |= Chunk.REASSEMBLED;
                v4(c, whole, c.capacity + c.spareUsed, depth);
            }
            return;
        }
        c.ttl[layers.frame] = m[at + 8];
        c.flags[layers.frame] &= ~Chunk.V6;
        layers.packet(c, at, total, at + header, total - header, packetEnd, protocol, depth);
    }

    /// Whether the header checksum is bad: one that the sender left to its card, and so is zero,
    /// only where it is to be verified whatever it costs.
    private boolean isBadHeader(byte[] m, int at, int header) {
        return switch (checksums) {
            case IGNORE -> false;
            case VERIFY -> Checksum.of(m, at, header, 0) != 0xffff;
            case AUTO -> BigEndian.u16(m, at + 10) != 0 && Checksum.of(m, at, header, 0) != 0xffff;
        };
    }

    /// An IPv6 packet.
    void v6(Chunk c, int at, int end, int depth) {
        byte[] m = c.memory;
        if (end - at < 40 || (m[at] & 0xf0) != 0x60) {
            badHeaders++;
            return;
        }
        int payload = BigEndian.u16(m, at + 4);
        if (payload == 0) {
            payload = end - at - 40; // jumbo or segmentation offload
        }
        int total = 40 + payload;
        int packetEnd = Math.min(end, at + total);
        int next = m[at + 6] & 0xff;
        int header = at + 40;
        c.ttl[layers.frame] = m[at + 7];
        c.flags[layers.frame] |= Chunk.V6;
        for (int n = 0; n <= MAX_EXTENSIONS; n++) {
            switch (next) {
                case 0, 43, 60, 135 -> { // hop-by-hop, routing, destination, mobility
                    if (packetEnd - header < 8) {
                        badHeaders++;
                        return;
                    }
                    next = m[header] & 0xff;
                    header += ((m[header + 1] & 0xff) + 1) * 8;
                }
                case 51 -> { // authentication header
                    if (packetEnd - header < 8) {
                        badHeaders++;
                        return;
                    }
                    next = m[header] & 0xff;
                    header += ((m[header + 1] & 0xff) + 2) * 4;
                }
                case 44 -> {
                    if (packetEnd - header < 8) {
                        badHeaders++;
                        return;
                    }
                    int place = BigEndian.u16(m, header + 2);
                    int inner = m[header] & 0xff;
                    boolean atomic =
                            (place & 0xfff9) == 0; // RFC 6946: a fragment that is the whole
                    if (atomic || (c.flags[layers.frame] & Chunk.REASSEMBLED) != 0) {
                        next = inner;
                        header += 8;
                        continue;
                    }
                    int length = packetEnd - header - 8;
                    if (at + total > end
                            || length <= 0
                            || layers.isCopy(
                                    c, layers.frame, at, true, total, header, packetEnd, -1)) {
                        return;
                    }
                    long id = BigEndian.u32(m, header + 4);
                    int whole =
                            fragments.add(
                                    c,
                                    layers.frame,
                                    at,
                                    header + 8 - at,
                                    true,
                                    id,
                                    inner,
                                    place & 0xfff8,
                                    header + 8,
                                    length,
                                    (place & 1) != 0);
                    if (whole >= 0) {
                        c.flags[layers.frame] |= Chunk.REASSEMBLED;
                        v6(c, whole, c.capacity + c.spareUsed, depth);
                    }
                    return;
                }
                case 59 -> {
                    return; // no next header
                }
                default -> {
                    if (header > packetEnd) {
                        badHeaders++;
                        return;
                    }
                    layers.packet(
                            c, at, total, header, at + total - header, packetEnd, next, depth);
                    return;
                }
            }
        }
        badHeaders++;
    }

    /// Whether packets with bad checksums are dropped whatever it costs.
    boolean isVerifying() {
        return checksums == Setup.Checksums.VERIFY;
    }

    /// The source or destination of an IP packet.
    static Addr address(byte[] m, int ip, boolean v6, boolean source) {
        if (v6) {
            int at = ip + (source ? 8 : 24);
            return new Addr(BigEndian.i64(m, at), BigEndian.i64(m, at + 8));
        }
        return Addr.v4(BigEndian.i32(m, ip + (source ? 12 : 16)));
    }
}
