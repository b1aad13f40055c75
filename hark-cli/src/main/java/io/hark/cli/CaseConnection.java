package io.hark.cli;

import io.hark.UserError;
import io.hark.event.Endpoints;
import io.hark.lake.Query;
import io.hark.schema.Addr;
import io.hark.sensor.Replay.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A connection of a case, found by its uid.
///
/// @param wire what its packets are found by
/// @param name name of the responder, or null
/// @param about its protocol, service and state
record CaseConnection(Wire wire, @Nullable String name, String about) {

    private static final int AT_ONCE = 500; // looked up by one statement

    /// When it was told at the latest: behind what `duration` counts, the end is acknowledged.
    private static final String LAST =
            "greatest(epoch_ns(seen), epoch_ns(ts) + CAST(round(coalesce(duration, 0) * 1e9) AS BIGINT))";

    /// Looks one up.
    ///
    /// @throws UserError if the case has none of that uid
    static CaseConnection of(Path dir, String uid) {
        List<CaseConnection> found = of(dir, List.of(uid));
        if (found.isEmpty()) {
            throw new UserError(
                    "no connection of "
                            + dir
                            + " has the uid "
                            + uid
                            + "; 'hark search "
                            + dir
                            + " kind:conn' lists them");
        }
        return found.getFirst();
    }

    /// Looks several up; what the case does not have is left out.
    static List<CaseConnection> of(Path dir, List<String> uids) {
        try (Query query = Query.open(dir)) {
            if (!query.tables().contains("conn")) {
                throw new UserError(dir + " holds no connections: it was made without conn events");
            }
            List<CaseConnection> found = new ArrayList<>();
            for (int i = 0; i < uids.size(); i += AT_ONCE) {
                List<String> some = uids.subList(i, Math.min(uids.size(), i + AT_ONCE));
                String sql =
                        "SELECT *, epoch_ns(ts) AS first, "
                                + LAST
                                + " AS last FROM conn WHERE uid IN ("
                                + String.join(",", Collections.nCopies(some.size(), "?"))
                                + ") QUALIFY row_number() OVER (PARTITION BY uid) = 1";
                for (Map<String, @Nullable Object> row : query.rows(sql, some.toArray())) {
                    found.add(of(text(row, "uid"), row));
                }
            }
            return found;
        }
    }

    private static CaseConnection of(String uid, Map<String, @Nullable Object> row) {
        Endpoints id =
                new Endpoints(
                        addr(row, "id.orig_h"),
                        (int) number(row, "id.orig_p"),
                        addr(row, "id.resp_h"),
                        (int) number(row, "id.resp_p"));
        StringBuilder about = new StringBuilder(text(row, "proto"));
        for (String column : List.of("service", "conn_state")) {
            about.append(row.get(column) == null ? "" : " " + text(row, column));
        }
        return new CaseConnection(
                new Wire(
                        uid,
                        id,
                        (int) number(row, "ip_proto"),
                        row.get("tunnel") == null ? null : text(row, "tunnel"),
                        number(row, "first"),
                        number(row, "last")),
                row.get("resp_name") == null ? null : text(row, "resp_name"),
                about.toString());
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return String.valueOf(row.get(column));
    }

    private static long number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number n ? n.longValue() : 0;
    }

    private static Addr addr(Map<String, @Nullable Object> row, String column) {
        Addr addr = Addr.parse(text(row, column));
        if (addr == null) {
            throw new UserError("the case is broken: " + text(row, column) + " is no address");
        }
        return addr;
    }
}
