package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.format.log.Transports;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Clavister NGFW (cOS Core): `id=6000051 event=ruleset_drop_packet action=drop [message=…][conn
/// …]`.
///
/// *Source*: Clavister cOS Core Log Reference Guide.
public final class Clavister implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "id", "event.code",
                    "action", "event.action",
                    "connsrcip", "source.ip",
                    "srcip", "source.ip",
                    "ipaddr", "source.ip",
                    "knownip", "source.ip",
                    "connsrcport", "source.port",
                    "srcport", "source.port",
                    "hwsender", "source.mac",
                    "newconnsrcip", "source.nat.ip",
                    "client_ip", "source.nat.ip",
                    "newconnsrcport", "source.nat.port",
                    "conndestip", "destination.ip",
                    "destip", "destination.ip",
                    "ipdest", "destination.ip",
                    "conndestport", "destination.port",
                    "destport", "destination.port",
                    "hwdest", "destination.mac",
                    "newconndestip", "destination.nat.ip",
                    "newconndestport", "destination.nat.port",
                    "connipproto", "network.transport",
                    "ipproto", "",
                    "rule", "rule.name",
                    "username", "user.name",
                    "application", "network.application",
                    "connrecvif", "observer.ingress.interface.name",
                    "conndestif", "observer.egress.interface.name",
                    "url", "url.original");

    private static final Pattern MESSAGE = Pattern.compile("message=(.{0,1024}?)(?: \\[| \\]|$)");

    /// The parser.
    public Clavister() {}

    @Override
    public String name() {
        return "clavister";
    }

    @Override
    public String about() {
        return "Clavister NGFW (cOS Core)";
    }

    @Override
    public List<String> signs() {
        return List.of(" event=");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String text = line.text();
        int start = text.indexOf("id=");
        if (start < 0
                || start > 128
                || !text.substring(start).matches("(?s)id=\\d{5,9} event=[a-z0-9_]+.*")) {
            return false;
        }
        Pairs pairs = Pairs.spaced(plain(text), start);
        String event = pairs.text("event");
        out.of(name(), "").device("Clavister", "NGFW");
        FIELDS.apply(pairs, line, name(), out);
        out.put("network.transport", Transports.name(pairs.first("connipproto", "ipproto")));
        if (out.text("network.transport").startsWith("ip4")
                || out.text("network.transport").equals("arp")) {
            out.remove("network.transport");
        }
        out.is(category(event, pairs.text("action")), type(event, pairs.text("action")));
        if (event.startsWith("user_")) {
            out.put("event.outcome", "success");
        } else if (event.endsWith("error")
                || event.contains("fail") && event.startsWith("one")
                || event.startsWith("unable_")) {
            out.put("event.outcome", "failure");
        }
        Matcher message = MESSAGE.matcher(text);
        out.put("message", message.find() ? message.group(1) : "");
        return true;
    }

    /// The groups, which stand in brackets, tell nothing that their names do not.
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            plain.append(!quoted && (c == '[' || c == ']') ? ' ' : c);
        }
        return plain.toString();
    }

    private static String category(String event, String action) {
        if (event.startsWith("user_")) {
            return "authentication";
        } else if (event.contains("session_") && !event.startsWith("max_")
                || event.startsWith("ipreputation_server_")) {
            return "session";
        } else if (action.equals("policy_updated")) {
            return "configuration";
        }
        return event.startsWith("dns_cache_") ? "database" : "network";
    }

    private static String type(String event, String action) {
        if (action.equals("drop") || action.equals("reject") || event.equals("ike_sa_failed")) {
            return "denied";
        } else if (action.equals("policy_updated") || event.startsWith("dns_cache_")) {
            return "change";
        } else if (event.endsWith("_closed")
                || event.endsWith("_disconnect")
                || event.endsWith("_disconnected")
                || event.endsWith("_end")
                || event.endsWith("_identified") && action.equals("close")
                || event.equals("user_timeout")
                || event.equals("user_logout")) {
            return "end";
        } else if (event.endsWith("_created")
                || event.endsWith("_connect")
                || event.endsWith("_connected")
                || event.equals("user_login")
                || event.startsWith("oneconnect_dtls_")) {
            return "start";
        }
        return "info";
    }
}
