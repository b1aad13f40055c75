package io.hark.detect.relays;

import io.hark.event.Conn;
import io.hark.schema.Addr;
import io.hark.schema.Stored;

/// One connection of a host that may be one half of a relay.
///
/// @param far the other end of it
/// @param port the responder's port
/// @param first when it began, nanoseconds
/// @param last when it ended
/// @param up payload bytes of who opened it
/// @param down payload bytes of who was called
/// @param uid its id
record Leg(Addr far, int port, long first, long last, long up, long down, String uid)
        implements Stored {

    static Leg of(Conn conn, Addr far) {
        Long duration = conn.duration();
        return new Leg(
                far,
                conn.id().resp_p(),
                conn.ts(),
                conn.ts() + (duration == null ? 0 : duration),
                conn.origPayload(),
                conn.respPayload(),
                conn.uid());
    }

    /// Whether this one, called in, is handed on by another, called out: that one begins while this
    /// one is open, both end together, and as much goes each way.
    boolean isHandedOnBy(Leg out, Relays.Floors floors) {
        return !far.equals(out.far)
                && out.first >= first
                && out.first <= last
                && Math.abs(out.last - last) <= floors.together().toNanos()
                && isAlike(up, out.up, floors)
                && isAlike(down, out.down, floors);
    }

    private static boolean isAlike(long one, long other, Relays.Floors floors) {
        long allowed = Math.max(floors.framing(), (long) (floors.share() * Math.max(one, other)));
        return Math.abs(one - other) <= allowed;
    }
}
