package io.hark.wire;

import io.hark.event.Endpoints;
import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// Finds the packets of one connection in chunks: both directions of its 5-tuple, inside its
/// tunnel.
///
/// A datagram put together from fragments is found in the frame of its last one.
///
/// *Thread*: one owner.
public final class Pick {

    private final Addr orig;
    private final Addr resp;
    private final int origPort;
    private final int respPort;
    private final int protocol;
    private final @Nullable String tunnel;
    private final Tuple tuple = new Tuple();

    /// The packets between these ends.
    ///
    /// @param protocol number of the IP protocol
    /// @param tunnel as its connection's event has it, null for none
    public Pick(Endpoints id, int protocol, @Nullable String tunnel) {
        this.orig = id.orig_h();
        this.resp = id.resp_h();
        this.origPort = id.orig_p();
        this.respPort = id.resp_p();
        this.protocol = protocol;
        this.tunnel = tunnel;
    }

    /// What the connection's packets are spread and found by: the same for all of them, and for
    /// those of some others.
    public int shard() {
        return Shards.of(new Endpoints(orig, origPort, resp, respPort), protocol);
    }

    /// Whether the frame of that number has a packet of the connection.
    public boolean isIn(Chunk chunk, int frame) {
        int place = frame;
        do {
            if (isAt(chunk, place)) {
                return true;
            }
            place = chunk.next[place];
        } while (place != 0);
        return false;
    }

    /// Leaves the engine only the packets of the connection.
    public void only(Chunk chunk) {
        for (int frame = 0; frame < chunk.frames; frame++) {
            int place = frame;
            do {
                if (!isAt(chunk, place)) {
                    chunk.shard[place] = 0;
                }
                place = chunk.next[place];
            } while (place != 0);
        }
    }

    private boolean isAt(Chunk chunk, int place) {
        Tunnel around = chunk.tunnel[place];
        if (chunk.shard[place] == 0
                || (chunk.protocol[place] & 0xff) != protocol
                || !(around == null ? tunnel == null : around.text().equals(tunnel))
                || !tuple.read(chunk, place)) {
            return false;
        }
        return isA(orig, origPort) && isB(resp, respPort)
                || isA(resp, respPort) && isB(orig, origPort);
    }

    private boolean isA(Addr host, int port) {
        return tuple.aHi == host.hi() && tuple.aLo == host.lo() && tuple.ports >>> 16 == port;
    }

    private boolean isB(Addr host, int port) {
        return tuple.bHi == host.hi() && tuple.bLo == host.lo() && (tuple.ports & 0xffff) == port;
    }
}
