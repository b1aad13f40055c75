package io.hark.wire;

import io.hark.engagement.Networks;
import io.hark.event.Conn;
import io.hark.event.ConnUpdate;
import io.hark.event.Endpoints;
import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// Makes the events that a connection tells of: its end, and its words in between.
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
    Conn conn(Flow s, @Nullable Talk talk, long when) {
        Tunnel tunnel = s.tunnel;
        Endpoints id = ids.endpoints(s);
        int protocol = s.protocol;
        boolean icmp = protocol == Icmp.V4 || protocol == Icmp.V6;
        long duration = s.last - s.first;
        String history = s.history();
        int vlan = s.vlan;
        return new Conn(
                s.first,
                when,
                ids.uid(s),
                id,
                proto(protocol),
                service(s, talk),
                duration > 0 ? duration : null,
                size(s, Side.ORIGINATOR),
                size(s, Side.RESPONDER),
                protocol == Layers.TCP
                        ? TcpStates.connState(s)
                        : icmp || protocol != Layers.UDP ? "OTH" : datagramState(s),
                local.isLocal(id.orig_h()),
                local.isLocal(id.resp_h()),
                s.half(Side.ORIGINATOR).missed() + s.half(Side.RESPONDER).missed(),
                history.isEmpty() ? null : history,
                s.half(Side.ORIGINATOR).packets,
                s.half(Side.ORIGINATOR).ipBytes,
                s.half(Side.RESPONDER).packets,
                s.half(Side.RESPONDER).ipBytes,
                tunnel == null ? null : tunnel.text(),
                protocol,
                ids.communityId(id, protocol),
                s.half(Side.ORIGINATOR).hasMac || s.half(Side.RESPONDER).hasMac
                        ? s.half(Side.ORIGINATOR).mac
                        : null,
                s.half(Side.ORIGINATOR).hasMac || s.half(Side.RESPONDER).hasMac
                        ? s.half(Side.RESPONDER).mac
                        : null,
                vlan < 0 ? null : vlan & 0xffff,
                vlan < 0 || vlan >>> 16 == 0 ? null : (vlan >>> 16) - 1,
                talk == null ? null : talk.connection.known.responderName,
                talk == null ? null : talk.connection.known.nameSource,
                null,
                s.updates,
                s.payloadLengths(),
                s.payloadGaps(),
                s.half(Side.ORIGINATOR).isMeasured()
                        ? s.half(Side.ORIGINATOR).entropy / 1000.0
                        : null,
                s.half(Side.RESPONDER).isMeasured()
                        ? s.half(Side.RESPONDER).entropy / 1000.0
                        : null,
                s.half(Side.ORIGINATOR).isMeasured()
                        ? s.half(Side.ORIGINATOR).printable / 1000.0
                        : null,
                s.half(Side.RESPONDER).isMeasured()
                        ? s.half(Side.RESPONDER).printable / 1000.0
                        : null,
                s.half(Side.ORIGINATOR).isMeasured()
                        ? s.half(Side.ORIGINATOR).setBits / 1000.0
                        : null,
                s.half(Side.RESPONDER).isMeasured()
                        ? s.half(Side.RESPONDER).setBits / 1000.0
                        : null,
                s.half(Side.ORIGINATOR).hasTtl ? s.half(Side.ORIGINATOR).ttl() : null,
                s.half(Side.RESPONDER).hasTtl ? s.half(Side.RESPONDER).ttl() : null,
                s.rtt() == 0 ? null : s.rtt(),
                s.half(Side.ORIGINATOR).frameBytes,
                s.half(Side.RESPONDER).frameBytes,
                protocol == Layers.TCP ? s.half(Side.ORIGINATOR).tcpFlags & 0xff : null,
                protocol == Layers.TCP ? s.half(Side.RESPONDER).tcpFlags & 0xff : null,
                null,
                null);
    }

    private static @Nullable String service(Flow s, @Nullable Talk talk) {
        String read = talk == null ? null : talk.connection.known.service;
        return read == null ? Tunnels.service(s.carries) : read;
    }

    private static long size(Flow s, Side side) {
        return s.protocol == Layers.TCP ? Tcp.size(s, side) : s.half(side).payload;
    }

    private static String datagramState(Flow s) {
        boolean orig = s.half(Side.ORIGINATOR).seen;
        boolean resp = s.half(Side.RESPONDER).seen;
        return orig ? resp ? "SF" : "S0" : resp ? "SHR" : "OTH";
    }

    static String proto(int protocol) {
        return switch (protocol) {
            case Layers.TCP -> "tcp";
            case Layers.UDP -> "udp";
            case Icmp.V4, Icmp.V6 -> "icmp";
            case Layers.SCTP -> "sctp";
            default -> "unknown_transport";
        };
    }

    /// It is still open, or has just ended after it spoke before; remembers what was told.
    ConnUpdate update(Flow flow, long when, boolean ended) {
        long[] counts = new long[4];
        counts[0] = size(flow, Side.ORIGINATOR);
        counts[1] = size(flow, Side.RESPONDER);
        counts[2] = flow.half(Side.ORIGINATOR).packets;
        counts[3] = flow.half(Side.RESPONDER).packets;
        long[] before = flow.report(counts);
        return new ConnUpdate(
                flow.first,
                when,
                ids.uid(flow),
                ids.endpoints(flow),
                proto(flow.protocol),
                flow.last - flow.first,
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                counts[0] - before[0],
                counts[1] - before[1],
                counts[2] - before[2],
                counts[3] - before[3],
                flow.updates + 1,
                ended);
    }
}
