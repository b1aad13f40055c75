package io.hark.wire;

import io.hark.event.TunnelState;
import org.jspecify.annotations.Nullable;

/// Tells which tunnels are found and end.
///
/// *Thread*: the worker's.
final class TunnelRows {

    private final Engine engine;

    TunnelRows(Engine engine) {
        this.engine = engine;
    }

    /// Tells of those around a packet that nobody was told of, and that are no connection.
    ///
    /// @param fresh how many, counted from inside
    void found(@Nullable Tunnel innermost, int fresh) {
        Tunnel tunnel = innermost;
        for (int i = 0; i < fresh && tunnel != null; i++) {
            String type = tunnel.ofHosts();
            if (type != null) {
                long now = engine.now();
                engine.emit(
                        new TunnelState(now, now, null, tunnel.ends(), type, TunnelState.DISCOVER));
            }
            tunnel = tunnel.outer();
        }
    }

    /// A datagram of the connection carried a packet, one of the numbers of [Tunnels], or 0.
    void carried(Flow flow, int carries) {
        if (carries != 0 && flow.carries == 0) {
            flow.carries = (byte) carries;
            tell(flow, TunnelState.DISCOVER);
        }
    }

    /// The connection is over.
    void ended(Flow flow) {
        if (flow.carries != 0) {
            tell(flow, TunnelState.CLOSE);
        }
    }

    private void tell(Flow flow, String action) {
        long now = engine.now();
        engine.emit(
                new TunnelState(
                        now,
                        now,
                        engine.ids.uid(flow),
                        engine.ids.endpoints(flow),
                        Tunnels.type(flow.carries),
                        action));
    }
}
