package io.hark.wire;

import io.hark.bytes.BigEndian;
import io.hark.schema.Addr;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks into packets that carry others: IP in IP, GRE, ERSPAN, VXLAN, Geneve, GTP-U. What is found
/// inside takes the outer packet's place in the chunk, which remembers the tunnel.
///
/// *Source*: RFC 2003, 4213, 2784, 2637, 7348, 8926; 3GPP TS 29.281. *Thread*: the reader's.
final class Tunnels {

    private static final int MAX_TUNNELS =
            1 << 16; // distinct outer pairs remembered; beyond, packets count but stay outer

    private final Layers layers;
    private final Map<Long, Tunnel> known = new HashMap<>();

    Tunnels(Layers layers) {
        this.layers = layers;
    }

    /// Looks into a packet that may carry another; true if one was found and taken in its place.
    boolean enter(Chunk c, int ip, int at, int end, int protocol, int depth) {
        return switch (protocol) {
            case 4, 41 -> innerIp(c, ip, protocol == 4 ? "ipip" : "6in4", -1, at, end, depth);
            case 47 -> gre(c, ip, at, end, depth);
            case Layers.UDP -> end - at >= 16 && inUdp(c, ip, at, end, depth);
            default -> false;
        };
    }

    private boolean inUdp(Chunk c, int ip, int at, int end, int depth) {
        byte[] m = c.memory;
        int port = BigEndian.u16(m, at + 2);
        int flags = m[at + 8] & 0xff;
        int id = BigEndian.i32(m, at + 12) >>> 8;
        return switch (port) {
            case 4789, 8472 -> flags == 8 && inside(c, ip, "vxlan", id, at + 16, end, depth);
            case 6081 -> {
                int inner = at + 16 + (flags & 0x3f) * 4;
                boolean ethernet = BigEndian.u16(m, at + 10) == 0x6558;
                yield flags < 0x40 && ethernet && inside(c, ip, "geneve", id, inner, end, depth);
            }
            case 5072 -> ayiya(c, ip, at + 8, end, depth);
            case 2152 -> flags >>> 4 == 3 && gtp(c, ip, at + 8, end, depth);
            default -> {
                if (BigEndian.u16(m, at) == 5072 && ayiya(c, ip, at + 8, end, depth)) {
                    yield true;
                }
                boolean gpe = port == 4790 || BigEndian.u16(m, at) == 4790;
                int next = m[at + 11];
                yield gpe && (flags & 0xf8) == 8 && vxlanGpe(c, ip, next, id, at + 16, end, depth);
            }
        };
    }

    /// VXLAN with the generic protocol extension (draft-ietf-nvo3-vxlan-gpe).
    private boolean vxlanGpe(Chunk c, int ip, int next, int id, int at, int end, int depth) {
        return switch (next) {
            case 1, 2 -> innerIp(c, ip, "vxlan", id, at, end, depth);
            case 3 -> inside(c, ip, "vxlan", id, at, end, depth);
            default -> false;
        };
    }

    /// AYIYA: IPv6 behind a header with an identity and a signature (draft-massar-v6ops-ayiya-02
    /// §3).
    private boolean ayiya(Chunk c, int ip, int at, int end, int depth) {
        byte[] m = c.memory;
        int identity = 1 << (m[at] >>> 4 & 0xf);
        int signature = (m[at + 1] >>> 4 & 0xf) * 4;
        boolean forwards = (m[at + 2] & 0xf) == 1;
        int next = m[at + 3];
        int inner = at + 8 + identity + signature;
        return forwards
                && next == 41
                && inner < end
                && innerIp(c, ip, "ayiya", -1, inner, end, depth);
    }

    /// GTP-U, version 1: the user's packets in a G-PDU (3GPP TS 29.281 §5).
    private boolean gtp(Chunk c, int ip, int at, int end, int depth) {
        byte[] m = c.memory;
        int flags = m[at];
        if ((m[at + 1] & 0xff) != 0xff) {
            return false; // signalling
        }
        int inner = at + 8;
        if ((flags & 7) != 0) {
            inner += 4;
            boolean more = (flags & 4) != 0 && inner < end;
            int next = more ? m[inner - 1] : 0;
            for (int n = 0; next != 0 && n < Layers.MAX_EXTENSIONS && inner < end; n++) {
                int length = (m[inner] & 0xff) * 4;
                if (length == 0 || inner + length > end) {
                    return false;
                }
                inner += length;
                next = m[inner - 1];
            }
        }
        // The tunnel's number differs by direction, so it is no part of what is around the packet.
        return innerIp(c, ip, "gtp", -1, inner, end, depth);
    }

    /// Reads an IP packet inside; true if there was one.
    private boolean innerIp(Chunk c, int ip, String kind, int id, int at, int end, int depth) {
        Tunnel outer = c.tunnel[layers.frame];
        note(c, ip, kind, id);
        layers.ipByVersion(c, at, end, depth + 1);
        if (c.shard[layers.frame] == 0) {
            c.tunnel[layers.frame] = outer;
            return false;
        }
        return true;
    }

    private boolean gre(Chunk c, int ip, int at, int end, int depth) {
        byte[] m = c.memory;
        if (end - at < 4) {
            return false;
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
                return false;
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
            return false;
        }
        return switch (type) {
            case Layers.IPV4, Layers.IPV6 -> {
                note(c, ip, "gre", key);
                layers.network(c, type, inner, end, depth + 1);
                yield c.shard[layers.frame] != 0;
            }
            case 0x880b -> {
                note(c, ip, "gre", key);
                layers.ppp(c, inner, end, depth + 1);
                yield c.shard[layers.frame] != 0;
            }
            case 0x6558 -> inside(c, ip, "gre", key, inner, end, depth);
            case 0x88be ->
                    inside(
                            c,
                            ip,
                            "erspan",
                            key,
                            inner + ((head & 0x1000) != 0 ? 8 : 0),
                            end,
                            depth); // type II has a header of its own
            case 0x22eb -> inside(c, ip, "erspan", key, inner + 12, end, depth);
            default -> false;
        };
    }

    /// Reads an Ethernet frame inside; true if it held an IP packet.
    private boolean inside(Chunk c, int ip, String kind, int id, int at, int end, int depth) {
        int hardware = c.hardware[layers.frame];
        int vlan = c.vlan[layers.frame];
        Tunnel outer = c.tunnel[layers.frame];
        note(c, ip, kind, id);
        c.vlan[layers.frame] = Layers.NONE;
        layers.ethernet(c, at, end, depth + 1);
        if (c.shard[layers.frame] == 0) {
            c.hardware[layers.frame] = hardware;
            c.vlan[layers.frame] = vlan;
            c.tunnel[layers.frame] = outer;
            return false;
        }
        return true;
    }

    private void note(Chunk c, int ip, String kind, int id) {
        byte[] m = c.memory;
        boolean v6 = (c.flags[layers.frame] & Chunk.V6) != 0;
        long a =
                v6
                        ? Layers.mix(BigEndian.i64(m, ip + 8)) ^ BigEndian.i64(m, ip + 16)
                        : BigEndian.u32(m, ip + 12);
        long b =
                v6
                        ? Layers.mix(BigEndian.i64(m, ip + 24)) ^ BigEndian.i64(m, ip + 32)
                        : BigEndian.u32(m, ip + 16);
        Tunnel outer = c.tunnel[layers.frame];
        long key =
                Layers.mix(Layers.mix(a) + Layers.mix(b) + Layers.mix(id * 31L + kind.hashCode()))
                        ^ (outer == null ? 0 : Layers.mix(outer.key()));
        Tunnel tunnel = known.get(key);
        if (tunnel == null && known.size() < MAX_TUNNELS) {
            tunnel = new Tunnel(describe(m, ip, v6, kind, id, outer), key);
            known.put(key, tunnel);
        }
        c.tunnel[layers.frame] = tunnel;
    }

    private static String describe(
            byte[] m, int ip, boolean v6, String kind, int id, @Nullable Tunnel outer) {
        Addr one = Layers.address(m, ip, v6, true);
        Addr other = Layers.address(m, ip, v6, false);
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
