package io.hark.log.names;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// ISC BIND's named: questions, answers, refusals, what it asks others.
///
/// ```
/// client @0x7f85 192.0.2.1#42520 (host.example): query: host.example IN A +E(0)K (198.51.100.53)
/// ```
///
/// *Source*: BIND 9 Administrator Reference Manual, "The category Phrase", "The query-errors
/// Category".
public final class Bind implements LineParser {

    private static final String NAME = "([^\\s/'()]{1,255})";

    private static final Pattern CHANNEL =
            Pattern.compile(
                    "(?:([a-z-]{3,20}): )?(info|notice|warning|error|critical|debug(?: \\d{1,2})?): ");
    private static final Pattern CLIENT =
            Pattern.compile(
                    "client (?:@0x[0-9a-f]{1,16} )?([0-9A-Fa-f:.]{2,45})#(\\d{1,5})(?:/key [^\\s:]{1,255})?(?: \\(([^)]{1,255})\\))?: (?:view [^\\s:]{1,64}: )?");
    private static final Pattern QUERY =
            Pattern.compile(
                    "(query|answer): "
                            + NAME
                            + " (\\w{1,16}) (\\w{1,32}) ([-+][A-Z0-9()]{0,32})(?: \\(([0-9A-Fa-f:.]{2,45})\\))?(?: -> (\\w{1,16})(.{0,4096}))?");
    private static final Pattern FAILED =
            Pattern.compile(
                    "query failed \\(([^)]{1,128})\\) for " + NAME + "/(\\w{1,16})/(\\w{1,32})");
    private static final Pattern REFUSED =
            Pattern.compile("query (?:\\(cache\\) )?'" + NAME + "/(\\w{1,32})/(\\w{1,16})' denied");
    private static final Pattern RESPONSE_POLICY =
            Pattern.compile(
                    "rpz (\\S{1,16}) (\\S{1,16}) rewrite "
                            + NAME
                            + "(?:/(\\w{1,32})/(\\w{1,16}))? via (\\S{1,255})");
    private static final Pattern RESOLVING =
            Pattern.compile(
                    "(.{3,64}?) resolving '"
                            + NAME
                            + "(?:/(\\w{1,32})/(\\w{1,16}))?'[^:]{0,300}: ([0-9A-Fa-f:.]{2,45})#(\\d{1,5})");
    private static final Pattern VALIDATING =
            Pattern.compile("(?:\\s*validating |/IN: )" + NAME + "/(\\w{1,32}): (.{0,512})");
    private static final Pattern TRANSFER =
            Pattern.compile(
                    "transfer of '" + NAME + "/(\\w{1,16})' from ([0-9A-Fa-f:.]{2,45})#(\\d{1,5})");

    /// The parser.
    public Bind() {}

    @Override
    public String name() {
        return "bind";
    }

    @Override
    public String about() {
        return "ISC BIND's named: queries, answers, refusals, resolving, transfers";
    }

    @Override
    public List<String> signs() {
        return List.of(
                "named",
                "client @0x",
                "): query",
                "): answer",
                " resolving '",
                "validating ",
                "rpz",
                "transfer of '",
                "zone ");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        boolean isTagged = line.app().equals("named");
        String text = isTagged ? line.body().strip() : line.message();
        Matcher channel = CHANNEL.matcher(text);
        if (channel.find() && channel.start() <= 1) {
            out.more("bind.category", channel.group(1)).put("log.level", channel.group(2));
            text = text.substring(channel.end());
        }
        boolean isKnown = client(text, out) || other(text, out);
        boolean isZone =
                text.startsWith("zone ") && text.contains("/IN: ") || text.startsWith("rpz: ");
        if (!isKnown && !isTagged && !(line.isBare() && isZone)) {
            return false;
        }
        out.of(name(), "").put("message", text).put("network.protocol", "dns");
        if (!out.has("event.category")) {
            out.is("network", "info");
        }
        return true;
    }

    private static boolean client(String text, LogDraft out) {
        Matcher client = CLIENT.matcher(text);
        if (!client.find()) {
            return false;
        }
        String rest = text.substring(client.end());
        Matcher query = QUERY.matcher(rest);
        Matcher failed = FAILED.matcher(rest);
        Matcher refused = REFUSED.matcher(rest);
        Matcher policy = RESPONSE_POLICY.matcher(rest);
        out.is("network", "protocol");
        if (query.lookingAt()) {
            question(query.group(2), query.group(4), out);
            out.put("event.action", query.group(1)).put("destination.ip", query.group(6));
            out.put("network.transport", query.group(5).contains("T") ? "tcp" : "udp");
            out.put("dns.response_code", query.group(7)).more("dns.answers.text", query.group(8));
        } else if (failed.lookingAt()) {
            question(failed.group(2), typeOf(failed.group(3), failed.group(4)), out);
            out.put("event.outcome", "failure").put("event.reason", failed.group(1));
        } else if (refused.lookingAt()) {
            question(refused.group(1), refused.group(2), out);
            out.is("network", "protocol,denied").put("event.outcome", "failure");
        } else if (policy.lookingAt()) {
            question(policy.group(3), policy.group(4), out);
            out.is("network", "protocol,denied").put("event.action", "rewrite");
            out.put("rule.name", policy.group(6));
        } else {
            out.put("dns.question.name", client.group(3));
        }
        out.put("source.ip", client.group(1)).put("source.port", client.group(2));
        return true;
    }

    /// Class and type come in either order.
    private static String typeOf(String one, String other) {
        return one.equals("IN") || one.equals("CH") ? other : one;
    }

    private static boolean other(String text, LogDraft out) {
        Matcher resolving = RESOLVING.matcher(text);
        Matcher validating = VALIDATING.matcher(text);
        Matcher transfer = TRANSFER.matcher(text);
        if (resolving.find()) {
            question(resolving.group(2), resolving.group(3), out);
            out.put("source.ip", resolving.group(5)).put("source.port", resolving.group(6));
            out.put("event.reason", resolving.group(1)).put("event.outcome", "failure");
        } else if (transfer.find()) {
            out.put("source.ip", transfer.group(3)).put("source.port", transfer.group(4));
            out.more("bind.zone", transfer.group(1));
        } else if (validating.find()) {
            question(validating.group(1), validating.group(2), out);
            out.put("event.reason", validating.group(3));
        } else {
            return false;
        }
        return true;
    }

    private static void question(String name, String type, LogDraft out) {
        out.put("dns.question.name", name).put("dns.question.type", type);
    }
}
