package io.hark.wire;

import io.hark.bytes.BigEndian;

/// Which connection a packet belongs to: its 5-tuple in canonical order, the same both ways, and
/// what is around it.
///
/// *Shape*: of the two ends the lower address and port is A. A v4 address lies mapped in the low
/// word, as in [io.hark.schema.Addr]. *Thread*: one owner, the worker, who uses it again.
final class Tuple {

    private static final int TCP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int ICMP_HEAD = 4;
    private static final long MAPPED = 0xffff_0000_0000L;
    private static final long ONE_WAY = 0x1c39; // answers of another pair never meet such a message

    long aHi;
    long aLo;
    long bHi;
    long bLo;

    /// That of A in the high half.
    int ports;

    int protocol;

    /// Key of the tunnel, 0 for none.
    long around;

    /// The frame in its chunk, the packet's place there, and how many packets of the frame come
    /// before it.
    int frame;

    int place;
    int tie;

    /// Its hash in the table.
    long hash;

    int source;
    int destination;
    boolean sourceIsA;

    /// Reads frame `i`; answers whether enough of its header was captured.
    boolean read(Chunk c, int i) {
        byte[] m = c.memory;
        int at = c.transport[i];
        int captured = c.transportCaptured[i];
        protocol = c.protocol[i] & 0xff;
        source = 0;
        destination = 0;
        boolean oneWay = false;
        switch (protocol) {
            case Layers.TCP, Layers.UDP, Layers.SCTP -> {
                if (captured < (protocol == Layers.TCP ? TCP_HEADER : UDP_HEADER)) {
                    return false;
                }
                source = BigEndian.u16(m, at);
                destination = BigEndian.u16(m, at + 2);
            }
            case Icmp.V4, Icmp.V6 -> {
                if (captured < ICMP_HEAD) {
                    return false;
                }
                source = m[at] & 0xff;
                int answer = Icmp.answer(protocol == Icmp.V6, source);
                oneWay = answer < 0;
                destination = oneWay ? m[at + 1] & 0xff : answer;
            }
            default -> {}
        }
        Tunnel tunnel = c.tunnel[i];
        around = (tunnel == null ? 0 : tunnel.key()) ^ (oneWay ? ONE_WAY : 0);
        int ip = c.ip[i];
        if ((c.flags[i] & Chunk.V6) != 0) {
            order(
                    BigEndian.i64(m, ip + 8),
                    BigEndian.i64(m, ip + 16),
                    BigEndian.i64(m, ip + 24),
                    BigEndian.i64(m, ip + 32),
                    oneWay);
        } else {
            long from = MAPPED | BigEndian.u32(m, ip + 12);
            long to = MAPPED | BigEndian.u32(m, ip + 16);
            order(0, from, 0, to, oneWay);
        }
        return true;
    }

    private void order(long fromHi, long fromLo, long toHi, long toLo, boolean oneWay) {
        int compare = Long.compareUnsigned(fromHi, toHi);
        compare = compare != 0 ? compare : Long.compareUnsigned(fromLo, toLo);
        sourceIsA = oneWay || (compare != 0 ? compare < 0 : source <= destination);
        aHi = sourceIsA ? fromHi : toHi;
        aLo = sourceIsA ? fromLo : toLo;
        bHi = sourceIsA ? toHi : fromHi;
        bLo = sourceIsA ? toLo : fromLo;
        ports = sourceIsA ? source << 16 | destination : destination << 16 | source;
    }
}
