package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.Cef;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.format.log.Transports;
import java.util.List;

/// SonicWall: its enhanced syslog (`id=firewall sn=… m=98 src=192.0.2.1:1024:X0 …`) and CEF.
///
/// *Source*: SonicOS Log Events Reference Guide, syslog tags; in its CEF `snpt`, `dnpt`, `susr` and
/// `cs1Label`, `cs2Label` are the ports, the user and the addresses behind translation.
public final class SonicWall implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "src", "",
                    "dst", "",
                    "spt", "source.port",
                    "dpt", "destination.port",
                    "srcMac", "source.mac",
                    "smac", "source.mac",
                    "dstMac", "destination.mac",
                    "dmac", "destination.mac",
                    "sent", "source.bytes",
                    "out", "source.bytes",
                    "rcvd", "destination.bytes",
                    "in", "destination.bytes",
                    "spkt", "source.packets",
                    "rpkt", "destination.packets",
                    "natSrc", "source.nat.ip",
                    "cs1Label", "source.nat.ip",
                    "snpt", "source.nat.port",
                    "natDst", "destination.nat.ip",
                    "cs2Label", "destination.nat.ip",
                    "dnpt", "destination.nat.port",
                    "deviceInboundInterface", "observer.ingress.interface.name",
                    "deviceOutboundInterface", "observer.egress.interface.name",
                    "m", "event.code",
                    "pri", "log.level",
                    "fw_action", "event.action",
                    "rule", "rule.name",
                    "cs1", "rule.name",
                    "appName", "network.application",
                    "dstname", "destination.domain",
                    "arg", "url.path",
                    "op", "",
                    "susr", "",
                    "usr", "",
                    "user", "",
                    "proto", "",
                    "time", "ts",
                    "fw", "host.name",
                    "msg", "message");

    /// The parser.
    public SonicWall() {}

    @Override
    public String name() {
        return "sonicwall";
    }

    @Override
    public String about() {
        return "SonicWall: enhanced syslog and CEF";
    }

    @Override
    public List<String> signs() {
        return List.of("|SonicWall|", "id=firewall ", " sn=");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Cef cef = line.text().contains("|SonicWall|") ? line.cef() : null;
        Pairs pairs = cef == null ? Pairs.spaced(line.text(), 0) : cef.pairs();
        if (cef == null && !(pairs.has("sn") && pairs.has("m"))) {
            return false;
        }
        out.of(name(), "").device("SonicWall", "SonicOS");
        FIELDS.apply(pairs, line, name(), out);
        end("source", "observer.ingress.interface.name", pairs.text("src"), out);
        end("destination", "observer.egress.interface.name", pairs.text("dst"), out);
        if (cef != null) {
            out.put("event.code", cef.id()).orElse("message", cef.name());
            out.put("log.level", cef.severity());
        }
        String[] proto = pairs.text("proto").split("/", 2);
        out.put("network.transport", Transports.name(proto[0]));
        if (proto.length > 1 && !Character.isDigit(proto[1].isEmpty() ? '0' : proto[1].charAt(0))) {
            out.put("network.protocol", proto[1]);
        }
        out.put("rule.name", bare(out.text("rule.name")));
        String action = bare(out.text("event.action"));
        out.put("event.action", action);
        if (action.equals("NA")) {
            out.remove("event.action");
        }
        out.user(bare(pairs.first("susr", "usr", "user")));
        out.is("network", action.equals("drop") ? "denied" : "protocol");
        return true;
    }

    /// `address:port:interface:name`.
    private static void end(String side, String door, String told, LogDraft out) {
        String[] parts = told.split(":", 4);
        boolean isV6 = told.indexOf(':') != told.lastIndexOf(':') && !told.contains(".");
        out.put(side + ".ip", isV6 ? told : parts[0]);
        if (!isV6 && parts.length > 1) {
            out.put(side + ".port", parts[1]);
        }
        if (!isV6 && parts.length > 2) {
            out.put(door, parts[2]);
        }
    }

    private static String bare(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
