package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.Cef;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import java.util.List;
import java.util.Locale;

/// CEF of any device.
///
/// *Source*: ArcSight, Common Event Format, version 26, the dictionary of extension keys; some
/// senders write a key's full name (`startTime` for `start`).
public final class CefLines implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "src", "source.ip",
                    "sourceAddress", "source.ip",
                    "c6a2", "source.ip",
                    "spt", "source.port",
                    "sourcePort", "source.port",
                    "shost", "source.domain",
                    "sourceHostName", "source.domain",
                    "smac", "source.mac",
                    "sourceMacAddress", "source.mac",
                    "suser", "source.user.name",
                    "sourceUserName", "source.user.name",
                    "sourceTranslatedAddress", "source.nat.ip",
                    "sourceTranslatedPort", "source.nat.port",
                    "out", "source.bytes",
                    "bytesOut", "source.bytes",
                    "dst", "destination.ip",
                    "destinationAddress", "destination.ip",
                    "c6a3", "destination.ip",
                    "dpt", "destination.port",
                    "destinationPort", "destination.port",
                    "dhost", "destination.domain",
                    "destinationHostName", "destination.domain",
                    "dmac", "destination.mac",
                    "destinationMacAddress", "destination.mac",
                    "duser", "destination.user.name",
                    "destinationUserName", "destination.user.name",
                    "destinationTranslatedAddress", "destination.nat.ip",
                    "destinationTranslatedPort", "destination.nat.port",
                    "in", "destination.bytes",
                    "bytesIn", "destination.bytes",
                    "proto", "network.transport",
                    "transportProtocol", "network.transport",
                    "app", "network.protocol",
                    "applicationProtocol", "network.protocol",
                    "act", "event.action",
                    "deviceAction", "event.action",
                    "outcome", "event.outcome",
                    "eventOutcome", "event.outcome",
                    "reason", "event.reason",
                    "rt", "ts",
                    "deviceReceiptTime", "ts",
                    "start", "event.start",
                    "startTime", "event.start",
                    "end", "event.end",
                    "endTime", "event.end",
                    "dvchost", "host.name",
                    "deviceHostName", "host.name",
                    "deviceInboundInterface", "observer.ingress.interface.name",
                    "deviceOutboundInterface", "observer.egress.interface.name",
                    "requestMethod", "http.request.method",
                    "requestClientApplication", "user_agent.original",
                    "request", "",
                    "requestUrl", "",
                    "deviceDirection", "",
                    "fname", "file.name",
                    "fileName", "file.name",
                    "filePath", "file.path",
                    "fileHash", "",
                    "msg", "message",
                    "message", "message",
                    "sproc", "process.name",
                    "sourceProcessName", "process.name",
                    "spid", "process.pid",
                    "sourceProcessId", "process.pid");

    /// The parser.
    public CefLines() {}

    @Override
    public String name() {
        return "cef";
    }

    @Override
    public String about() {
        return "CEF of any device (ArcSight Common Event Format)";
    }

    @Override
    public List<String> signs() {
        return List.of("CEF:0|", "CEF:1|", "CEF: 0|", "CEF: 1|");
    }

    @Override
    public boolean isGeneral() {
        return true;
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Cef cef = line.cef();
        if (cef == null) {
            return false;
        }
        out.of(name(), word(cef.product())).device(cef.vendor(), cef.product());
        out.is("network", "info");
        out.put("event.code", cef.id()).put("rule.id", cef.id()).put("log.level", cef.severity());
        FIELDS.apply(cef.pairs(), line, name(), out);
        out.orElse("message", cef.name());
        out.url(cef.pairs().first("request", "requestUrl"));
        time(cef.pairs(), line, out);
        out.put("network.direction", direction(cef.pairs().text("deviceDirection")));
        String hash = cef.pairs().text("fileHash");
        if (hash.length() == 64 || hash.length() == 32) {
            out.put(hash.length() == 64 ? "file.hash.sha256" : "file.hash.md5", hash);
        }
        return true;
    }

    /// What tells no time of receipt happened when it began, or else ended.
    private static void time(Pairs pairs, LogLine line, LogDraft out) {
        if (!out.hasTime()) {
            line.time("ts", pairs.first("start", "startTime", "end", "endTime"), out);
        }
    }

    private static String direction(String told) {
        return switch (told) {
            case "0" -> "inbound";
            case "1" -> "outbound";
            default -> "";
        };
    }

    private static String word(String product) {
        return product.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    }
}
