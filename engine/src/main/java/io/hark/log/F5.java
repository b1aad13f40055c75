package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.Accounts;
import io.hark.format.log.Cef;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.format.log.Template;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// F5 BIG-IP: ASM, AFM and PSM as CEF; APM's sessions and access lists, iRules and connection
/// errors as lines.
///
/// ```
/// apmd[14173]: 01490102:5: /Common/policy:Common:ebe6a22a: Access policy result: LTM+APM_Mode
/// ```
///
/// *Source*: F5, "BIG-IP ASM/AFM: CEF log format", "External Monitoring of BIG-IP Systems"; message
/// numbers of APM.
public final class F5 implements LineParser {

    private static final FieldMap CEF_FIELDS =
            FieldMap.of(
                    "rt", "ts",
                    "src", "source.ip",
                    "spt", "source.port",
                    "dst", "destination.ip",
                    "dpt", "destination.port",
                    "proto", "network.transport",
                    "app", "network.protocol",
                    "dvchost", "host.name",
                    "acl_rule_name", "rule.name",
                    "requestMethod", "http.request.method",
                    "requestClientApplication", "user_agent.original",
                    "response_code", "http.response.status_code",
                    "cn1", "",
                    "cs5", "",
                    "cs3", "",
                    "request", "",
                    "full_request", "");

    private static final Pattern AGENT =
            Pattern.compile("User-Agent: (.{1,2048}?)(?:\\\\r|\\\\n|[\\r\\n]|$)");

    /// BIG-IP writes the level before the program.
    private static final Pattern LEVEL_AND_TAG =
            Pattern.compile(
                    "\\s*(emerg|alert|crit|err|warning|notice|info|debug) (\\w{1,32})\\[\\d{1,10}\\]: ");

    private static final Pattern NUMBERED =
            Pattern.compile(
                    "(?:(\\w{8}):(\\d): )?(?:(/[^\\s:]{1,255}):([^\\s:]{1,64}):([0-9a-f]{8}): )?(.{0,65536})",
                    Pattern.DOTALL);
    private static final Pattern RULE =
            Pattern.compile(
                    "Rule (/[^\\s<]{1,255})(?: <(\\w{1,64})>)? ?: ?(.{0,65536})", Pattern.DOTALL);
    private static final Template CONNECTION =
            Template.of(
                    "{source.ip}:{source.port} -> {destination.ip}:{destination.port}: {message:rest}");
    private static final Template ACL =
            Template.of(
                    "{event.action=allow|discard|reject|continue} ACL: {rule.name}:{:number} packet: {network.transport} {source.ip}:{source.port} -> {destination.ip}:{destination.port}");
    private static final Template FOLLOWING =
            Template.of(
                    "Following rule '{rule.name:text}' from item '{:text}' to {=ending|terminalout} '{event.action:text}'");
    private static final Pattern AUTHENTICATE =
            Pattern.compile("authenticate with '([^']{1,256})' (successful|failed)");
    private static final Pattern BYTES =
            Pattern.compile("bytes in: (\\d{1,19}), bytes out: (\\d{1,19})");
    private static final Pattern USER_AGENT =
            Pattern.compile("(?:User-Agent header: |session\\.user\\.agent is )(.{1,2048})");
    private static final Pattern REQUEST =
            Pattern.compile("Request: ([A-Z]{3,16}) ([^\\s/]{1,255})(/\\S{0,8192})");
    private static final Pattern SSL_REQUEST =
            Pattern.compile(
                    "\\[ssl_(?:req|acc)\\]\\[([^\\]]{20,32})\\] ([0-9A-Fa-f:.]{2,45}) .{0,256}?\"(?:[A-Z]{3,16} )?(/[^\"\\s]{0,8192})");

    /// The parser.
    public F5() {}

    @Override
    public String name() {
        return "bigip";
    }

    @Override
    public String about() {
        return "F5 BIG-IP: ASM, AFM, PSM (CEF), APM, iRules";
    }

    @Override
    public List<String> signs() {
        return List.of(
                "CEF:0|F5|",
                ": /Common/",
                "/Common/",
                " ACL: /",
                "apmd[",
                "tmm",
                "Rule /",
                "[ssl_req]",
                "[ssl_acc]",
                "APM_");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Cef cef = line.cef();
        if (cef != null) {
            return cef.vendor().equals("F5") && cef(cef, line, out);
        }
        Matcher tag = LEVEL_AND_TAG.matcher(line.tagged());
        boolean hasLevel = tag.lookingAt();
        String app = hasLevel ? tag.group(2) : line.app();
        boolean isOurs = app.startsWith("apmd") || app.startsWith("tmm") || app.equals("logger");
        String text = isOurs ? line.body().strip() : line.message();
        if (hasLevel) {
            text = line.tagged().substring(tag.end());
            out.put("log.level", tag.group(1)).put("process.name", app);
        }
        out.of(name(), "").device("F5", "BIG-IP").is("network", "info").put("message", text);
        Matcher numbered = NUMBERED.matcher(text);
        Matcher rule = RULE.matcher(text);
        Matcher request = SSL_REQUEST.matcher(text);
        if (rule.lookingAt()) {
            irule(rule, out);
        } else if (request.find()) {
            line.time("ts", request.group(1), out);
            out.put("source.ip", request.group(2)).url(request.group(3));
        } else if (numbered.matches() && (numbered.group(1) != null || numbered.group(3) != null)) {
            numbered(numbered, out);
        } else {
            return isOurs && !app.equals("logger");
        }
        return true;
    }

    private boolean cef(Cef cef, LogLine line, LogDraft out) {
        out.of(name(), cef.product().toLowerCase(java.util.Locale.ROOT).replace(' ', '_'));
        out.device("F5", cef.product()).is("network", "info");
        out.put("event.action", cef.name())
                .put("event.code", cef.id())
                .put("log.level", cef.severity());
        Pairs pairs = cef.pairs();
        CEF_FIELDS.apply(pairs, line, name(), out);
        Matcher agent = AGENT.matcher(pairs.text("full_request"));
        if (agent.find()) {
            out.orElse("user_agent.original", agent.group(1));
        }
        out.url(pairs.get("request"));
        String act = pairs.text("act").toLowerCase(java.util.Locale.ROOT);
        boolean isStopped = act.equals("blocked") || act.equals("drop") || act.equals("reject");
        out.put("event.outcome", isStopped ? "failure" : "success");
        return true;
    }

    private static void irule(Matcher rule, LogDraft out) {
        out.put("rule.name", rule.group(1)).more("bigip.event", rule.group(2));
        out.put("message", rule.group(3));
        Matcher request = REQUEST.matcher(rule.group(3));
        if (request.find()) {
            out.put("http.request.method", request.group(1)).put("url.domain", request.group(2));
            out.url(request.group(3));
        }
    }

    private static void numbered(Matcher numbered, LogDraft out) {
        String policy = numbered.group(3);
        String text = numbered.group(6);
        out.more("bigip.message", numbered.group(1)).more("bigip.session", numbered.group(5));
        out.put("message", text);
        if (ACL.read(text, out)) {
            return;
        }
        if (CONNECTION.read(text, out)) {
            out.is("network", text.contains("alert(") ? "alert" : "error");
            out.put("event.outcome", "error");
            return;
        }
        if (policy == null) {
            return;
        }
        out.is("authentication", "info").put("event.outcome", "success");
        if (FOLLOWING.read(text, out)) {
            boolean isDenied = out.text("event.action").equalsIgnoreCase("Deny");
            out.put("event.outcome", isDenied ? "failure" : "success");
        } else {
            out.put("rule.name", policy);
        }
        Matcher login = AUTHENTICATE.matcher(text);
        if (login.find()) {
            out.is("authentication", "start").put("user.name", login.group(1));
            out.put("event.outcome", login.group(2).equals("failed") ? "failure" : "success");
            Accounts.apart(out);
        }
        Matcher bytes = BYTES.matcher(text);
        if (bytes.find()) {
            out.put("source.bytes", bytes.group(1)).put("destination.bytes", bytes.group(2));
        }
        Matcher agent = USER_AGENT.matcher(text);
        if (agent.find()) {
            out.put("user_agent.original", agent.group(1));
        }
    }
}
