package io.hark.wire;

import io.hark.bytes.BigEndian;

/// The link layers of a frame, down to the IP packet in it: Ethernet with its tags, PPP, what Linux
/// and BSD put in front of packets.
///
/// *Source*: link types by tcpdump.org; IEEE 802.1Q, 802.1ad, 802.1ah, 802.3; RFC 3032 (MPLS), 2516
/// (PPPoE). *Thread*: the reader's.
final class Links {

    private static final int MAX_TAGS = 4; // VLAN and MPLS labels in a row
    private static final int MAX_NFLOG = 64; // values before the packet: there are some 20 types

    static final int IPV4 = 0x0800;
    static final int IPV6 = 0x86dd;
    private static final int ARP = 0x0806;
    private static final int MAX_802_3 = 1500; // up to it the type of a frame is its length

    private final Layers layers;
    private final Ip ip;
    final Wireless wireless;

    Links(Layers layers, Ip ip) {
        this.layers = layers;
        this.ip = ip;
        this.wireless = new Wireless(layers, this);
    }

    /// Looks into a frame of that link type.
    void frame(Chunk c, int type, int at, int end) {
        byte[] m = c.memory;
        switch (type) {
            case 1 -> ethernet(c, at, end, 0);
            case 0, 108 -> { // NULL and LOOP: an address family in some byte order
                if (end - at >= 4) {
                    ip.byVersion(c, at + 4, end, 0);
                }
            }
            case 12, 14, 101, 228, 229 -> ip.byVersion(c, at, end, 0);
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
                ip.byVersion(c, place + 4, Math.min(end, place + length), 0);
                return;
            }
            place += length + 3 & ~3;
        }
    }

    /// An Ethernet frame.
    void ethernet(Chunk c, int at, int end, int depth) {
        if (end - at < 14) {
            return;
        }
        c.hardware[layers.frame] = at;
        network(c, BigEndian.u16(c.memory, at + 12), at + 14, end, depth);
    }

    /// A PPP frame, with address and control fields or without; the protocol's first octet may be
    /// left out where the second is odd (RFC 1662 §3.1, RFC 1661 §6.5).
    void ppp(Chunk c, int at, int end, int depth) {
        if (end - at >= 2 && BigEndian.u16(c.memory, at) == 0xff03) {
            at += 2; // address and control
        }
        if (end - at < 2) {
            return;
        }
        boolean isShort = (c.memory[at] & 1) != 0;
        int protocol = isShort ? c.memory[at] & 0xff : BigEndian.u16(c.memory, at);
        int behind = at + (isShort ? 1 : 2);
        if (protocol == 0x21) {
            network(c, IPV4, behind, end, depth);
        } else if (protocol == 0x57) {
            network(c, IPV6, behind, end, depth);
        }
    }

    /// What lies behind a link header, by its type: tags come off.
    void network(Chunk c, int type, int at, int end, int depth) {
        byte[] m = c.memory;
        for (int tags = 0; tags <= MAX_TAGS; tags++) {
            switch (type) {
                case IPV4 -> {
                    ip.v4(c, at, end, depth);
                    return;
                }
                case IPV6 -> {
                    ip.v6(c, at, end, depth);
                    return;
                }
                case ARP -> {
                    layers.found += Neighbors.findArp(c, layers.frame, at, end) ? 1 : 0;
                    return;
                }
                case 0x8100, 0x88a8, 0x9100 -> {
                    if (end - at < 4) {
                        return;
                    }
                    int id = BigEndian.u16(m, at) & 0xfff;
                    int outer = c.vlan[layers.frame];
                    c.vlan[layers.frame] =
                            outer == Layers.NONE ? id : outer & 0xffff | (id + 1) << 16;
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
                        ip.byVersion(c, at, end, depth);
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
                    if (depth < Layers.MAX_DEPTH) {
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
                depth < Layers.MAX_DEPTH
                        && end - at >= 8
                        && BigEndian.i32(c.memory, at) == 0xaaaa_0300
                        && BigEndian.u16(c.memory, at + 4) == 0;
        if (snap) {
            network(c, BigEndian.u16(c.memory, at + 6), at + 8, end, depth + 1);
        }
    }
}
