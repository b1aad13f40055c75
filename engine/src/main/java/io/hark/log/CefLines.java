package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.Cef;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import java.util.List;
import java.util.Locale;

/// CEF of any device.
///
/// *Source*: ArcSight, Common Event Format, version 26, the dictionary of extension keys.
public final class CefLines implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "src", "source.ip",
                    "c6a2", "source.ip",
                    "spt", "source.port",
                    "shost", "source.domain",
                    "smac", "source.mac",
                    "suser", "source.user.name",
                    "sourceTranslatedAddress", "source.nat.ip",
                    "sourceTranslatedPort", "source.nat.port",
                    "out", "source.bytes",
                    "dst", "destination.ip",
                    "c6a3", "destination.ip",
                    "dpt", "destination.port",
                    "dhost", "destination.domain",
                    "dmac", "destination.mac",
                    "duser", "destination.user.name",
                    "destinationTranslatedAddress", "destination.nat.ip",
                    "destinationTranslatedPort", "destination.nat.port",
                    "in", "destination.bytes",
                    "proto", "network.transport",
                    "app", "network.protocol",
                    "act", "event.action",
                    "outcome", "event.outcome",
                    "reason", "event.reason",
                    "rt", "ts",
                    "start", "event.start",
                    "end", "event.end",
                    "dvchost", "host.name",
                    "deviceInboundInterface", "observer.ingress.interface.name",
                    "deviceOutboundInterface", "observer.egress.interface.name",
                    "requestMethod", "http.request.method",
                    "requestClientApplication", "user_agent.original",
                    "request", "",
                    "deviceDirection", "",
                    "fname", "file.name",
                    "filePath", "file.path",
                    "fileHash", "",
                    "msg", "message",
                    "sproc", "process.name",
                    "spid", "process.pid");

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
        out.url(cef.pairs().get("request"));
        out.put("network.direction", direction(cef.pairs().text("deviceDirection")));
        String hash = cef.pairs().text("fileHash");
        if (hash.length() == 64 || hash.length() == 32) {
            out.put(hash.length() == 64 ? "file.hash.sha256" : "file.hash.md5", hash);
        }
        return true;
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
