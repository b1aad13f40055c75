package io.hark.log.names;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// NLnet Labs' Unbound: questions and replies.
///
/// ```
/// unbound[1113]: [1113:1] query: 192.0.2.1 host.example. A IN
/// unbound[1113]: [1113:1] reply: 192.0.2.1 host.example. A IN NOERROR 0.017445 0 51
/// ```
///
/// *Source*: unbound.conf(5), `log-queries`, `log-replies`, `log-tag-queryreply`,
/// `log-local-actions`.
public final class Unbound implements LineParser {

    private static final Pattern HEAD =
            Pattern.compile(
                    "\\[\\d{1,10}:[0-9a-f]{1,8}\\] (info|query|reply|error|notice|warning|debug|fatal error): ");
    private static final Pattern QUESTION =
            Pattern.compile(
                    "([0-9A-Fa-f:.]{2,45})(?:@(\\d{1,5}))? (\\S{1,255}) ([A-Z0-9]{1,16}) (IN|CH|HS|ANY)(?: ([A-Z]{2,16}) ([\\d.]{1,16}) ([01]) (\\d{1,6}))?");

    /// The parser.
    public Unbound() {}

    @Override
    public String name() {
        return "unbound";
    }

    @Override
    public String about() {
        return "Unbound: queries and replies";
    }

    @Override
    public List<String> signs() {
        return List.of("unbound", "] info: ", "] query: ", "] reply: ", "] error: ");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Matcher head = HEAD.matcher(line.text());
        if (!head.find()) {
            return false;
        }
        String level = head.group(1);
        String text = line.text().substring(head.end()).strip();
        out.of(name(), "").is("network", "info").put("message", text);
        out.put("network.protocol", "dns");
        boolean isTag = level.equals("query") || level.equals("reply");
        out.put("log.level", isTag ? "info" : level);
        Matcher question = QUESTION.matcher(text);
        if (question.lookingAt()) {
            out.is("network", "protocol")
                    .put("event.action", question.group(6) == null ? "query" : "reply");
            out.put("source.ip", question.group(1)).put("source.port", question.group(2));
            out.put("dns.question.name", question.group(3).replaceFirst("\\.$", ""));
            out.put("dns.question.type", question.group(4))
                    .put("dns.response_code", question.group(6));
            out.put("event.duration", question.group(7))
                    .put("destination.bytes", question.group(9));
        }
        return true;
    }
}
