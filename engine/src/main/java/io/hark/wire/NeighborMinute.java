package io.hark.wire;

import io.hark.event.Event;
import io.hark.event.Neighbor;
import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// What one host said of addresses on its link to or about another within a minute.
final class NeighborMinute extends Minute {

    /// What is said twice within so long is a copy: mirror ports copy both ways.
    private static final long COPIED = 1_000_000L;

    /// What a packet says.
    enum Word {
        REQUEST,
        REPLY,
        ANNOUNCEMENT,
        PROBE,
        ROUTER
    }

    private final boolean arp;
    private final int vlan;
    private final long mac;
    private long otherMac = -1;
    private long requests;
    private long replies;
    private long unasked;
    private long announcements;
    private long probes;
    private long routers;
    private long foreign;
    private @Nullable Word lastWord;
    private long lastSaid;
    private long lastMac;
    private long lastRequest = Long.MIN_VALUE;

    NeighborMinute(Pair pair, long first, long tie, boolean arp, int vlan, long mac) {
        super(pair, first, tie);
        this.arp = arp;
        this.vlan = vlan;
        this.mac = mac;
    }

    /// Something was said; false if it is a copy of what was said a moment ago.
    ///
    /// @param claimed the hardware address that the speaker claims, -1 for none
    /// @param from that it came from, -1 where nobody knows
    boolean say(Word word, long now, long claimed, long from) {
        if (word == lastWord && claimed == lastMac && Math.abs(now - lastSaid) <= COPIED) {
            return false;
        }
        lastWord = word;
        lastSaid = now;
        lastMac = claimed;
        switch (word) {
            case REQUEST -> {
                requests++;
                lastRequest = now;
            }
            case REPLY -> replies++;
            case ANNOUNCEMENT -> announcements++;
            case PROBE -> {
                probes++;
                lastRequest = now;
            }
            case ROUTER -> routers++;
        }
        if (claimed >= 0 && claimed != mac) {
            otherMac = claimed;
        }
        if (claimed >= 0 && from >= 0 && claimed != from) {
            foreign++;
        }
        return true;
    }

    /// The last answer was not asked for.
    void unasked() {
        unasked++;
    }

    /// When it asked last, or [Long#MIN_VALUE].
    long lastRequest() {
        return lastRequest;
    }

    @Override
    Event event(long seen) {
        return new Neighbor(
                first,
                seen,
                arp ? "arp" : "nd",
                new Addr(pair.fromHi, pair.fromLo),
                new Addr(pair.toHi, pair.toLo),
                mac < 0 ? null : mac,
                otherMac < 0 ? null : otherMac,
                vlan < 0 ? null : vlan & 0xffff,
                last - first,
                requests,
                replies,
                unasked,
                announcements,
                probes,
                routers,
                foreign);
    }
}
