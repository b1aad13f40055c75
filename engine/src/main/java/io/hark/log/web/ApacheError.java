package io.hark.log.web;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Apache's error log, with what ModSecurity adds.
///
/// ```
/// [Fri Sep 09 10:42:29.902022 2011] [core:error] [pid 35708:tid 4328636416] [client 192.0.2.1:4000] AH00128: …
/// ```
///
/// *Source*: Apache HTTP Server, core, `ErrorLogFormat`; ModSecurity 2 reference manual, "Alert
/// format".
public final class ApacheError implements LineParser {

    private static final Pattern BRACKET = Pattern.compile("\\s*\\[([^\\[\\]]{0,128})\\]");
    private static final Pattern CLIENT =
            Pattern.compile("\\[client ([0-9A-Fa-f:.]{2,45}?) ?(?::(\\d{1,5}))?\\]");
    private static final Pattern TAG =
            Pattern.compile("\\[([a-z_]{2,20}) \"((?:[^\"\\\\]|\\\\.){0,4096}+)\"\\]");
    private static final Pattern CODE = Pattern.compile("\\b(AH\\d{5}): ");
    private static final String LEVELS =
            "|emerg|alert|crit|error|warn|warning|notice|info|debug|trace1|trace2|trace3|trace4|trace5|trace6|trace7|trace8|";
    private static final String MILD = "|notice|info|debug|";
    private static final int MAX_BRACKETS = 8;

    /// The parser.
    public ApacheError() {}

    @Override
    public String name() {
        return "apache";
    }

    @Override
    public String about() {
        return "error log of Apache, with ModSecurity";
    }

    @Override
    public List<String> signs() {
        return List.of(
                "emerg] ",
                "alert] ",
                "crit] ",
                "error] ",
                "warn] ",
                "notice] ",
                "info] ",
                "debug] ",
                ":trace");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String text = line.text().strip();
        int start = text.indexOf('[');
        boolean isHead =
                start == 0
                        || start > 0 && line.app().startsWith("httpd")
                        || start > 0 && line.app().startsWith("apache");
        if (!isHead) {
            return false;
        }
        Matcher bracket = BRACKET.matcher(text).region(start, text.length());
        boolean hasLevel = false;
        int at = start;
        for (int i = 0; i < MAX_BRACKETS && bracket.lookingAt(); i++) {
            hasLevel |= head(bracket.group(1), line, out);
            at = bracket.end();
            bracket.region(at, text.length());
        }
        if (!hasLevel) {
            return false;
        }
        String message = text.substring(at).strip();
        out.of(name(), "error").put("message", message);
        Matcher client = CLIENT.matcher(text);
        if (client.find()) {
            out.put("source.ip", client.group(1)).put("source.port", client.group(2));
        }
        Matcher code = CODE.matcher(message);
        if (code.find()) {
            out.put("event.code", code.group(1));
        }
        Matcher tag = TAG.matcher(message);
        while (tag.find()) {
            tag(tag.group(1), tag.group(2), out);
        }
        boolean isMild = MILD.contains("|" + out.text("log.level") + "|");
        out.is("web", isMild ? "info" : "error");
        out.put("event.outcome", isMild ? "success" : "failure");
        return true;
    }

    /// One bracket of the head; answers whether it is the level.
    private static boolean head(String text, LogLine line, LogDraft out) {
        int colon = text.indexOf(':');
        String level = text.substring(colon + 1);
        if (LEVELS.contains("|" + level + "|") && text.indexOf(' ') < 0) {
            out.put("log.level", level);
            out.more("apache.module", colon > 0 ? text.substring(0, colon) : "");
            return true;
        }
        if (text.startsWith("pid ")) {
            int end = text.indexOf(':');
            out.put("process.pid", text.substring(4, end < 0 ? text.length() : end));
        } else if (text.length() > 20 && !text.startsWith("client ")) {
            line.time("ts", text, out);
        }
        return false;
    }

    /// What ModSecurity says about the request and its rule.
    private static void tag(String name, String value, LogDraft out) {
        switch (name) {
            case "hostname" -> out.put("destination.domain", value);
            case "uri" -> out.url(value);
            case "id" -> out.put("rule.id", value);
            case "msg" -> out.put("rule.name", value);
            default -> out.more("modsecurity." + name, value);
        }
    }
}
