package io.hark.log.json;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import java.util.List;

/// Honeypots: Cowrie and OpenCanary. Nobody has business there, so each line is an alert.
///
/// A password that somebody tried is not kept.
///
/// *Source*: Cowrie, "Output event code reference"; OpenCanary, opencanary/logger.py (`LOG_*`).
public final class Honeypots implements LineParser {

    private static final FieldMap COWRIE =
            FieldMap.of(
                    "timestamp", "ts",
                    "src_ip", "source.ip",
                    "src_port", "source.port",
                    "dst_ip", "destination.ip",
                    "dst_port", "destination.port",
                    "protocol", "network.protocol",
                    "username", "user.name",
                    "password", "",
                    "input", "process.command_line",
                    "message", "message",
                    "sensor", "host.name",
                    "eventid", "event.action",
                    "url", "url.original",
                    "shasum", "file.hash.sha256",
                    "filename", "file.path");

    private static final FieldMap CANARY =
            FieldMap.of(
                    "utc_time", "ts",
                    "local_time", "",
                    "local_time_adjusted", "",
                    "src_host", "source.ip",
                    "src_port", "source.port",
                    "dst_host", "destination.ip",
                    "dst_port", "destination.port",
                    "node_id", "host.name",
                    "logtype", "event.code",
                    "logdata.USERNAME", "user.name",
                    "logdata.PASSWORD", "",
                    "logdata.PATH", "url.original",
                    "logdata.USERAGENT", "user_agent.original",
                    "logdata.HOSTNAME", "source.domain",
                    "logdata.FILENAME", "file.name");

    /// The parser.
    public Honeypots() {}

    @Override
    public String name() {
        return "honeypot";
    }

    @Override
    public String about() {
        return "honeypots: Cowrie, OpenCanary";
    }

    @Override
    public List<String> signs() {
        return List.of("\"cowrie.", "\"logtype\"");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Pairs json = line.json();
        if (json == null) {
            return false;
        }
        String event = json.text("eventid");
        if (event.startsWith("cowrie.")) {
            out.of("cowrie", "").alert();
            COWRIE.apply(json, line, "cowrie", out);
            boolean isLogin = event.startsWith("cowrie.login.");
            out.is(
                    isLogin ? "authentication" : event.contains("command") ? "process" : "network",
                    "start");
            out.put(
                    "event.outcome",
                    event.endsWith(".failed")
                            ? "failure"
                            : event.endsWith(".success") ? "success" : "");
            return true;
        }
        if (json.has("logtype") && json.has("node_id") && json.has("dst_host")) {
            out.of("opencanary", "").alert();
            CANARY.apply(json, line, "opencanary", out);
            boolean isLogin = json.has("logdata.USERNAME");
            out.is(isLogin ? "authentication" : "network", "start");
            out.put("event.outcome", isLogin ? "failure" : "");
            return true;
        }
        return false;
    }
}
