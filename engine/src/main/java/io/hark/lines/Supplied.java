package io.hark.lines;

import io.hark.schema.Addr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What rows of Zeek's logs say otherwise than our columns, or leave to be known from the rest.
final class Supplied {

    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP6 = 58;
    private static final int SCTP = 132;

    private Supplied() {}

    /// Fills in what is still absent.
    static void to(Made made, Row row) {
        long ts = made.numberOf("ts");
        long took = Math.max(made.numberOf("duration"), made.numberOf("rtt"));
        made.set("seen", ts + Math.max(0, took));
        switch (made.kind().log()) {
            case "conn" -> connection(made);
            case "ssl" -> handshake(made, row);
            case "files" -> file(made, row);
            default -> {}
        }
    }

    private static void connection(Made made) {
        boolean isV4 = made.get("id.orig_h") instanceof Addr addr && addr.isV4();
        made.set("ip_proto", number(String.valueOf(made.get("proto")), isV4));
        made.set("local_orig", isPrivate(made.get("id.orig_h")));
        made.set("local_resp", isPrivate(made.get("id.resp_h")));
    }

    private static @Nullable Long number(String proto, boolean isV4) {
        return switch (proto) {
            case "tcp" -> (long) TCP;
            case "udp" -> (long) UDP;
            case "icmp" -> (long) (isV4 ? ICMP : ICMP6);
            case "sctp" -> (long) SCTP;
            default -> null;
        };
    }

    private static boolean isPrivate(@Nullable Object addr) {
        return addr instanceof Addr known && known.isPrivate();
    }

    /// Zeek tells DTLS by its version alone.
    private static void handshake(Made made, Row row) {
        boolean isDatagrams = String.valueOf(row.text("version")).startsWith("DTLS");
        made.set("proto", isDatagrams ? "udp" : "tcp");
    }

    /// Before Zeek 5.1 a file had sets of hosts and connections where it has one of each now.
    private static void file(Made made, Row row) {
        boolean isOrig = Boolean.TRUE.equals(made.get("is_orig"));
        made.set("uid", first(row.texts("conn_uids")));
        made.set("id.orig_h", addr(first(row.texts(isOrig ? "tx_hosts" : "rx_hosts"))));
        made.set("id.resp_h", addr(first(row.texts(isOrig ? "rx_hosts" : "tx_hosts"))));
    }

    private static @Nullable String first(@Nullable List<String> texts) {
        return texts == null || texts.isEmpty() ? null : texts.getFirst();
    }

    private static @Nullable Addr addr(@Nullable String text) {
        return text == null ? null : Addr.parse(text);
    }
}
