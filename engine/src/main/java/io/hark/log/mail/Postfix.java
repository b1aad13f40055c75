package io.hark.log.mail;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Postfix: its daemons all write `queue id: what, name=value, name=<value> …`.
///
/// *Source*: Postfix's documentation, postconf(5) and the readmes that show its log lines
/// (BACKSCATTER, SMTPD_PROXY, TLS, QSHAPE).
public final class Postfix implements LineParser {

    private static final Pattern QUEUE_ID =
            Pattern.compile("(?:([0-9A-Fa-f]{6,16}|[0-9B-Zb-z]{10,20}|NOQUEUE): )");

    /// A host as Postfix writes it: `name[address]`, perhaps a port or a prefix length behind it.
    private static final String HOST =
            "([A-Za-z0-9._-]{1,255})?\\[([0-9A-Fa-f:.]{2,45})(?:/\\d{1,3})?\\](?::(\\d{1,5}))?";

    private static final Pattern CLIENT = Pattern.compile("(?:client=|\\bfrom |listed: )" + HOST);
    private static final Pattern SERVER =
            Pattern.compile("(?:relay=|\\bto |\\bfor |connect to )" + HOST);
    private static final Pattern PLAIN_SERVER =
            Pattern.compile("(?:relay=|reply from )([0-9A-Za-z.-]{1,255}):(\\d{1,5})");

    private static final Pattern SENDER =
            Pattern.compile("\\bfrom=<?[^<>@,\\s]{0,128}@([A-Za-z0-9.-]{1,255})");
    private static final Pattern RECIPIENT =
            Pattern.compile("\\bto=<?[^<>@,\\s]{0,128}@([A-Za-z0-9.-]{1,255})");
    private static final Pattern HELO = Pattern.compile("\\bhelo=<([A-Za-z0-9.-]{1,255})>");
    private static final Pattern HEADER_FROM =
            Pattern.compile(
                    "replace: header From: .{0,256}?[^<>@,\\s]{1,128}@([A-Za-z0-9.-]{1,255})");
    private static final Pattern STATUS =
            Pattern.compile("status=([a-z]{1,16})(?: \\((.{0,512}))?");
    private static final Pattern RESPONSE = Pattern.compile("reject: .{0,256}?: ([45]\\d\\d) ");

    /// The tag, and words of lines whose tag was cut off.
    private static final List<String> SIGNS =
            List.of(
                    "postfix",
                    "status=",
                    "client=",
                    "message-id=",
                    "(queue active)",
                    "lost connection after ",
                    "disconnect from ",
                    "connect from ",
                    "connect to ",
                    "Used TLS for ",
                    "TLS connection established",
                    "NOQUEUE: ",
                    "END-OF-MESSAGE: ",
                    "reject: ",
                    "warning: ",
                    "replace: header",
                    "filter: RCPT",
                    "removed",
                    "uid=");

    /// The parser.
    public Postfix() {}

    @Override
    public String name() {
        return "postfix";
    }

    @Override
    public String about() {
        return "Postfix, all of its daemons";
    }

    @Override
    public List<String> signs() {
        return SIGNS;
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String app = line.app();
        boolean isTagged = app.startsWith("postfix");
        String text = isTagged ? line.body().strip() : line.text().strip();
        Matcher id = QUEUE_ID.matcher(text);
        boolean hasId = id.lookingAt();
        if (!isTagged && !hasId && !(line.isBare() && isPostfix(text))) {
            return false;
        }
        int slash = app.indexOf('/');
        out.of(name(), isTagged && slash > 0 ? app.substring(slash + 1).replace('/', '.') : "");
        out.is("email", "info").put("network.protocol", "smtp").put("message", text);
        if (hasId) {
            out.more("postfix.queue_id", id.group(1));
        }
        peers(text, out);
        mails(text, out);
        outcome(text, out);
        return true;
    }

    private static boolean isPostfix(String text) {
        return text.startsWith("lost connection after ")
                || text.startsWith("disconnect from ")
                || text.startsWith("connect from ")
                || text.startsWith("connect to ")
                || text.startsWith("warning: ") && text.contains("TCP map")
                || text.startsWith("proxy-accept: ")
                || text.contains(" TLS connection established ");
    }

    private static void peers(String text, LogDraft out) {
        Matcher client = CLIENT.matcher(text);
        if (client.find()) {
            host("source", client, out);
        }
        int end = text.indexOf(" status="); // the reason behind it names hosts, too
        String before = end < 0 ? text : text.substring(0, end);
        Matcher server = SERVER.matcher(before);
        Matcher plain = PLAIN_SERVER.matcher(before);
        if (server.find() && !text.startsWith("filter:", server.start())) {
            host("destination", server, out);
        } else if (plain.find()) {
            out.put("destination.ip", plain.group(1)).put("destination.port", plain.group(2));
        }
    }

    private static void host(String side, Matcher host, LogDraft out) {
        String name = host.group(1);
        if (name != null && !name.equals("unknown")) {
            out.put(side + ".domain", name);
        }
        out.put(side + ".ip", host.group(2)).put(side + ".port", host.group(3));
    }

    private static void mails(String text, LogDraft out) {
        Matcher helo = HELO.matcher(text);
        if (helo.find()) {
            out.orElse("source.domain", helo.group(1)).more("postfix.helo", helo.group(1));
        }
        Matcher sender = SENDER.matcher(text);
        Matcher header = HEADER_FROM.matcher(text);
        if (sender.find()) {
            out.orElse("source.domain", sender.group(1));
        } else if (header.find()) {
            out.orElse("source.domain", header.group(1));
        }
        Matcher recipient = RECIPIENT.matcher(text);
        if (recipient.find()) {
            out.orElse("destination.domain", recipient.group(1));
        }
        for (String name : new String[] {"from", "to", "orig_to", "message-id", "size", "dsn"}) {
            out.more("postfix." + name, value(text, name));
        }
    }

    /// The value of `name=<…>`, or `name=…` up to a comma or blank; empty where there is none.
    private static String value(String text, String name) {
        int at = text.indexOf(name + "=");
        if (at < 0 || at > 0 && " ,;".indexOf(text.charAt(at - 1)) < 0) {
            return "";
        }
        int from = at + name.length() + 1;
        boolean quoted = from < text.length() && text.charAt(from) == '<';
        int to = from;
        while (to < text.length()
                && (quoted ? text.charAt(to) != '>' : " ,".indexOf(text.charAt(to)) < 0)) {
            to++;
        }
        return text.substring(quoted ? from + 1 : from, to);
    }

    /// What became of it: a message that is sent is delivered, one that bounced is not, one that is
    /// deferred may yet be.
    private static void outcome(String text, LogDraft out) {
        Matcher status = STATUS.matcher(text);
        Matcher response = RESPONSE.matcher(text);
        if (status.find()) {
            String what = status.group(1);
            out.put("event.action", what).put("event.reason", status.group(2));
            out.put("event.outcome", what.equals("sent") ? "success" : "failure");
        } else if (response.find()) {
            out.put("event.action", "reject").put("event.code", response.group(1));
            out.is("email", "denied").put("event.outcome", "failure");
        } else if (text.startsWith("disconnect from ")
                || text.startsWith("lost connection after ")
                || text.contains(" 250 2.0.0 ")
                || text.contains("filter: RCPT ")) {
            out.put("event.outcome", "success");
        }
    }
}
