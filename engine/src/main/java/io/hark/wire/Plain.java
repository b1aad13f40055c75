package io.hark.wire;

import io.hark.event.Side;

/// Packets that no stream or datagram parser reads: ICMP, SCTP, neighbours' words, and what has no
/// name; and what is rolled up of them.
///
/// *Thread*: one owner, the worker.
final class Plain {

    private static final int ICMP_HEADER = 8;

    private final Engine engine;
    private final Echoes echoes;
    final Minutes minutes;
    final Neighbors neighbors;
    final Associations associations;

    Plain(Engine engine) {
        this.engine = engine;
        this.minutes = new Minutes(engine);
        this.echoes = new Echoes(engine, minutes);
        this.neighbors = new Neighbors(minutes);
        this.associations = new Associations(engine);
    }

    /// Takes a packet of a connection.
    ///
    /// @param copy whether it was captured a moment before already
    void packet(
            Flow flow,
            Side side,
            Tuple tuple,
            byte[] m,
            int at,
            int length,
            int captured,
            boolean copy) {
        int protocol = tuple.protocol;
        boolean icmp = protocol == Icmp.V4 || protocol == Icmp.V6;
        int header = icmp ? ICMP_HEADER : protocol == Layers.SCTP ? Associations.HEADER : 0;
        int payload = Math.max(0, length - header);
        flow.half(side).payload += payload;
        flow.half(side).seen = true;
        flow.answered(side, engine.now());
        if (icmp && payload > 0 && captured > ICMP_HEADER) {
            engine.payloadSeen(
                    side, m, at + ICMP_HEADER, Math.min(payload, captured - ICMP_HEADER), payload);
        }
        if (copy) {
            return;
        }
        if (icmp) {
            echoes.take(flow, side, tuple, m, at, length, captured);
        } else if (protocol == Layers.SCTP) {
            associations.packet(flow, side, m, at, Math.min(length, captured));
        }
    }
}
