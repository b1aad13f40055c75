package io.hark.detect;

import io.hark.event.Dns;
import io.hark.event.Endpoints;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// DNS queries and their answers, for tests of detectors.
public final class MadeDns {

    private MadeDns() {}

    /// A query by `10.0.0.5` and its answer.
    ///
    /// @param at seconds after [MadeConn#START]
    /// @param type number of the type asked for
    /// @param code number of the answer's code
    public static Dns query(
            double at, String name, int type, int code, @Nullable List<String> answers) {
        long ts = MadeConn.START + Math.round(at * MadeConn.SECOND);
        return new Dns(
                ts,
                ts + MadeConn.SECOND / 100,
                "CDNS",
                new Endpoints(MadeConn.addr("10.0.0.5"), 40_000, MadeConn.addr("10.0.0.1"), 53),
                "udp",
                7,
                MadeConn.SECOND / 100,
                name,
                1,
                "C_INTERNET",
                type,
                null,
                code,
                null,
                false,
                false,
                true,
                true,
                0,
                answers,
                null,
                false,
                0,
                "query");
    }
}
