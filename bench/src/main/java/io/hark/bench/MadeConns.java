package io.hark.bench;

import io.hark.event.Conn;
import io.hark.event.Endpoints;
import io.hark.schema.Addr;

/// Connections that nobody made, for measurements of detectors.
final class MadeConns {

    private static final long START = 1_760_000_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final int INSIDE = 10 << 24;
    private static final int OUTSIDE = 0xcb00_7100; // 203.0.113.0, RFC 5737
    private static final int FIRST_PORT = 40_000;

    private MadeConns() {}

    /// An answered connection of TCP.
    ///
    /// @param at seconds
    /// @param host number of the caller inside
    /// @param place number of the place outside; a negative one is a host inside
    static Conn conn(double at, int host, int place, int port, long up, long down) {
        long ts = START + Math.round(at * SECOND);
        Addr resp = Addr.v4(place < 0 ? INSIDE - place : OUTSIDE + place);
        String uid = "C" + host + 'x' + Long.toString(ts - START, 36) + 'x' + place;
        return new Conn(
                ts,
                ts + SECOND / 5,
                uid,
                new Endpoints(Addr.v4(INSIDE + host), FIRST_PORT + (int) (at % 20_000), resp, port),
                "tcp",
                null,
                SECOND / 5,
                up,
                down,
                "SF",
                true,
                place < 0,
                0,
                "ShADadFf",
                2 + up / 1000,
                up + 40 * (2 + up / 1000),
                2 + down / 1000,
                down + 40 * (2 + down / 1000),
                null,
                6,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                new long[0],
                new long[0],
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                0,
                null,
                null,
                null,
                null);
    }
}
