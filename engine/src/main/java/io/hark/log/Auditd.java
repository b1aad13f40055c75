package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Linux's audit log, from auditd or through the kernel's own messages, AppArmor's with it.
///
/// ```
/// type=USER_LOGIN msg=audit(1700000000.123:456): pid=1 uid=0 … msg='op=login acct="root" exe="/usr/sbin/sshd" hostname=? addr=192.0.2.1 terminal=ssh res=failed'
/// ```
///
/// *Source*: Linux audit documentation, "Audit event fields", "Audit record types"; AppArmor,
/// "AppArmor Failures".
public final class Auditd implements LineParser {

    private static final Pattern HEAD =
            Pattern.compile(
                    "(?:node=(\\S{1,255}) )?type\\s?=\\s?(\\w{1,32}) (?:msg=)?audit\\((\\d{9,11}\\.\\d{3}):(\\d{1,20})\\): ");

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "acct", "user.name",
                    "addr", "source.ip",
                    "hostname", "source.domain",
                    "exe", "process.name",
                    "comm", "process.name",
                    "pid", "process.pid",
                    "cmd", "process.command_line",
                    "proctitle", "process.command_line",
                    "op", "event.action",
                    "operation", "event.action",
                    "apparmor", "event.reason",
                    "name", "file.path",
                    "key", "rule.name",
                    "profile", "rule.name",
                    "msg", "");

    /// The parser.
    public Auditd() {}

    @Override
    public String name() {
        return "auditd";
    }

    @Override
    public String about() {
        return "Linux audit log, with AppArmor's";
    }

    @Override
    public List<String> signs() {
        return List.of("audit(");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Matcher head = HEAD.matcher(line.text());
        if (!head.find()) {
            return false;
        }
        String rest = line.text().substring(head.end());
        Pairs pairs = Pairs.spaced(rest.replace("msg='", " ").replace('\'', ' '), 0);
        Pairs facts = new Pairs();
        for (int i = 0; i < pairs.size(); i++) {
            String value = pairs.value(i);
            boolean isNothing =
                    value.equals("?") || value.equals("(null)") || value.equals("(none)");
            boolean isHex = pairs.name(i).equals("proctitle") || pairs.name(i).equals("cmd");
            facts.add(pairs.name(i), isNothing ? "" : isHex ? plain(value) : value);
        }
        String type = head.group(2);
        out.of(
                name(),
                "1400".equals(type) || facts.has("apparmor")
                        ? "apparmor"
                        : type.toLowerCase(Locale.ROOT));
        line.time("ts", head.group(3), out);
        out.put("host.name", head.group(1)).put("event.code", type);
        out.more("auditd.sequence", head.group(4));
        FIELDS.apply(facts, line, name(), out);
        meaning(type, facts, out);
        return true;
    }

    private static void meaning(String type, Pairs facts, LogDraft out) {
        String result = facts.has("res") ? facts.text("res") : facts.text("success");
        out.put(
                "event.outcome",
                result.startsWith("success") || result.equals("yes") || result.equals("1")
                        ? "success"
                        : result.isEmpty() ? "" : "failure");
        switch (type) {
            case "USER_LOGIN", "USER_AUTH", "USER_ERR", "CRED_ACQ" ->
                    out.is("authentication", "start");
            case "USER_LOGOUT", "CRED_DISP" -> out.is("authentication", "end");
            case "USER_START" -> out.is("session", "start");
            case "USER_END" -> out.is("session", "end");
            case "USER_CMD", "EXECVE", "SYSCALL", "PROCTITLE" -> out.is("process", "start");
            case "ADD_USER", "DEL_USER", "ADD_GROUP", "DEL_GROUP", "USER_CHAUTHTOK", "USER_MGMT" ->
                    out.is("iam", "change");
            case "CONFIG_CHANGE", "DAEMON_END", "DAEMON_CONFIG" ->
                    out.is("configuration", "change");
            case "PATH" -> out.is("file", "access");
            case "SOCKADDR" -> out.is("network", "connection");
            default -> {
                boolean isDenied =
                        facts.text("apparmor").equals("DENIED")
                                || type.equals("AVC")
                                || type.equals("1400");
                out.is(
                        isDenied ? "intrusion_detection" : "host",
                        isDenied && !facts.text("apparmor").equals("STATUS") ? "denied" : "info");
            }
        }
    }

    /// Commands are written in hexadecimal where they have blanks; zeros stand between words.
    private static String plain(String value) {
        boolean isHex =
                value.length() > 1
                        && value.length() % 2 == 0
                        && value.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        return isHex
                ? new String(
                                HexFormat.of().parseHex(value),
                                java.nio.charset.StandardCharsets.UTF_8)
                        .replace('\0', ' ')
                        .strip()
                : value;
    }
}
