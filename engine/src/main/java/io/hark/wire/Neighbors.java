package io.hark.wire;

import io.hark.bytes.BigEndian;

/// Rolls up ARP and IPv6 neighbour discovery.
///
/// The reader finds them ([#findArp], [#findDiscovery]) and gives them places of their own in the
/// chunk, whose worker is that of the two hosts that a packet is about; those places come to the
/// worker's [#take].
///
/// *Shape*: ARP `hardware u16 | protocol u16 | lengths u8 u8 | operation u16 | sender mac | sender
/// ip | target mac | target ip`; discovery `type u8 | code u8 | checksum u16 | flags u32 | target
/// 16 octets | options (type u8, length in 8 octets u8 …)`. *Source*: RFC 826, 5227, 4861.
/// *Thread*: the two finders are the reader's, the rest the worker's.
final class Neighbors {

    private static final int ARP_LENGTH = 28;
    private static final long ARP_HEAD = 0x0001_0800_0604L; // Ethernet, IPv4 and their lengths
    private static final int ARP_REQUEST = 1;
    private static final int ARP_REPLY = 2;

    private static final int ROUTER_ADVERTISEMENT = 134;
    private static final int SOLICITATION = 135;
    private static final int ADVERTISEMENT = 136;
    private static final int HEADER = 8;
    private static final int TARGETED = 24; // header and target
    private static final int ROUTER_HEADER = 16;
    private static final int SOLICITED = 0x40; // flag of an advertisement that answers
    private static final int SOURCE_ADDRESS = 1;
    private static final int TARGET_ADDRESS = 2;
    private static final int MAX_OPTIONS = 16; // there are some ten kinds
    private static final int ON_LINK = 255; // hop limit of what no router passed on

    private final Minutes minutes;
    private final Pair pair = new Pair();
    private final Pair turned = new Pair();

    Neighbors(Minutes minutes) {
        this.minutes = minutes;
    }

    // ---- the reader's part

    /// Whether there is an ARP packet between Ethernet hosts about IPv4; if so, place `i` is its.
    static boolean findArp(Chunk c, int i, int at, int end) {
        byte[] m = c.memory;
        if (end - at < ARP_LENGTH || BigEndian.i64(m, at) >>> 16 != ARP_HEAD) {
            return false;
        }
        int operation = BigEndian.u16(m, at + 6);
        if (operation != ARP_REQUEST && operation != ARP_REPLY) {
            return false;
        }
        c.flags[i] = Chunk.NEIGHBOR;
        c.transport[i] = at;
        c.transportCaptured[i] = end - at;
        c.shard[i] = shard(BigEndian.i32(m, at + 14), BigEndian.i32(m, at + 24));
        return true;
    }

    /// Whether an ICMPv6 packet is a neighbour's word that its receiver would heed.
    static boolean isDiscovery(Chunk c, int i, int at, int end) {
        int type = end - at >= HEADER ? c.memory[at] & 0xff : 0;
        int least = type == ROUTER_ADVERTISEMENT ? ROUTER_HEADER : TARGETED;
        return (type == ROUTER_ADVERTISEMENT || type == SOLICITATION || type == ADVERTISEMENT)
                && end - at >= least
                && (c.ttl[i] & 0xff) == ON_LINK;
    }

    /// Puts that packet into place `to`, too: with a hash of the two hosts that it is about.
    static void findDiscovery(Chunk c, int i, int to, int ip, int at, int end) {
        byte[] m = c.memory;
        c.flags[to] = (byte) (Chunk.NEIGHBOR | Chunk.V6);
        c.hardware[to] = c.hardware[i];
        c.vlan[to] = c.vlan[i];
        c.tunnel[to] = c.tunnel[i];
        c.ip[to] = ip;
        c.transport[to] = at;
        c.transportCaptured[to] = end - at;
        int speaker = speaker(m, ip, at);
        int other = other(m, ip, at);
        c.shard[to] = shard(fold(m, speaker), fold(m, other));
    }

    private static long fold(byte[] m, int at) {
        return Shards.mix(BigEndian.i64(m, at)) ^ BigEndian.i64(m, at + 8);
    }

    private static int shard(long a, long b) {
        return Shards.of(Shards.mix(a) + Shards.mix(b));
    }

    /// Where the address lies that speaks: of an advertisement it is the target.
    private static int speaker(byte[] m, int ip, int at) {
        return (m[at] & 0xff) == ADVERTISEMENT ? at + HEADER : ip + 8;
    }

    /// Where the address lies that is looked for, or told.
    private static int other(byte[] m, int ip, int at) {
        return switch (m[at] & 0xff) {
            case SOLICITATION -> at + HEADER;
            case ADVERTISEMENT -> (m[at + 4] & SOLICITED) != 0 ? ip + 24 : at + HEADER;
            default -> ip + 24;
        };
    }

    // ---- the worker's part

    /// Takes what is at a place that one of the finders made.
    ///
    /// @param now the frame's time
    /// @param place the packet's place among all, see [Minute#tie]
    void take(Chunk c, int i, long now, long place) {
        long apart = c.vlan[i] & 0xffffL;
        Tunnel tunnel = c.tunnel[i];
        apart ^= tunnel == null ? 0 : tunnel.key() << 16;
        int hardware = c.hardware[i];
        long from = hardware < 0 ? -1 : c.mac(hardware + 6);
        if ((c.flags[i] & Chunk.V6) == 0) {
            arp(c, c.transport[i], now, place, apart, from, c.vlan[i]);
        } else {
            discovery(c, i, now, place, apart, from);
        }
    }

    private void arp(Chunk c, int at, long now, long place, long apart, long from, int vlan) {
        byte[] m = c.memory;
        long sender = BigEndian.u32(m, at + 14);
        long target = BigEndian.u32(m, at + 24);
        NeighborMinute.Word word =
                sender == target
                        ? NeighborMinute.Word.ANNOUNCEMENT
                        : BigEndian.u16(m, at + 6) == ARP_REPLY
                                ? NeighborMinute.Word.REPLY
                                : sender == 0
                                        ? NeighborMinute.Word.PROBE
                                        : NeighborMinute.Word.REQUEST;
        pair.set(0, Pair.mapped(sender), 0, Pair.mapped(target), apart);
        say(word, now, place, true, vlan, c.mac(at + 8), from);
    }

    private void discovery(Chunk c, int i, long now, long place, long apart, long from) {
        byte[] m = c.memory;
        int at = c.transport[i];
        int end = at + c.transportCaptured[i];
        int ip = c.ip[i];
        int speaker = speaker(m, ip, at);
        int other = other(m, ip, at);
        pair.set(
                BigEndian.i64(m, speaker),
                BigEndian.i64(m, speaker + 8),
                BigEndian.i64(m, other),
                BigEndian.i64(m, other + 8),
                ~apart);
        NeighborMinute.Word word;
        long claimed;
        switch (m[at] & 0xff) {
            case SOLICITATION -> {
                boolean nobody = (pair.fromHi | pair.fromLo) == 0;
                word = nobody ? NeighborMinute.Word.PROBE : NeighborMinute.Word.REQUEST;
                claimed = nobody ? from : option(c, at + TARGETED, end, SOURCE_ADDRESS, from);
            }
            case ADVERTISEMENT -> {
                boolean answers = (m[at + 4] & SOLICITED) != 0;
                word = answers ? NeighborMinute.Word.REPLY : NeighborMinute.Word.ANNOUNCEMENT;
                claimed = option(c, at + TARGETED, end, TARGET_ADDRESS, from);
            }
            default -> {
                word = NeighborMinute.Word.ROUTER;
                claimed = option(c, at + ROUTER_HEADER, end, SOURCE_ADDRESS, from);
            }
        }
        say(word, now, place, false, c.vlan[i], claimed, from);
    }

    /// The hardware address in an option, or that which the packet came from.
    private static long option(Chunk c, int at, int end, int wanted, long from) {
        byte[] m = c.memory;
        int place = at;
        for (int n = 0; n < MAX_OPTIONS && end - place >= HEADER; n++) {
            int length = (m[place + 1] & 0xff) * 8;
            if (length == 0) {
                return from;
            }
            if (m[place] == wanted) {
                return c.mac(place + 2);
            }
            place += length;
        }
        return from;
    }

    private void say(
            NeighborMinute.Word word,
            long now,
            long place,
            boolean arp,
            int vlan,
            long claimed,
            long from) {
        NeighborMinute minute;
        if (minutes.find(pair, now) instanceof NeighborMinute known) {
            minute = known;
        } else {
            minute = new NeighborMinute(pair.copy(), now, place, arp, vlan, claimed);
            minutes.add(minute);
        }
        minute.touch(now);
        boolean fresh = minute.say(word, now, claimed, from);
        if (fresh && word == NeighborMinute.Word.REPLY && !isAsked(now)) {
            minute.unasked();
        }
    }

    /// Whether the other one of the pair at hand has asked for this one a moment ago; where all
    /// were told early, nobody knows.
    private boolean isAsked(long now) {
        if (minutes.last(turned.turn(pair)) instanceof NeighborMinute question) {
            return now - question.lastRequest() <= Minute.PATIENCE;
        }
        return now - minutes.forgotten() <= Minute.PATIENCE;
    }
}
