package io.hark.log.mail;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.format.log.Template;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What checks mail for a server: greylisting (postgrey), sender policies (policyd-spf),
/// SpamAssassin.
///
/// *Source*: postgrey(8), pypolicyd-spf's and postfix-policyd-spf-perl's messages (RFC 7208 §9.1
/// for `Received-SPF`), spamd(1) "result:" lines.
public final class MailPolicy implements LineParser {

    private static final Pattern SPF =
            Pattern.compile(
                    "(?:^|Received-SPF: |\\b)(Pass|Fail|Softfail|SoftFail|Neutral|None|Permerror|PermError|Temperror|TempError)[; (]");
    private static final Pattern DOMAIN = Pattern.compile("@([A-Za-z0-9.-]{1,255})");
    private static final Template WHITELISTED =
            Template.of("whitelisted: {source.domain}\\[{source.ip}[/{:number}]");
    private static final Pattern CONNECTION =
            Pattern.compile(
                    "spamd: connection from ([^\\s]{1,255}) \\[([0-9A-Fa-f:.]{2,45})\\]:(\\d{1,5}) to port (\\d{1,5})");

    /// The parser.
    public MailPolicy() {}

    @Override
    public String name() {
        return "mail_policy";
    }

    @Override
    public String about() {
        return "postgrey, policyd-spf and SpamAssassin's spamd";
    }

    @Override
    public List<String> signs() {
        return List.of("identity=", "client_address=", "whitelisted: ", "spamd: ", "policyd-spf");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String text = line.message();
        String tagged = line.tagged().strip();
        out.is("email", "info").put("network.protocol", "smtp").put("message", text);
        if (tagged.startsWith("spamd: ") || line.app().equals("spamd")) {
            out.of("spamd", "");
            spamd(tagged, out);
        } else if (text.contains("client_address=")) {
            out.of("postgrey", "");
            greylist(text, out);
        } else if (WHITELISTED.read(text, out)) {
            out.of("postgrey", "").put("event.action", "whitelisted");
            if (out.text("source.domain").equals("unknown")) {
                out.remove("source.domain");
            }
        } else if (text.contains("client-ip=")) {
            out.of("policyd_spf", "");
            policy(text, out);
        } else {
            return false;
        }
        return true;
    }

    /// `action=pass, reason=triplet found, client_name=…, client_address=…, sender=…, recipient=…`
    private static void greylist(String text, LogDraft out) {
        Pairs facts = Pairs.separated(text, Math.max(0, text.indexOf("action=")), ',', '=');
        String name = facts.text("client_name");
        out.put("source.domain", name.equals("unknown") ? domain(facts.text("sender")) : name);
        out.put("source.ip", facts.text("client_address").replaceFirst("/\\d{1,3}$", ""));
        out.put("destination.domain", domain(facts.text("recipient")));
        out.put("event.action", facts.get("action")).put("event.reason", facts.get("reason"));
        out.put("event.outcome", facts.has("action") ? "success" : "");
        out.more("postgrey.sender", facts.get("sender"));
        out.more("postgrey.recipient", facts.get("recipient"));
    }

    /// `prepend Received-SPF: Pass (mailfrom) identity=…; client-ip=…; helo=…; envelope-from=…`
    private static void policy(String text, LogDraft out) {
        Matcher verdict = SPF.matcher(text);
        String said = verdict.find() ? verdict.group(1).toLowerCase(Locale.ROOT) : "";
        Pairs facts = Pairs.separated(text, Math.max(0, text.indexOf("identity=")), ';', '=');
        out.put("source.ip", facts.get("client-ip"));
        out.put("source.domain", facts.text("helo").replaceAll("^\\[|\\]$", ""));
        out.put("event.action", said).more("policyd_spf.identity", facts.get("identity"));
        out.more("policyd_spf.envelope_from", facts.get("envelope-from"));
        switch (said) {
            case "pass" -> out.put("event.outcome", "success");
            case "fail", "softfail", "permerror", "temperror" ->
                    out.put("event.outcome", "failure");
            default -> {} // neutral and none say nothing
        }
    }

    private static void spamd(String text, LogDraft out) {
        Matcher connection = CONNECTION.matcher(text);
        if (connection.find()) {
            out.put("source.domain", connection.group(1)).put("source.ip", connection.group(2));
            out.put("source.port", connection.group(3));
            out.put("destination.port", connection.group(4));
            return;
        }
        int facts = text.indexOf("scantime=");
        if (text.contains("result: ") && facts >= 0) {
            Pairs pairs = Pairs.separated(text, facts, ',', '=');
            out.put("source.domain", pairs.get("rhost")).put("source.ip", pairs.get("raddr"));
            out.put("source.port", pairs.get("rport")).put("user.name", pairs.get("user"));
            out.more("spamd.message_id", pairs.get("mid"));
            out.put("event.action", text.contains("result: Y ") ? "spam" : "ham");
        }
    }

    private static String domain(String address) {
        Matcher domain = DOMAIN.matcher(address);
        return domain.find() ? domain.group(1) : "";
    }
}
