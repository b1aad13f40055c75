package io.hark.wire;

import io.hark.engagement.Networks;
import io.hark.event.Conn;
import io.hark.event.ConnUpdate;
import io.hark.event.Endpoints;
import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// Makes the events that a connection's slot tells of: its end, and its words in between.
///
/// *Thread*: one owner, the worker.
final class Rows {

    private final Networks local;
    private final Ids ids;

    Rows(Networks local, Ids ids) {
        this.local = local;
        this.ids = ids;
    }

    /// The connection is over.
    Conn conn(Slot s, @Nullable Talk talk, @Nullable Tunnel tunnel, long when) {
        Endpoints id = talk == null ? endpoints(s) : talk.id();
        int protocol = s.protocol();
        boolean icmp = protocol == Icmp.V4 || protocol == Icmp.V6;
        long duration = s.last() - s.first();
        boolean timed = duration > 0;
        String history = s.history();
        int vlan = s.vlan();
        return new Conn(
                s.first(),
                when,
                talk == null ? ids.uid(s) : talk.uid(),
                id,
                proto(protocol),
                talk == null ? null : talk.service,
                timed ? duration : null,
                timed ? size(s, Side.ORIGINATOR) : null,
                timed ? size(s, Side.RESPONDER) : null,
                protocol == 6
                        ? Tcp.connState(s)
                        : icmp || protocol != 17 ? "OTH" : datagramState(s),
                local.isLocal(id.orig_h()),
                local.isLocal(id.resp_h()),
                s.get(Side.ORIGINATOR, Slot.MISSED) + s.get(Side.RESPONDER, Slot.MISSED),
                history.isEmpty() ? null : history,
                s.get(Side.ORIGINATOR, Slot.PACKETS),
                s.get(Side.ORIGINATOR, Slot.IP_BYTES),
                s.get(Side.RESPONDER, Slot.PACKETS),
                s.get(Side.RESPONDER, Slot.IP_BYTES),
                tunnel == null ? null : tunnel.text(),
                protocol,
                ids.communityId(id, protocol),
                s.has(Side.ORIGINATOR, Slot.HAS_MAC) || s.has(Side.RESPONDER, Slot.HAS_MAC)
                        ? s.mac(Side.ORIGINATOR)
                        : null,
                s.has(Side.ORIGINATOR, Slot.HAS_MAC) || s.has(Side.RESPONDER, Slot.HAS_MAC)
                        ? s.mac(Side.RESPONDER)
                        : null,
                vlan < 0 ? null : vlan & 0xffff,
                vlan < 0 || vlan >>> 16 == 0 ? null : (vlan >>> 16) - 1,
                talk == null ? null : talk.responderName,
                talk == null ? null : talk.nameSource,
                s.updates(),
                s.payloadLengths(),
                s.payloadGaps(),
                s.has(Side.ORIGINATOR, Slot.HAS_STATS) ? s.entropy(Side.ORIGINATOR) : null,
                s.has(Side.RESPONDER, Slot.HAS_STATS) ? s.entropy(Side.RESPONDER) : null,
                s.has(Side.ORIGINATOR, Slot.HAS_STATS) ? s.printable(Side.ORIGINATOR) : null,
                s.has(Side.RESPONDER, Slot.HAS_STATS) ? s.printable(Side.RESPONDER) : null,
                s.has(Side.ORIGINATOR, Slot.HAS_STATS) ? s.setBits(Side.ORIGINATOR) : null,
                s.has(Side.RESPONDER, Slot.HAS_STATS) ? s.setBits(Side.RESPONDER) : null,
                s.has(Side.ORIGINATOR, Slot.HAS_TTL) ? s.ttl(Side.ORIGINATOR) : null,
                s.has(Side.RESPONDER, Slot.HAS_TTL) ? s.ttl(Side.RESPONDER) : null,
                s.rtt() == 0 ? null : s.rtt());
    }

    private static long size(Slot s, Side side) {
        return s.protocol() == 6 ? Tcp.size(s, side) : s.get(side, Slot.PAYLOAD);
    }

    private static String datagramState(Slot s) {
        boolean orig = s.has(Slot.ORIG_SEEN);
        boolean resp = s.has(Slot.RESP_SEEN);
        return orig ? resp ? "SF" : "S0" : resp ? "SHR" : "OTH";
    }

    static String proto(int protocol) {
        return switch (protocol) {
            case 6 -> "tcp";
            case 17 -> "udp";
            case Icmp.V4, Icmp.V6 -> "icmp";
            case 132 -> "sctp";
            default -> "unknown_transport";
        };
    }

    /// It is still open, or has just ended after it spoke before; remembers what was told.
    ConnUpdate update(Slot slot, @Nullable Talk talk, long when, boolean ended) {
        long[] counts = new long[4];
        counts[0] = size(slot, Side.ORIGINATOR);
        counts[1] = size(slot, Side.RESPONDER);
        counts[2] = slot.get(Side.ORIGINATOR, Slot.PACKETS);
        counts[3] = slot.get(Side.RESPONDER, Slot.PACKETS);
        ConnUpdate update =
                new ConnUpdate(
                        slot.first(),
                        when,
                        talk == null ? ids.uid(slot) : talk.uid(),
                        talk == null ? endpoints(slot) : talk.id(),
                        proto(slot.protocol()),
                        slot.last() - slot.first(),
                        counts[0],
                        counts[1],
                        counts[2],
                        counts[3],
                        counts[0] - slot.reported(0),
                        counts[1] - slot.reported(1),
                        counts[2] - slot.reported(2),
                        counts[3] - slot.reported(3),
                        slot.updates() + 1,
                        ended);
        for (int i = 0; i < counts.length; i++) {
            slot.reported(i, counts[i]);
        }
        return update;
    }

    /// Its ends.
    static Endpoints endpoints(Slot of) {
        return new Endpoints(
                of.host(Side.ORIGINATOR),
                of.port(Side.ORIGINATOR),
                of.host(Side.RESPONDER),
                of.port(Side.RESPONDER));
    }
}
