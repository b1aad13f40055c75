package io.hark.wire;

import io.hark.bytes.BigEndian;
import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// Finds the innermost IP packet of a frame: link layers, tags, tunnels, fragments; and the hash
/// that chooses its worker.
///
/// *Shape*: reads the frame in the chunk, writes the chunk's arrays. A frame without an IP packet
/// keeps shard 0.
///
/// This file is long because the layers call each other: a tunnel holds link layers again.
///
/// *Source*: link types by tcpdump.org; RFC 791, 8200, 2784 (GRE), 7348 (VXLAN), 8926 (Geneve),
/// 2003, 4213. *Thread*: the reader's.
public final class Layers {

    /// How deep tunnels may nest; deeper is an attack on whoever follows.
    static final int MAX_DEPTH = 4;

    private static final int MAX_TAGS = 4; // VLAN and MPLS labels in a row
    private static final int MAX_NFLOG = 64; // values before the packet: there are some 20 types
    static final int MAX_EXTENSIONS = 10; // IPv6 extension headers in a row

    static final int IPV4 = 0x0800;
    static final int IPV6 = 0x86dd;
    static final int ARP = 0x0806;
    static final int NONE = -1;
    private static final int MAX_802_3 = 1500; // up to it the type of a frame is its length

    static final int TCP = 6;
    static final int UDP = 17;
    static final int SCTP = 132;

    /// Ports that negotiate no second connection, so that their connections may be spread by
    /// 5-tuple, not by host pair.
    private static final long[] SPREAD = portSet(53, 80, 443, 853, 3128, 8080);

    private final Fragments fragments;
    private final Copies copies = new Copies();
    private final Tunnels tunnels = new Tunnels(this);
    private @Nullable Tunnel around; // of all frames; null on a wire
    final Wireless wireless = new Wireless(this);
    private final Setup.Checksums checksums;
    private long notIp;
    private long badHeaders;
    private long badChecksums;
    private long copied;
    private long setBack;
    private long before; // when the frame ahead was captured
    int frame;
    private int last;
    private int places;

    /// How many packets were found in all: tells whether there was one in what was looked into.
    long found;

    /// Layers for one capture.
    ///
    /// @param checksums what to do with packets whose IPv4 header checksum is bad
    public Layers(Setup.Checksums checksums) {
        this(checksums, Targets.DEFAULT);
    }

    /// Layers for one capture.
    ///
    /// @param checksums what to do with packets whose IPv4 header checksum is bad
    /// @param targets which fragments count where they overlap
    public Layers(Setup.Checksums checksums, Targets targets) {
        this.checksums = checksums;
        this.fragments = new Fragments(targets);
    }

    /// Frames without an IP packet.
    public long notIp() {
        return notIp;
    }

    /// Packets whose headers do not hold together.
    public long badHeaders() {
        return badHeaders;
    }

    /// IPv4 headers with a bad checksum.
    public long badChecksums() {
        return badChecksums;
    }

    /// Frames that were captured a moment before already.
    public long copied() {
        return copied;
    }

    /// How often a frame lay more than a minute before the one ahead of it: the clock was set, or
    /// the rest of a file is zeros, which is frames of 1970 to every reader of pcap.
    public long setBack() {
        return setBack;
    }

    /// How often a fragment overlapped another and was no copy of it.
    public long overlappingFragments() {
        return fragments.overlapping();
    }

    /// IP fragments.
    public long fragmentCount() {
        return fragments.seen();
    }

    /// The frames looked at from now on were in this tunnel.
    void within(Tunnel tunnel) {
        around = tunnel;
    }

    /// Looks at frame `i` of the chunk, which is filled up to its link type.
    void look(Chunk chunk, int i) {
        frame = i;
        setBack += before - chunk.ts[i] > Intake.SET_BACK_NANOS ? 1 : 0;
        before = chunk.ts[i];
        chunk.shard[i] = 0;
        chunk.hardware[i] = NONE;
        chunk.vlan[i] = NONE;
        chunk.tunnel[i] = around;
        chunk.flags[i] = 0;
        chunk.carries[i] = 0;
        chunk.next[i] = 0;
        last = i;
        places = 0;
        int at = chunk.at[i];
        link(chunk, chunk.linkType[i], at, at + chunk.captured[i]);
        if (chunk.shard[i] == 0
                || (chunk.flags[i] & Chunk.NEIGHBOR) != 0 && chunk.next[i] == 0) { // ARP
            notIp++;
        }
        if ((chunk.flags[i] & Chunk.COPY) != 0) {
            copied++;
        }
    }

    private void link(Chunk c, int type, int at, int end) {
        byte[] m = c.memory;
        switch (type) {
            case 1 -> ethernet(c, at, end, 0);
            case 0, 108 -> { // NULL and LOOP: an address family in some byte order
                if (end - at >= 4) {
                    ipByVersion(c, at + 4, end, 0);
                }
            }
            case 12, 14, 101, 228, 229 -> ipByVersion(c, at, end, 0);
            case 113 -> { // SLL
                if (end - at >= 16) {
                    network(c, BigEndian.u16(m, at + 14), at + 16, end, 0);
                }
            }
            case 276 -> { // SLL2
                if (end - at >= 20) {
                    network(c, BigEndian.u16(m, at), at + 20, end, 0);
                }
            }
            case 9, 50 -> ppp(c, at, end, 0);
            case 105 -> wireless.frame(c, at, end, 0);
            case 127 -> wireless.radiotap(c, at, end);
            case 239 -> nflog(c, at, end);
            default -> {}
        }
    }

    /// Netfilter's log: type-length-values in the byte order of the host that wrote them; the
    /// packet is the one of type 9.
    private void nflog(Chunk c, int at, int end) {
        byte[] m = c.memory;
        int place = at + 4;
        for (int n = 0; n < MAX_NFLOG && end - place >= 4; n++) {
            int length = (m[place + 1] & 0xff) << 8 | m[place] & 0xff;
            int type = m[place + 2];
            if (length < 4) {
                return;
            }
            if (type == 9) {
                ipByVersion(c, place + 4, Math.min(end, place + length), 0);
                return;
            }
            place += length + 3 & ~3;
        }
    }

    void ethernet(Chunk c, int at, int end, int depth) {
        if (end - at < 14) {
            return;
        }
        c.hardware[frame] = at;
        network(c, BigEndian.u16(c.memory, at + 12), at + 14, end, depth);
    }

    void ppp(Chunk c, int at, int end, int depth) {
        if (end - at >= 2 && BigEndian.u16(c.memory, at) == 0xff03) {
            at += 2; // address and control
        }
        if (end - at < 2) {
            return;
        }
        int protocol = BigEndian.u16(c.memory, at);
        if (protocol == 0x21) {
            network(c, IPV4, at + 2, end, depth);
        } else if (protocol == 0x57) {
            network(c, IPV6, at + 2, end, depth);
        }
    }

    void network(Chunk c, int type, int at, int end, int depth) {
        byte[] m = c.memory;
        for (int tags = 0; tags <= MAX_TAGS; tags++) {
            switch (type) {
                case IPV4 -> {
                    ipv4(c, at, end, depth);
                    return;
                }
                case IPV6 -> {
                    ipv6(c, at, end, depth);
                    return;
                }
                case ARP -> {
                    found += Neighbors.findArp(c, frame, at, end) ? 1 : 0;
                    return;
                }
                case 0x8100, 0x88a8, 0x9100 -> {
                    if (end - at < 4) {
                        return;
                    }
                    int id = BigEndian.u16(m, at) & 0xfff;
                    int outer = c.vlan[frame];
                    c.vlan[frame] = outer == NONE ? id : outer & 0xffff | (id + 1) << 16;
                    type = BigEndian.u16(m, at + 2);
                    at += 4;
                }
                case 0x8847,
                        0x8848 -> { // MPLS: the bottom label's payload tells by its first nibble
                    if (end - at < 5) {
                        return;
                    }
                    boolean bottom = (m[at + 2] & 1) != 0;
                    at += 4;
                    if (bottom) {
                        ipByVersion(c, at, end, depth);
                        return;
                    }
                }
                case 0x8864 -> { // PPPoE session
                    if (end - at >= 6) {
                        ppp(c, at + 6, end, depth);
                    }
                    return;
                }
                case 0x8926 -> { // VN-Tag, between Cisco's switches and adapters
                    if (end - at < 6) {
                        return;
                    }
                    type = BigEndian.u16(m, at + 4);
                    at += 6;
                }
                case 0x88e7 -> { // provider backbone: the customer's frame behind a service id
                    if (depth < MAX_DEPTH) {
                        ethernet(c, at + 4, end, depth + 1);
                    }
                    return;
                }
                default -> {
                    // IEEE 802.3: a length, and the type behind LLC and SNAP
                    if (type <= MAX_802_3) {
                        snap(c, at, end, depth);
                    }
                    return;
                }
            }
        }
    }

    /// A packet behind LLC and SNAP (RFC 1042).
    void snap(Chunk c, int at, int end, int depth) {
        boolean snap =
                depth < MAX_DEPTH
                        && end - at >= 8
                        && BigEndian.i32(c.memory, at) == 0xaaaa_0300
                        && BigEndian.u16(c.memory, at + 4) == 0;
        if (snap) {
            network(c, BigEndian.u16(c.memory, at + 6), at + 8, end, depth + 1);
        }
    }

    void ipByVersion(Chunk c, int at, int end, int depth) {
        if (at < end) {
            int version = (c.memory[at] & 0xff) >>> 4;
            if (version == 4) {
                ipv4(c, at, end, depth);
            } else if (version == 6) {
                ipv6(c, at, end, depth);
            }
        }
    }

    private void ipv4(Chunk c, int at, int end, int depth) {
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
        if ((place & 0x3fff) != 0 && (c.flags[frame] & Chunk.REASSEMBLED) == 0) {
            int offset = (place & 0x1fff) * 8;
            int length = packetEnd - at - header;
            if (at + total > end || length <= 0) {
                return; // cut off in the capture: never whole
            }
            if (isCopy(c, frame, at, false, total, at + header, packetEnd, -1)) {
                return;
            }
            long id = BigEndian.u16(m, at + 4);
            int whole =
                    fragments.add(
                            c,
                            frame,
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
                c.flags[frame] |= Chunk.REASSEMBLED;
                ipv4(c, whole, c.capacity + c.spareUsed, depth);
            }
            return;
        }
        c.ttl[frame] = m[at + 8];
        c.flags[frame] &= ~Chunk.V6;
        transport(c, at, total, at + header, total - header, packetEnd, protocol, depth);
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

    private void ipv6(Chunk c, int at, int end, int depth) {
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
        c.ttl[frame] = m[at + 7];
        c.flags[frame] |= Chunk.V6;
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
                    if (atomic || (c.flags[frame] & Chunk.REASSEMBLED) != 0) {
                        next = inner;
                        header += 8;
                        continue;
                    }
                    int length = packetEnd - header - 8;
                    if (at + total > end
                            || length <= 0
                            || isCopy(c, frame, at, true, total, header, packetEnd, -1)) {
                        return;
                    }
                    long id = BigEndian.u32(m, header + 4);
                    int whole =
                            fragments.add(
                                    c,
                                    frame,
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
                        c.flags[frame] |= Chunk.REASSEMBLED;
                        ipv6(c, whole, c.capacity + c.spareUsed, depth);
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
                    transport(c, at, total, header, at + total - header, packetEnd, next, depth);
                    return;
                }
            }
        }
        badHeaders++;
    }

    private void transport(
            Chunk c, int ip, int total, int at, int length, int end, int protocol, int depth) {
        if (depth < MAX_DEPTH && tunnels.enter(c, ip, total, at, length, end, protocol, depth)) {
            return;
        }
        put(c, frame, ip, total, at, length, end, protocol);
    }

    /// A place for one more packet of the frame at hand, -1 where it has had its share.
    int further(Chunk c) {
        if (places == Chunk.MAX_FURTHER) {
            return -1;
        }
        places++;
        last = c.further(last);
        return last;
    }

    /// Makes room for another packet beside that at `first`, if there is one there: what is found
    /// next is put there. False if the frame has had its share.
    boolean another(Chunk c, int first) {
        if (c.shard[first] == 0) {
            return true;
        }
        int i = further(c);
        if (i < 0) {
            return false;
        }
        c.hardware[i] = c.hardware[first];
        c.vlan[i] = c.vlan[first];
        c.tunnel[i] = c.tunnel[first];
        c.flags[i] = 0;
        c.carries[i] = 0;
        frame = i;
        return true;
    }

    /// Whether packets with bad checksums are dropped whatever it costs.
    boolean isVerifying() {
        return checksums == Setup.Checksums.VERIFY;
    }

    private boolean isCopy(
            Chunk c, int i, int ip, boolean v6, int total, int at, int end, int protocol) {
        boolean copy = copies.isCopy(c.memory, ip, v6, total, at, end, protocol, c.ts[i]);
        if (copy) {
            c.flags[i] |= Chunk.COPY;
        }
        return copy;
    }

    /// Puts a packet into its place.
    void put(Chunk c, int i, int ip, int total, int at, int length, int end, int protocol) {
        found++;
        isCopy(c, i, ip, (c.flags[i] & Chunk.V6) != 0, total, at, end, protocol);
        c.ip[i] = ip;
        c.ipLength[i] = total;
        c.transport[i] = at;
        c.transportLength[i] = length;
        c.transportCaptured[i] = Math.max(0, end - at);
        c.protocol[i] = (byte) protocol;
        c.shard[i] = shard(c, i, ip, at, end, protocol);
        Tunnel around = c.tunnel[i];
        c.freshTunnels[i] = around == null ? 0 : (byte) around.note();
        if (protocol == Icmp.V6 && Neighbors.isDiscovery(c, i, at, end)) {
            int more = (c.flags[i] & Chunk.COPY) == 0 ? further(c) : NONE;
            if (more != NONE) {
                Neighbors.findDiscovery(c, i, more, ip, at, end);
            }
        }
    }

    /// The source or destination of an IP packet.
    static Addr address(byte[] m, int ip, boolean v6, boolean source) {
        if (v6) {
            int at = ip + (source ? 8 : 24);
            return new Addr(BigEndian.i64(m, at), BigEndian.i64(m, at + 8));
        }
        return Addr.v4(BigEndian.i32(m, ip + (source ? 12 : 16)));
    }

    private static int shard(Chunk c, int i, int ip, int at, int end, int protocol) {
        byte[] m = c.memory;
        long a;
        long b;
        if ((c.flags[i] & Chunk.V6) != 0) {
            a = mix(BigEndian.i64(m, ip + 8)) ^ BigEndian.i64(m, ip + 16);
            b = mix(BigEndian.i64(m, ip + 24)) ^ BigEndian.i64(m, ip + 32);
        } else {
            a = BigEndian.i32(m, ip + 12);
            b = BigEndian.i32(m, ip + 16);
        }
        long hash = mix(a) + mix(b); // the same both ways
        if ((protocol == TCP || protocol == UDP) && end - at >= 4) {
            int src = BigEndian.u16(m, at);
            int dst = BigEndian.u16(m, at + 2);
            if (isSpread(src, dst)) {
                hash += mix(src + 1L) + mix(dst + 1L);
            }
        }
        return shard(hash);
    }

    /// The shard of a hash: positive, and evenly spread over any number of workers.
    static int shard(long hash) {
        return Math.max(1, (int) (mix(hash) >>> 33));
    }

    /// Whether connections between these ports are spread over workers by 5-tuple, not by host
    /// pair.
    static boolean isSpread(int src, int dst) {
        int low = Math.min(src, dst);
        return (SPREAD[low >>> 6] >>> low & 1) != 0;
    }

    static long mix(long value) {
        long h = (value ^ value >>> 32) * 0x9e37_79b9_7f4a_7c15L;
        return h ^ h >>> 29;
    }

    private static long[] portSet(int... ports) {
        long[] bits = new long[1024];
        for (int port : ports) {
            bits[port >>> 6] |= 1L << port;
        }
        return bits;
    }
}
