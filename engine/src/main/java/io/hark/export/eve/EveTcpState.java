package io.hark.export.eve;

import io.hark.event.Conn;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// In which state Suricata's TCP engine would have left a connection, told from Zeek's words for
/// it.
final class EveTcpState {

    private EveTcpState() {}

    /// The state; null where Suricata keeps none, as no SYN was seen.
    static @Nullable String of(Conn conn) {
        String history = conn.history() == null ? "" : conn.history();
        boolean syn = history.indexOf('S') >= 0 || history.indexOf('h') >= 0;
        if (!syn && conn.service() == null) {
            return null; // nor was it read from the middle on
        }
        if (history.indexOf('R') >= 0 || history.indexOf('r') >= 0) {
            return "closed";
        }
        int client = history.indexOf('F');
        int server = history.indexOf('f');
        if (client < 0 && server < 0) {
            return open(conn, history);
        }
        if (client >= 0 && server >= 0) {
            return closing(conn, client < server);
        }
        return client >= 0
                ? conn.conn_state().equals("S2") ? "fin_wait2" : "fin_wait1"
                : "close_wait";
    }

    private static String open(Conn conn, String history) {
        if (history.indexOf('S') >= 0 && history.toLowerCase(Locale.ROOT).indexOf('h') < 0) {
            return "syn_sent";
        }
        boolean acknowledged = history.indexOf('A') >= 0 || history.indexOf('D') >= 0;
        return acknowledged || history.indexOf('S') < 0 || conn.conn_state().equals("S1")
                ? "established"
                : "syn_recv";
    }

    private static String closing(Conn conn, boolean clientFirst) {
        if (conn.conn_state().equals("SF")) {
            return "closed";
        }
        return clientFirst ? "time_wait" : "last_ack";
    }

    /// The state of the flow that goes with it.
    static String ofFlow(@Nullable String state) {
        return state == null
                ? "new"
                : switch (state) {
                    case "syn_sent", "syn_recv" -> "new";
                    case "closed", "last_ack", "time_wait" -> "closed";
                    default -> "established";
                };
    }
}
