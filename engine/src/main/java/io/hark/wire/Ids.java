package io.hark.wire;

import io.hark.event.Endpoints;
import io.hark.event.Side;
import io.hark.format.CommunityId;
import org.jspecify.annotations.Nullable;

/// Makes the ids: a connection's ends, its uid, its Community ID, a file's id.
///
/// *Thread*: one owner, the worker.
final class Ids {

    private static final char[] BASE62 =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
    private static final int DIGITS = 17; // 62^17 holds more than 96 bits

    /// Connections whose names are kept at hand: those that say something now, where a name kept
    /// with each connection that is open would be a tenth of its memory.
    private static final int SLOTS = 1 << 12; // some 500 KB

    /// What a connection is called, while it is that connection and its sides are those.
    private record Named(
            Flow flow, int generation, boolean flipped, String uid, Endpoints endpoints) {

        boolean is(Flow of) {
            return flow == of && generation == of.generation && flipped == of.flipped;
        }
    }

    private final CommunityId community = new CommunityId();
    private final Hosts hosts = new Hosts();
    private final @Nullable Named[] recent = new Named[SLOTS];

    /// The ends of a connection.
    Endpoints endpoints(Flow of) {
        return named(of).endpoints;
    }

    /// `C` and 17 digits: a hash, not keyed, of the innermost 5-tuple, what is around it, and the
    /// time of the first packet, so that analysing the same packets again gives the same id.
    String uid(Flow of) {
        return named(of).uid;
    }

    private Named named(Flow of) {
        int slot = of.number & SLOTS - 1;
        Named known = recent[slot];
        if (known == null || !known.is(of)) {
            Endpoints ends =
                    new Endpoints(
                            of.host(Side.ORIGINATOR, hosts),
                            of.port(Side.ORIGINATOR),
                            of.host(Side.RESPONDER, hosts),
                            of.port(Side.RESPONDER));
            String uid = id('C', of, of.first, 0);
            known = new Named(of, of.generation, of.flipped, uid, ends);
            recent[slot] = known;
        }
        return known;
    }

    /// `F` and 17 digits: the n-th file of that connection.
    String fuid(Flow flow, int n) {
        return id('F', flow, flow.first, n + 1);
    }

    private String id(char kind, Flow flow, long time, int n) {
        var orig = flow.host(Side.ORIGINATOR, hosts);
        var resp = flow.host(Side.RESPONDER, hosts);
        long ports =
                (long) flow.port(Side.ORIGINATOR) << 32
                        | (long) flow.port(Side.RESPONDER) << 8
                        | flow.protocol;
        long a = mix(mix(orig.hi() ^ 0x48) + orig.lo()) + mix(resp.hi() + mix(resp.lo() ^ 0x61));
        long hi = mix(a + mix(ports) + mix(time) + n);
        long lo =
                mix(
                        mix(a ^ time)
                                + Long.rotateLeft(ports, 31)
                                + mix(flow.around + flow.vlan) * 31
                                + n);
        char[] text = new char[DIGITS + 1];
        text[0] = kind;
        for (int i = 1; i <= DIGITS; i++) {
            boolean first = i <= DIGITS / 2;
            long rest = first ? hi : lo;
            text[i] = BASE62[(int) Long.remainderUnsigned(rest, 62)];
            if (first) {
                hi = Long.divideUnsigned(rest, 62);
            } else {
                lo = Long.divideUnsigned(rest, 62);
            }
        }
        return new String(text);
    }

    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ z >>> 27) * 0x94d0_49bb_1331_11ebL;
        return z ^ z >>> 31;
    }

    /// The Community ID of the innermost 5-tuple; what answers an ICMP type stands for its port.
    String communityId(Endpoints id, int protocol) {
        int answer =
                protocol == Icmp.V4 || protocol == Icmp.V6
                        ? Icmp.answer(protocol == Icmp.V6, id.orig_p())
                        : id.resp_p();
        return answer < 0
                ? community.oneWay(id, protocol)
                : community.of(id.orig_h(), id.orig_p(), id.resp_h(), answer, protocol);
    }
}
