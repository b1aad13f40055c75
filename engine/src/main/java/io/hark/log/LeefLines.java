package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.Leef;
import io.hark.format.log.LogLine;
import io.hark.format.log.Transports;
import java.util.List;
import java.util.Locale;

/// LEEF of any device.
///
/// *Source*: IBM QRadar, LEEF, predefined event attributes.
public final class LeefLines implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "src", "source.ip",
                    "srcPort", "source.port",
                    "srcMAC", "source.mac",
                    "srcBytes", "source.bytes",
                    "srcPackets", "source.packets",
                    "srcPreNAT", "source.ip",
                    "srcPostNAT", "source.nat.ip",
                    "srcPostNATPort", "source.nat.port",
                    "dst", "destination.ip",
                    "dstPort", "destination.port",
                    "dstMAC", "destination.mac",
                    "dstBytes", "destination.bytes",
                    "dstPackets", "destination.packets",
                    "dstPostNAT", "destination.nat.ip",
                    "dstPostNATPort", "destination.nat.port",
                    "proto", "",
                    "usrName", "user.name",
                    "domain", "user.domain",
                    "identHostName", "host.name",
                    "action", "event.action",
                    "policy", "rule.name",
                    "sev", "log.level",
                    "url", "",
                    "devTime", "ts",
                    "devTimeFormat", "",
                    "msg", "message");

    /// The parser.
    public LeefLines() {}

    @Override
    public String name() {
        return "leef";
    }

    @Override
    public String about() {
        return "LEEF of any device (IBM Log Event Extended Format)";
    }

    @Override
    public List<String> signs() {
        return List.of("LEEF:1", "LEEF:2");
    }

    @Override
    public boolean isGeneral() {
        return true;
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Leef leef = line.leef();
        if (leef == null) {
            return false;
        }
        out.of(name(), leef.product().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_"));
        out.device(leef.vendor(), leef.product()).put("event.code", leef.id());
        FIELDS.apply(leef.pairs(), line, name(), out);
        out.put("network.transport", Transports.name(leef.pairs().get("proto")));
        out.url(leef.pairs().get("url"));
        out.is("network", "info");
        return true;
    }
}
