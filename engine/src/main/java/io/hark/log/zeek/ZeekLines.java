package io.hark.log.zeek;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Zeek's logs, and those of what writes as it does: a JSON object a line, or columns with tabs,
/// named by the file's heading. A line without its heading is read where its columns show that they
/// stand in the default order.
///
/// Bytes and packets are those of IP (`orig_ip_bytes`), as ECS counts them; bytes of payload stay
/// among the fields.
///
/// *Source*: Zeek, "Zeek Log Formats" and "Log Files".
public final class ZeekLines implements LineParser {

    private static final int MAX_CELLS = 512;
    private static final String EMPTY = "(empty)";

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "ts", "ts",
                    "_write_ts", "",
                    "_path", "",
                    "id.orig_h", "source.ip",
                    "id.orig_p", "source.port",
                    "id.resp_h", "destination.ip",
                    "id.resp_p", "destination.port",
                    "src", "source.ip",
                    "dst", "destination.ip",
                    "p", "destination.port",
                    "tx_hosts", "source.ip",
                    "rx_hosts", "destination.ip",
                    "client_addr", "source.ip",
                    "server_addr", "destination.ip",
                    "orig_l2_addr", "source.mac",
                    "mac", "source.mac",
                    "resp_l2_addr", "destination.mac",
                    "orig_pkts", "source.packets",
                    "orig_ip_bytes", "source.bytes",
                    "resp_pkts", "destination.packets",
                    "resp_ip_bytes", "destination.bytes",
                    "proto", "network.transport",
                    "service", "network.protocol",
                    "duration", "event.duration",
                    "query", "dns.question.name",
                    "qtype_name", "dns.question.type",
                    "rcode_name", "dns.response_code",
                    "answers", "dns.answers",
                    "method", "http.request.method",
                    "host", "url.domain",
                    "uri", "",
                    "referrer", "",
                    "status_code", "http.response.status_code",
                    "user_agent", "user_agent.original",
                    "server_name", "destination.domain",
                    "host_name", "source.domain",
                    "hostname", "source.domain",
                    "client", "user.name",
                    "user", "user.name",
                    "username", "user.name",
                    "password", "",
                    "domainname", "user.domain",
                    "command", "event.action",
                    "operation", "event.action",
                    "action", "event.action",
                    "filename", "file.name",
                    "name", "",
                    "path", "file.path",
                    "md5", "file.hash.md5",
                    "sha256", "file.hash.sha256",
                    "note", "rule.name",
                    "msg", "message",
                    "peer", "host.name",
                    "peer_descr", "host.name",
                    "_system_name", "host.name");

    /// The parser.
    public ZeekLines() {}

    @Override
    public String name() {
        return "zeek";
    }

    @Override
    public String about() {
        return "Zeek's logs: JSON, and columns with tabs";
    }

    @Override
    public List<String> signs() {
        return List.of("\"id.orig_h\"", "\"orig_h\"", "\"fuid\"", "\"_path\"", "\"uids\"", "\t");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String text = line.text();
        if (text.startsWith("#")) {
            return heading(line, out);
        }
        Pairs pairs = text.indexOf('\t') >= 0 ? columns(line) : line.json();
        if (pairs == null || !pairs.has("ts")) {
            return false;
        }
        String told = pairs.first("_path");
        String path = told.isEmpty() ? ZeekPaths.of(pairs) : told;
        boolean isZeek = pairs.has("uid") || pairs.has("fuid") || !path.isEmpty();
        if (!isZeek) {
            return false;
        }
        out.of(name(), path);
        out.is(category(path), type(path));
        FIELDS.apply(pairs, line, name(), out);
        out.url(pairs.get("uri")).more("http.request.referrer", pairs.get("referrer"));
        out.put(path.equals("weird") ? "rule.name" : "file.name", pairs.get("name"));
        outcome(pairs, out);
        out.orElse("network.protocol", protocol(path));
        if (path.equals("notice") || path.equals("weird")) {
            out.alert();
        }
        return true;
    }

    private boolean heading(LogLine line, LogDraft out) {
        boolean isZeek = line.text().matches("#(separator|fields|types|path|open|close)\\s.*");
        if (isZeek) {
            out.of(name(), line.heading().path()).is("", "info");
            out.put("message", line.text().substring(1));
        }
        return isZeek;
    }

    private static @Nullable Pairs columns(LogLine line) {
        String[] cells = line.text().split("\t", MAX_CELLS);
        List<String> columns = line.heading().columns();
        if (!columns.contains("ts") || columns.size() != cells.length) {
            columns = ZeekPaths.columns(cells);
        }
        if (columns.isEmpty()) {
            return null;
        }
        Pairs pairs = new Pairs();
        if (!line.heading().path().isEmpty()) {
            pairs.add("_path", line.heading().path());
        }
        for (int i = 0; i < cells.length && i < columns.size(); i++) {
            pairs.add(columns.get(i), cells[i].equals(EMPTY) ? "" : cells[i]);
        }
        return pairs;
    }

    private static void outcome(Pairs pairs, LogDraft out) {
        String told = pairs.first("auth_success", "success");
        out.put(
                "event.outcome",
                switch (told) {
                    case "T", "true" -> "success";
                    case "F", "false" -> "failure";
                    default -> "";
                });
    }

    private static String category(String path) {
        return switch (path) {
            case "http" -> "web,network";
            case "files", "pe", "smb_files" -> "file,network";
            case "ssh", "ntlm", "kerberos", "radius" -> "authentication,network";
            case "smtp" -> "email,network";
            case "notice", "weird", "intel" -> "intrusion_detection,network";
            default -> "network";
        };
    }

    private static String type(String path) {
        return switch (path) {
            case "conn" -> "connection";
            case "dns", "ssl", "dhcp", "http" -> "connection,protocol";
            default -> "info";
        };
    }

    /// What a connection of such a log speaks, where the log is of one protocol.
    private static String protocol(String path) {
        return switch (path) {
            case "dns", "http", "ssh", "smtp", "ftp", "dhcp", "kerberos", "ntlm", "radius" -> path;
            case "ssl" -> "tls";
            case "smb_files", "smb_mapping" -> "smb";
            default -> "";
        };
    }
}
