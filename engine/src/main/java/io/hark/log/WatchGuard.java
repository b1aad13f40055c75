package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.Leef;
import io.hark.format.log.LogLine;
import io.hark.format.log.Template;
import io.hark.format.log.Transports;
import java.util.List;
import java.util.stream.Stream;

/// WatchGuard Firebox, which writes LEEF; some relays cut the mark in front off.
///
/// *Source*: WatchGuard, Fireware Log Catalog; LEEF for QRadar.
public final class WatchGuard implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "src", "source.ip",
                    "srcPort", "source.port",
                    "sent_bytes", "source.bytes",
                    "srcPostNAT", "source.nat.ip",
                    "srcPostNATPORT", "source.nat.port",
                    "dst", "destination.ip",
                    "dstPort", "destination.port",
                    "rcvd_bytes", "destination.bytes",
                    "dstPostNAT", "destination.nat.ip",
                    "dstPostNATPORT", "destination.nat.port",
                    "proto", "",
                    "disp", "event.action",
                    "duration", "event.duration",
                    "in_if", "observer.ingress.interface.name",
                    "out_if", "observer.egress.interface.name",
                    "src_user", "source.user.name",
                    "rule_name", "rule.name",
                    "question", "dns.question.name",
                    "query_type", "",
                    "dstname", "destination.domain",
                    "op", "http.request.method",
                    "arg", "url.path",
                    "host_name", "host.name",
                    "msg", "message");

    private static final List<Template> MESSAGES =
            Stream.of(
                            "Authentication of {:text} user \\[{user.name:text}\\] from {source.ip} was {event.outcome=rejected|accepted}",
                            "SSL VPN user {user.name:text} from {source.ip} logged {event.outcome=in|out}",
                            "{:text}User {user.name:text} from {source.ip} log {:text}was {event.outcome=rejected|accepted}",
                            "{:text}User {user.name:text} from {source.ip} logged {event.outcome=in|out}",
                            "{=DHCPACK|DHCPOFFER} on {source.ip} to {source.mac} ({source.domain:text})",
                            "DHCPREQUEST for {source.ip} from {source.mac} ({source.domain:text})")
                    .map(Template::of)
                    .toList();

    /// The parser.
    public WatchGuard() {}

    @Override
    public String name() {
        return "watchguard";
    }

    @Override
    public String about() {
        return "WatchGuard Firebox (LEEF)";
    }

    @Override
    public List<String> signs() {
        return List.of("|WatchGuard|");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        int head = line.text().indexOf("|WatchGuard|");
        Leef whole = line.leef();
        Leef leef =
                whole == null
                        ? Leef.readHead(
                                line.text(), Math.max(0, line.text().lastIndexOf(' ', head) + 1))
                        : whole;
        if (leef == null) {
            return false;
        }
        out.of(name(), "").device("WatchGuard", leef.product()).put("event.code", leef.id());
        FIELDS.apply(leef.pairs(), line, name(), out);
        out.put("network.transport", Transports.name(leef.pairs().get("proto")));
        Template.readAny(MESSAGES, out.text("message"), out);
        kind(out);
        user(out);
        return true;
    }

    private static void kind(LogDraft out) {
        String outcome = out.text("event.outcome");
        String action = out.text("event.action");
        if (outcome.equals("in") || outcome.equals("out")) {
            out.remove("event.outcome").is("session", outcome.equals("in") ? "start" : "end");
        } else if (!outcome.isEmpty()) {
            out.put("event.outcome", outcome.equals("accepted") ? "success" : "failure");
            out.is("authentication", "start");
        } else if (out.text("message").startsWith("ProxyAvScan")) {
            out.is("malware", "info");
        } else if (!action.isEmpty()) {
            out.is("network", action.equals("Allow") ? "allowed,connection" : "connection,denied");
        } else {
            out.is("network", "info");
        }
    }

    /// `name@domain@server`: the server that knows him is no part of his name.
    private static void user(LogDraft out) {
        String told = out.text("user.name");
        int at = told.indexOf('@');
        if (told.startsWith("<")) {
            out.remove("user.name");
        } else if (at > 0) {
            String[] rest = told.substring(at + 1).split("@", 2);
            out.put("user.name", told.substring(0, at)).put("user.domain", rest[0]);
        }
    }
}
