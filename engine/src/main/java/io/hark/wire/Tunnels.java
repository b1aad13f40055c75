package io.hark.wire;

import io.hark.bytes.BigEndian;
import io.hark.event.Endpoints;
import io.hark.schema.Addr;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks into packets that carry others: IP in IP, GRE, ERSPAN, VXLAN, Geneve, GTP-U, AYIYA,
/// Teredo. What is found inside takes the outer packet's place in the chunk, which remembers the
/// tunnel.
///
/// *Source*: RFC 2003, 4213, 2784, 2637, 7348, 8926, 4380; 3GPP TS 29.281. *Thread*: the reader's.
final class Tunnels {

    private static final int MAX_TUNNELS =
            1 << 16; // distinct outer pairs remembered; beyond, packets count but stay outer

    /// What a datagram carries.
    private static final byte VXLAN = 1;

    private static final byte GENEVE = 2;
    private static final byte GTP = 3;
    private static final byte AYIYA = 4;
    private static final byte TEREDO = 5;
    private static final @Nullable String[] SERVICES = {
        null, "vxlan", "geneve", "gtpv1", "ayiya", "teredo"
    };

    private static final int UDP_HEADER = 8;
    private static final int LEAST = 8; // octets of the shortest tunnel header

    private final Layers layers;
    private final Map<Long, Tunnel> known = new HashMap<>();
    private byte carried;

    Tunnels(Layers layers) {
        this.layers = layers;
    }

    /// Zeek's name of what a connection's datagrams carry, null for 0.
    static @Nullable String service(int carries) {
        return SERVICES[carries];
    }

    /// Zeek's name of a kind of tunnel that is a connection of datagrams.
    static String type(int carries) {
        return switch (carries) {
            case VXLAN -> "Tunnel::VXLAN";
            case GENEVE -> "Tunnel::GENEVE";
            case GTP -> "Tunnel::GTPv1";
            case AYIYA -> "Tunnel::AYIYA";
            default -> "Tunnel::TEREDO";
        };
    }

    /// Looks into a packet that may carry another; true if one was found and taken in its place. A
    /// datagram that carried one keeps a place of its own: it is a connection too.
    boolean enter(
            Chunk c, int ip, int total, int at, int length, int end, int protocol, int depth) {
        switch (protocol) {
            case 4, 41, 47 -> {}
            case Layers.UDP -> {
                if (end - at < UDP_HEADER + LEAST || !isSound(c, ip, at, length, end)) {
                    return false;
                }
            }
            default -> {
                return false;
            }
        }
        int i = layers.frame;
        int hardware = c.hardware[i];
        int vlan = c.vlan[i];
        Tunnel outer = c.tunnel[i];
        byte ttl = c.ttl[i];
        byte flags = c.flags[i];
        long found = layers.found;
        carried = 0;
        switch (protocol) {
            case 47 -> gre(c, ip, at, end, depth);
            case Layers.UDP -> inUdp(c, ip, at, end, depth);
            default -> innerIp(c, ip, protocol == 4 ? "ipip" : "6in4", -1, at, end, depth);
        }
        int place = i;
        if (layers.found > found) {
            place = protocol == Layers.UDP ? layers.further(c) : -1;
            if (place < 0) {
                return true;
            }
        }
        c.hardware[place] = hardware;
        c.vlan[place] = vlan;
        c.tunnel[place] = outer;
        c.ttl[place] = ttl;
        c.flags[place] = flags;
        c.carries[place] = protocol == Layers.UDP ? carried : 0;
        if (layers.found == found) {
            return false;
        }
        layers.put(c, place, ip, total, at, length, end, protocol);
        return true;
    }

    /// Whether a datagram goes to a port of tunnels and, where checksums are verified, would be
    /// taken in by its receiver.
    private boolean isSound(Chunk c, int ip, int at, int length, int end) {
        int from = BigEndian.u16(c.memory, at);
        boolean likely =
                switch (BigEndian.u16(c.memory, at + 2)) {
                    case 2152, 3544, 4789, 4790, 5072, 6081, 8472 -> true;
                    default -> from == 5072 || from == 3544;
                };
        boolean v6 = (c.flags[layers.frame] & Chunk.V6) != 0;
        return likely
                && (!layers.ip.isVerifying()
                        || end - at < length
                        || Checksum.isRight(c.memory, ip, v6, at, length, Layers.UDP));
    }

    private void inUdp(Chunk c, int ip, int at, int end, int depth) {
        byte[] m = c.memory;
        int body = at + UDP_HEADER;
        switch (BigEndian.u16(m, at + 2)) {
            case 4789, 8472 -> vxlan(c, ip, body, end, depth);
            case 4790 -> vxlanGpe(c, ip, body, end, depth);
            case 6081 -> geneve(c, ip, body, end, depth);
            case 2152 -> gtp(c, ip, body, end, depth);
            case 5072 -> ayiya(c, ip, body, end, depth);
            case 3544 -> teredo(c, ip, body, end, depth);
            default -> { // the way back
                if (BigEndian.u16(m, at) == 5072) {
                    ayiya(c, ip, body, end, depth);
                } else {
                    teredo(c, ip, body, end, depth);
                }
            }
        }
    }

    private void vxlan(Chunk c, int ip, int at, int end, int depth) {
        byte[] m = c.memory;
        if (BigEndian.i32(m, at) == 0x0800_0000) { // flags: there is a network id, and no more
            inside(c, ip, "vxlan", BigEndian.i32(m, at + 4) >>> 8, at + 8, end, depth);
            carried = VXLAN;
        }
    }

    /// VXLAN with the generic protocol extension (draft-ietf-nvo3-vxlan-gpe).
    private void vxlanGpe(Chunk c, int ip, int at, int end, int depth) {
        byte[] m = c.memory;
        if ((m[at] & 0xf8) != 8) {
            return;
        }
        int id = BigEndian.i32(m, at + 4) >>> 8;
        switch (m[at + 3]) {
            case 1, 2 -> innerIp(c, ip, "vxlan", id, at + 8, end, depth);
            case 3 -> inside(c, ip, "vxlan", id, at + 8, end, depth);
            default -> {
                return;
            }
        }
        carried = VXLAN;
    }

    private void geneve(Chunk c, int ip, int at, int end, int depth) {
        byte[] m = c.memory;
        int version = m[at] >>> 6 & 3;
        int inner = at + 8 + (m[at] & 0x3f) * 4;
        int id = BigEndian.i32(m, at + 4) >>> 8;
        if (version != 0 || inner >= end) {
            return;
        }
        switch (BigEndian.u16(m, at + 2)) {
            case 0x6558 -> inside(c, ip, "geneve", id, inner, end, depth);
            case Links.IPV4, Links.IPV6 -> innerIp(c, ip, "geneve", id, inner, end, depth);
            default -> {
                return;
            }
        }
        carried = GENEVE;
    }

    /// Teredo: IPv6, behind an authentication and an origin indication where there are such (RFC
    /// 4380 §5.1.1), before trailers where there are such (RFC 6081 §4). One end has a Teredo or a
    /// link-local address.
    private void teredo(Chunk c, int ip, int at, int end, int depth) {
        byte[] m = c.memory;
        int inner = at;
        if (BigEndian.u16(m, inner) == 1) {
            inner += 13 + (m[inner + 2] & 0xff) + (m[inner + 3] & 0xff);
        }
        if (end - inner >= 8 && BigEndian.u16(m, inner) == 0) {
            inner += 8;
        }
        boolean whole =
                end - inner >= 40
                        && (m[inner] & 0xf0) == 0x60
                        && end - inner >= 40 + BigEndian.u16(m, inner + 4);
        if (whole && (isOfTeredo(m, inner + 8) || isOfTeredo(m, inner + 24))) {
            innerIp(c, ip, "teredo", -1, inner, end, depth);
            carried = TEREDO;
        }
    }

    private static boolean isOfTeredo(byte[] m, int address) {
        return BigEndian.i32(m, address) == 0x2001_0000 || BigEndian.u16(m, address) == 0xfe80;
    }

    /// AYIYA: IPv6 behind a header with an identity and a signature (draft-massar-v6ops-ayiya-02
    /// §3).
    private void ayiya(Chunk c, int ip, int at, int end, int depth) {
        byte[] m = c.memory;
        int identity = 1 << (m[at] >>> 4 & 0xf);
        int signature = (m[at + 1] >>> 4 & 0xf) * 4;
        boolean forwards = (m[at + 2] & 0xf) == 1;
        int next = m[at + 3];
        int inner = at + 8 + identity + signature;
        if (forwards && next == 41 && inner < end) {
            innerIp(c, ip, "ayiya", -1, inner, end, depth);
            carried = AYIYA;
        }
    }

    /// GTP-U, version 1: the user's packets in a G-PDU (3GPP TS 29.281 §5).
    private void gtp(Chunk c, int ip, int at, int end, int depth) {
        byte[] m = c.memory;
        int flags = m[at];
        if (flags >>> 4 != 3 || (m[at + 1] & 0xff) != 0xff) {
            return; // signalling, or another protocol
        }
        int inner = at + 8;
        if ((flags & 7) != 0) {
            inner += 4;
            boolean more = (flags & 4) != 0 && inner < end;
            int next = more ? m[inner - 1] : 0;
            for (int n = 0; next != 0 && n < Ip.MAX_EXTENSIONS && inner < end; n++) {
                int length = (m[inner] & 0xff) * 4;
                if (length == 0 || inner + length > end) {
                    return;
                }
                inner += length;
                next = m[inner - 1];
            }
        }
        long found = layers.found;
        // The tunnel's number differs by direction, so it is no part of what is around the packet.
        innerIp(c, ip, "gtp", -1, inner, end, depth);
        carried = layers.found > found ? GTP : 0; // the header alone is no proof
    }

    /// Reads an IP packet inside.
    private void innerIp(Chunk c, int ip, String kind, int id, int at, int end, int depth) {
        note(c, ip, kind, id);
        layers.ip.byVersion(c, at, end, depth + 1);
    }

    private void gre(Chunk c, int ip, int at, int end, int depth) {
        byte[] m = c.memory;
        if (end - at < 4) {
            return;
        }
        int head = BigEndian.u16(m, at);
        int type = BigEndian.u16(m, at + 2);
        int version = head & 7;
        int inner = at + 4;
        int key = -1;
        if ((head & 0xc000) != 0) {
            inner += 4; // checksum or routing, and its spare half
        }
        if ((head & 0x2000) != 0) {
            if (end - inner < 4) {
                return;
            }
            if (version != 1) { // PPTP's call id is the receiver's, another one each way (RFC 2637
                // §4.1)
                key = BigEndian.i32(m, inner);
            }
            inner += 4;
        }
        if ((head & 0x1000) != 0) {
            inner += 4; // sequence
        }
        if (version == 1 && (head & 0x0080) != 0) {
            inner += 4; // acknowledgement (RFC 2637)
        }
        if (inner >= end) {
            return;
        }
        switch (type) {
            case Links.IPV4, Links.IPV6 -> {
                note(c, ip, "gre", key);
                layers.links.network(c, type, inner, end, depth + 1);
            }
            case 0x880b -> {
                note(c, ip, "gre", key);
                layers.links.ppp(c, inner, end, depth + 1);
            }
            case 0x6558 -> inside(c, ip, "gre", key, inner, end, depth);
            case 0x88be -> { // type II has a header of its own
                int header = (head & 0x1000) != 0 ? 8 : 0;
                inside(c, ip, "erspan", key, inner + header, end, depth);
            }
            case 0x22eb -> inside(c, ip, "erspan", key, inner + 12, end, depth);
            default -> {
                if (isAccessPoint(type)) {
                    note(c, ip, "gre", key);
                    layers.links.wireless.frame(c, inner, end, depth + 1);
                }
            }
        }
    }

    /// The protocol types with which Aruba's access points send 802.11 frames to their controller.
    private static boolean isAccessPoint(int type) {
        return type == 0x9000 || (type & 0xff0f) == 0x8200 || (type & 0xff8f) == 0x8300;
    }

    /// Reads an Ethernet frame inside.
    private void inside(Chunk c, int ip, String kind, int id, int at, int end, int depth) {
        note(c, ip, kind, id);
        c.vlan[layers.frame] = Layers.NONE;
        layers.links.ethernet(c, at, end, depth + 1);
    }

    private void note(Chunk c, int ip, String kind, int id) {
        byte[] m = c.memory;
        boolean v6 = (c.flags[layers.frame] & Chunk.V6) != 0;
        long a =
                v6
                        ? Shards.mix(BigEndian.i64(m, ip + 8)) ^ BigEndian.i64(m, ip + 16)
                        : BigEndian.u32(m, ip + 12);
        long b =
                v6
                        ? Shards.mix(BigEndian.i64(m, ip + 24)) ^ BigEndian.i64(m, ip + 32)
                        : BigEndian.u32(m, ip + 16);
        Tunnel outer = c.tunnel[layers.frame];
        long key =
                Shards.mix(Shards.mix(a) + Shards.mix(b) + Shards.mix(id * 31L + kind.hashCode()))
                        ^ (outer == null ? 0 : Shards.mix(outer.key()));
        Tunnel tunnel = known.get(key);
        if (tunnel == null && known.size() < MAX_TUNNELS) {
            tunnel =
                    new Tunnel(
                            kind,
                            describe(m, ip, v6, kind, id, outer),
                            key,
                            new Endpoints(
                                    Ip.address(m, ip, v6, true),
                                    0,
                                    Ip.address(m, ip, v6, false),
                                    0),
                            outer);
            known.put(key, tunnel);
        }
        c.tunnel[layers.frame] = tunnel;
    }

    private static String describe(
            byte[] m, int ip, boolean v6, String kind, int id, @Nullable Tunnel outer) {
        Addr one = Ip.address(m, ip, v6, true);
        Addr other = Ip.address(m, ip, v6, false);
        boolean ordered = one.compareTo(other) <= 0;
        String text =
                kind
                        + " "
                        + (ordered ? one : other)
                        + "-"
                        + (ordered ? other : one)
                        + (id < 0
                                ? ""
                                : (kind.equals("gre") ? " key " : " vni ")
                                        + Integer.toUnsignedString(id));
        return outer == null ? text : outer.text() + ", " + text;
    }
}
