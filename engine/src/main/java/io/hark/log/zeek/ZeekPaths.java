package io.hark.log.zeek;

import io.hark.format.log.Pairs;
import java.util.List;

/// Of which of Zeek's logs a line is, where neither a heading nor `_path` tells.
///
/// *Source*: Zeek, "Log Files" (the `Info` record of each log).
final class ZeekPaths {

    /// A name that only that log has, the first that a line has wins: `mailfrom` before
    /// `trans_depth`, which HTTP's log has, too.
    private static final List<String[]> SIGNS =
            List.of(
                    new String[] {"conn_state", "conn"},
                    new String[] {"qtype_name", "dns"},
                    new String[] {"trans_id", "dns"},
                    new String[] {"mailfrom", "smtp"},
                    new String[] {"helo", "smtp"},
                    new String[] {"trans_depth", "http"},
                    new String[] {"ssl_history", "ssl"},
                    new String[] {"cipher", "ssl"},
                    new String[] {"certificate.serial", "x509"},
                    new String[] {"seen_bytes", "files"},
                    new String[] {"auth_attempts", "ssh"},
                    new String[] {"note", "notice"},
                    new String[] {"uids", "dhcp"},
                    new String[] {"request_type", "kerberos"},
                    new String[] {"endpoint", "dce_rpc"},
                    new String[] {"share_type", "smb_mapping"},
                    new String[] {"times.modified", "smb_files"},
                    new String[] {"software_type", "software"},
                    new String[] {"tunnel_type", "tunnel"},
                    new String[] {"domainname", "ntlm"},
                    new String[] {"is_exe", "pe"});

    private static final List<String> ENDS =
            List.of("ts", "uid", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p");

    private static final List<String> CONN =
            columns(
                    "proto service duration orig_bytes resp_bytes conn_state local_orig local_resp"
                            + " missed_bytes history orig_pkts orig_ip_bytes resp_pkts"
                            + " resp_ip_bytes tunnel_parents orig_l2_addr resp_l2_addr");
    private static final List<String> DNS =
            columns(
                    "proto trans_id rtt query qclass qclass_name qtype qtype_name rcode rcode_name"
                            + " AA TC RD RA Z answers TTLs rejected");
    private static final List<String> HTTP =
            columns(
                    "trans_depth method host uri referrer version user_agent origin"
                            + " request_body_len response_body_len status_code status_msg info_code"
                            + " info_msg tags username password proxied orig_fuids orig_filenames"
                            + " orig_mime_types resp_fuids resp_filenames resp_mime_types");
    private static final List<String> FILES =
            List.of(
                    ("ts fuid tx_hosts rx_hosts conn_uids source depth analyzers mime_type filename"
                                    + " duration local_orig is_orig seen_bytes total_bytes"
                                    + " missing_bytes overflow_bytes timedout parent_fuid md5 sha1"
                                    + " sha256")
                            .split(" "));

    private static final int MIN_UID = 12; // characters; Zeek makes at most 18
    private static final int PROTO = 6;

    private ZeekPaths() {}

    private static List<String> columns(String behindEnds) {
        return List.of((String.join(" ", ENDS) + " " + behindEnds).split(" "));
    }

    /// The log that has these names; empty where several could.
    static String of(Pairs pairs) {
        for (String[] sign : SIGNS) {
            if (pairs.has(sign[0])) {
                return sign[1];
            }
        }
        return "";
    }

    /// The columns of a line that a sender cut out of its file, by Zeek's default order; none if it
    /// is of no log whose order is known.
    static List<String> columns(String[] cells) {
        if (cells.length <= PROTO + 1 || !isTime(cells[0]) || cells[1].length() < MIN_UID) {
            return List.of();
        }
        boolean isFile = cells[1].charAt(0) == 'F';
        boolean isConnection = cells[1].charAt(0) == 'C';
        boolean isTransport = cells[PROTO].matches("tcp|udp|icmp|unknown_transport");
        if (isConnection && isTransport) {
            boolean isDns = isNumber(cells[PROTO + 1]) && cells.length > PROTO + 8;
            return isDns ? DNS : fits(cells, CONN);
        }
        if (isConnection && isNumber(cells[PROTO]) && isVersion(cells, HTTP.indexOf("version"))) {
            return fits(cells, HTTP);
        }
        return isFile ? fits(cells, FILES) : List.of();
    }

    /// Later versions add columns behind the others.
    private static List<String> fits(String[] cells, List<String> columns) {
        return cells.length >= columns.size() - 2 ? columns : List.of();
    }

    private static boolean isVersion(String[] cells, int column) {
        return cells.length > column && cells[column].matches("-|\\d\\.\\d");
    }

    private static boolean isTime(String cell) {
        return cell.matches("\\d{9,11}\\.\\d{1,9}");
    }

    private static boolean isNumber(String cell) {
        return cell.matches("\\d{1,10}");
    }
}
