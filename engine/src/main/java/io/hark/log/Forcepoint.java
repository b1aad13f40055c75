package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.Cef;
import io.hark.format.log.FieldMap;
import io.hark.format.log.Leef;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.format.log.Transports;
import java.util.List;

/// Forcepoint NGFW (Stonesoft): CEF and LEEF.
///
/// *Source*: Forcepoint NGFW, log entry fields exported as CEF and LEEF.
public final class Forcepoint implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "src", "source.ip",
                    "spt", "source.port",
                    "srcPort", "source.port",
                    "srcMAC", "source.mac",
                    "sourceTranslatedAddress", "source.nat.ip",
                    "sourceTranslatedPort", "source.nat.port",
                    "dst", "destination.ip",
                    "dpt", "destination.port",
                    "dstPort", "destination.port",
                    "dstMAC", "destination.mac",
                    "destinationTranslatedAddress", "destination.nat.ip",
                    "destinationTranslatedPort", "destination.nat.port",
                    "proto", "",
                    "app", "network.application",
                    "deviceInboundInterface", "observer.ingress.interface.name",
                    "deviceOutboundInterface", "observer.egress.interface.name",
                    "in", "destination.bytes",
                    "out", "source.bytes",
                    "dvchost", "host.name",
                    "sender", "host.name",
                    "suser", "user.name",
                    "usrName", "user.name",
                    "RuleID", "rule.id",
                    "msg", "message",
                    "rt", "ts",
                    "devTime", "ts",
                    "devTimeFormat", "",
                    "act", "",
                    "action", "");

    /// The parser.
    public Forcepoint() {}

    @Override
    public String name() {
        return "forcepoint_ngfw";
    }

    @Override
    public String about() {
        return "Forcepoint NGFW (Stonesoft): CEF and LEEF";
    }

    @Override
    public List<String> signs() {
        return List.of("|FORCEPOINT|", "|Forcepoint|", "|STONESOFT|");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Cef cef = line.text().contains("CEF:") ? line.cef() : null;
        Leef leef = line.leef();
        Pairs pairs;
        String event;
        if (cef != null) {
            pairs = cef.pairs();
            event = cef.name();
        } else if (leef != null) {
            pairs = leef.pairs();
            event = leef.id();
        } else {
            return false;
        }
        out.of(name(), "").device("Forcepoint", "NGFW").put("event.action", event);
        if (cef != null) {
            out.put("event.code", cef.id()).put("log.level", cef.severity());
        }
        FIELDS.apply(pairs, line, name(), out);
        out.put("network.transport", Transports.name(pairs.get("proto")));
        boolean isConnection = event.startsWith("Connection_");
        out.is(
                event.contains("User_Command") ? "process" : "network",
                isConnection ? "connection" : "info");
        out.put(
                "event.outcome",
                switch (pairs.first("act", "action")) {
                    case "Allow", "Permit" -> "success";
                    case "Discard", "Refuse", "Terminate" -> "failure";
                    default -> "unknown";
                });
        return true;
    }
}
