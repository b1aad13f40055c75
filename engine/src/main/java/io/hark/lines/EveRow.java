package io.hark.lines;

import io.hark.format.log.Stamps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A line of Suricata's EVE as a row of the log that tells the same: its values by our columns'
/// names. What Suricata does not write stays absent; bytes of payload are reckoned from those of
/// frames, at most 12 too few a packet.
///
/// *Source*: Suricata user guide, "EVE JSON Format".
///
/// @param log the log of ours that it is a row of
/// @param values by column
record EveRow(String log, Map<String, List<String>> values) implements Row {

    private static final long SECOND = 1_000_000_000L;
    private static final int ETHERNET = 14;
    private static final int TCP = 32; // with time stamps, which nearly all have
    private static final int UDP = 8;

    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;

    private static final int LOWEST_CHOSEN = 1024; // servers listen below, mostly

    private static final Pattern ATTRIBUTES = Pattern.compile(", (?=[A-Za-z.]{1,32}=)");

    /// Our column, and where the line has it.
    private static final Map<String, Map<String, String>> MEMBERS =
            Map.of(
                    "http",
                    Map.of(
                            "host", "http.hostname",
                            "uri", "http.url",
                            "method", "http.http_method",
                            "user_agent", "http.http_user_agent",
                            "referrer", "http.http_refer",
                            "status_code", "http.status",
                            "response_body_len", "http.length",
                            "content_type", "http.http_content_type",
                            "location", "http.redirect"),
                    "tls",
                    Map.of(
                            "server_name", "tls.sni",
                            "ja3", "tls.ja3.hash",
                            "ja3s", "tls.ja3s.hash",
                            "ja4", "tls.ja4",
                            "cert_not_before", "tls.notbefore",
                            "cert_not_after", "tls.notafter",
                            "cert_names", "tls.subjectaltname",
                            "client_protocols", "tls.client_alpns",
                            "next_protocol", "tls.server_alpns",
                            "resumed", "tls.session_resumed"),
                    "quic",
                    Map.of(
                            "server_name", "quic.sni",
                            "version", "quic.version",
                            "ja3", "quic.ja3.hash",
                            "ja4", "quic.ja4",
                            "user_agent", "quic.ua"),
                    "ssh",
                    Map.of(
                            "hassh",
                            "ssh.client.hassh.hash",
                            "hasshServer",
                            "ssh.server.hassh.hash"),
                    "krb5",
                    Map.of(
                            "service", "krb5.sname",
                            "error_msg", "krb5.error_code",
                            "cipher", "krb5.encryption"),
                    "dhcp",
                    Map.of(
                            "trans_id", "dhcp.id",
                            "mac", "dhcp.client_mac",
                            "host_name", "dhcp.hostname",
                            "assigned_addr", "dhcp.assigned_ip",
                            "requested_addr", "dhcp.requested_ip",
                            "lease_time", "dhcp.lease_time"),
                    "fileinfo",
                    Map.of(
                            "filename", "fileinfo.filename",
                            "md5", "fileinfo.md5",
                            "sha1", "fileinfo.sha1",
                            "sha256", "fileinfo.sha256",
                            "seen_bytes", "fileinfo.size"));

    private static final Map<String, String> LOGS =
            Map.of(
                    "flow", "conn",
                    "tls", "ssl",
                    "krb5", "kerberos",
                    "fileinfo", "files");

    /// Suricata's names of protocols where Zeek's differ.
    private static final Map<String, String> SERVICES =
            Map.of("tls", "ssl", "krb5", "krb", "dcerpc", "dce_rpc", "pgsql", "postgresql");

    /// Whether a line is of EVE.
    static boolean isOne(JsonRow line) {
        return line.text("event_type") != null
                && line.text("timestamp") != null
                && line.text("_path") == null;
    }

    /// The row that a line is; null if it is of a type that is no kind of ours, or of DNS, whose
    /// rows take two lines ([EveQueries]).
    static @Nullable EveRow of(JsonRow line, Stamps stamps) {
        String type = String.valueOf(line.text("event_type"));
        Map<String, String> members = MEMBERS.get(type);
        if (members == null && !type.equals("flow") || line.text("src_ip") == null) {
            return null;
        }
        EveRow row = begun(LOGS.getOrDefault(type, type), line);
        if (members != null) {
            members.forEach((column, member) -> row.put(column, line.texts(member)));
        }
        switch (type) {
            case "flow" -> row.flow(line, stamps);
            case "http" -> row.http(line);
            case "tls" -> row.handshake(line);
            case "ssh" -> row.banners(line);
            case "krb5" -> row.ticket(line);
            case "dhcp" -> row.lease(line);
            case "fileinfo" -> row.file(line);
            default -> {}
        }
        return row;
    }

    /// With what all lines have.
    static EveRow begun(String log, JsonRow line) {
        EveRow row = new EveRow(log, new HashMap<>());
        row.put("ts", line.text("timestamp"));
        row.put("seen", line.text("timestamp"));
        row.put("uid", uid(line));
        row.put("proto", transport(line));
        row.ends(line, false);
        row.put("community_id", line.text("community_id"));
        return row;
    }

    /// The id of a connection, as far as Suricata has one.
    static @Nullable String uid(JsonRow line) {
        String flow = line.text("flow_id");
        return flow == null ? null : "S" + flow;
    }

    private static @Nullable String transport(JsonRow line) {
        String proto = line.text("proto");
        return proto == null ? null : proto.toLowerCase(Locale.ROOT).replaceAll("[^a-z].*", "");
    }

    /// Who called whom; turned round where the line is about what the responder said.
    void ends(JsonRow line, boolean isAnswer) {
        String orig = isAnswer ? "dest" : "src";
        String resp = isAnswer ? "src" : "dest";
        put("id.orig_h", line.text(orig + "_ip"));
        put("id.orig_p", line.text(orig + "_port"));
        put("id.resp_h", line.text(resp + "_ip"));
        put("id.resp_p", line.text(resp + "_port"));
    }

    /// Whether the line goes from the port of a service to one that was chosen.
    static boolean isFromServer(JsonRow line) {
        long from = number(line, "src_port");
        long to = number(line, "dest_port");
        return from < to && from < LOWEST_CHOSEN;
    }

    private void flow(JsonRow line, Stamps stamps) {
        Long start = stamps.nanos(line.text("flow.start"));
        Long end = stamps.nanos(line.text("flow.end"));
        if (start != null && end != null) {
            put("ts", line.text("flow.start"));
            put("duration", seconds(Math.max(0, end - start)));
        }
        String service = line.text("app_proto");
        if (service != null && !service.equals("failed")) {
            put("service", SERVICES.getOrDefault(service, service));
        }
        boolean isTcp = "tcp".equals(transport(line));
        boolean isV6 = String.valueOf(line.text("src_ip")).indexOf(':') >= 0;
        int headers = ETHERNET + (isV6 ? 40 : 20) + (isTcp ? TCP : UDP);
        amounts(line, "orig", "toserver", headers);
        amounts(line, "resp", "toclient", headers);
        boolean isAnswered = number(line, "flow.pkts_toclient") > 0;
        put("conn_state", isTcp ? state(line, isAnswered) : isAnswered ? "SF" : "S0");
    }

    private void amounts(JsonRow line, String side, String way, int headers) {
        long packets = number(line, "flow.pkts_" + way);
        long bytes = number(line, "flow.bytes_" + way);
        put(side + "_pkts", Long.toString(packets));
        put(side + "_ip_bytes", Long.toString(Math.max(0, bytes - ETHERNET * packets)));
        put(side + "_bytes", Long.toString(Math.max(0, bytes - headers * packets)));
    }

    /// Zeek's word for how it began and ended, by the flags of both sides.
    private static String state(JsonRow line, boolean isAnswered) {
        int orig = flags(line.text("tcp.tcp_flags_ts"));
        int resp = flags(line.text("tcp.tcp_flags_tc"));
        if ((orig & SYN) == 0) {
            return "OTH";
        } else if (!isAnswered) {
            return (orig & FIN) != 0 ? "SH" : (orig & RST) != 0 ? "RSTOS0" : "S0";
        } else if ((resp & SYN) == 0) {
            return (resp & RST) != 0 ? "REJ" : "OTH";
        } else if ((orig & FIN) != 0 && (resp & FIN) != 0) {
            return "SF";
        } else if ((orig & RST) != 0) {
            return "RSTO";
        } else if ((resp & RST) != 0) {
            return "RSTR";
        }
        return (orig & FIN) != 0 ? "S2" : (resp & FIN) != 0 ? "S3" : "S1";
    }

    private static int flags(@Nullable String hex) {
        boolean isHex = hex != null && hex.matches("[0-9a-fA-F]{1,4}");
        return isHex ? Integer.parseInt(hex, 16) : 0;
    }

    private void http(JsonRow line) {
        put("trans_depth", Long.toString(1 + number(line, "tx_id")));
        String protocol = line.text("http.protocol");
        if (protocol != null && protocol.startsWith("HTTP/")) {
            put("version", protocol.substring("HTTP/".length()));
        }
    }

    /// Suricata tells of a handshake when the server has answered.
    private void handshake(JsonRow line) {
        put("established", "true");
        put("subject", name(line.text("tls.subject")));
        put("issuer", name(line.text("tls.issuerdn")));
        put("cert_serial", bare(line.text("tls.serial")));
        put("cert_sha1", bare(line.text("tls.fingerprint")));
        String version = line.text("tls.version");
        if (version != null && !version.equals("UNDETERMINED")) {
            String bare = version.replace("TLSv1", "TLSv10").replace("TLS 1.", "TLSv1");
            put("version", bare.replace(" draft-", "-draft"));
        }
        String resumed = line.text("tls.session_resumed");
        put("resumed", resumed == null ? "false" : resumed);
    }

    /// Suricata begins with the root, Zeek and RFC 4514 with the leaf.
    private static @Nullable String name(@Nullable String told) {
        return told == null ? null : String.join(",", List.of(ATTRIBUTES.split(told)).reversed());
    }

    private static @Nullable String bare(@Nullable String colons) {
        return colons == null ? null : colons.replace(":", "");
    }

    private void banners(JsonRow line) {
        put("client", banner(line, "client"));
        put("server", banner(line, "server"));
        put("auth_attempts", "0");
    }

    private static @Nullable String banner(JsonRow line, String side) {
        String software = line.text("ssh." + side + ".software_version");
        String version = line.text("ssh." + side + ".proto_version");
        return software == null ? null : "SSH-" + version + "-" + software;
    }

    private void ticket(JsonRow line) {
        String type = String.valueOf(line.text("krb5.msg_type"));
        String request = type.contains("AS_") ? "AS" : type.contains("TGS_") ? "TGS" : null;
        put("request_type", request == null ? line.text("krb5.failed_request") : request);
        put("success", Boolean.toString(type.endsWith("_REP")));
        String client = line.text("krb5.cname");
        put("client", client == null ? null : client + '/' + line.text("krb5.realm"));
    }

    private void lease(JsonRow line) {
        put("uids", uid(line));
        String type = line.text("dhcp.dhcp_type");
        if (type != null) {
            put("msg_types", type.toUpperCase(Locale.ROOT));
        }
        boolean isReply = "reply".equals(line.text("dhcp.type"));
        put("server_addr", isReply ? line.text("src_ip") : null);
    }

    private void file(JsonRow line) {
        boolean isAnswer = isFromServer(line);
        if (isAnswer) {
            ends(line, true);
        }
        put("is_orig", Boolean.toString(!isAnswer));
        put("fuid", "S" + line.text("flow_id") + '.' + number(line, "fileinfo.tx_id"));
        String application = line.text("app_proto");
        put("source", application == null ? "" : application.toUpperCase(Locale.ROOT));
    }

    static long number(JsonRow line, String member) {
        String text = line.text(member);
        boolean isNumber = text != null && text.matches("\\d{1,18}");
        return isNumber ? Long.parseLong(text) : 0;
    }

    /// Nanoseconds as a row has them.
    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%d.%09d", nanos / SECOND, nanos % SECOND);
    }

    void put(String column, @Nullable String value) {
        put(column, value == null ? null : List.of(value));
    }

    void put(String column, @Nullable List<String> value) {
        if (value != null && !value.isEmpty()) {
            values.put(column, value);
        }
    }

    @Override
    public List<String> names() {
        return new ArrayList<>(values.keySet());
    }

    @Override
    public @Nullable String text(String name) {
        List<String> all = values.get(name);
        return all == null ? null : String.join(",", all);
    }

    @Override
    public @Nullable List<String> texts(String name) {
        return values.get(name);
    }
}
