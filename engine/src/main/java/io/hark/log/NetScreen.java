package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.format.log.Transports;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Juniper NetScreen (ScreenOS): `NetScreen device_id=… [Root]system-notification-00257(traffic):
/// …`.
///
/// *Source*: ScreenOS Messages Log Reference Guide; names of two words stand in its traffic log.
public final class NetScreen implements LineParser {

    private static final Pattern HEAD =
            Pattern.compile(
                    "NetScreen device_id=(\\S+)\\s+(?:\\[([^\\]]{0,64})\\])?system-(\\w+)-(\\d{5})(?:\\((\\w+)\\))?: ?");

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "start_time", "event.start",
                    "duration", "event.duration",
                    "policy_id", "rule.id",
                    "service", "network.protocol",
                    "proto", "",
                    "action", "event.action",
                    "sent", "source.bytes",
                    "rcvd", "destination.bytes",
                    "src", "source.ip",
                    "dst", "destination.ip",
                    "src_port", "source.port",
                    "dst_port", "destination.port",
                    "src_xlated_ip", "source.nat.ip",
                    "src_xlated_port", "source.nat.port",
                    "dst_xlated_ip", "destination.nat.ip",
                    "dst_xlated_port", "destination.nat.port",
                    "reason", "event.reason");

    /// The parser.
    public NetScreen() {}

    @Override
    public String name() {
        return "netscreen";
    }

    @Override
    public String about() {
        return "Juniper NetScreen (ScreenOS)";
    }

    @Override
    public List<String> signs() {
        return List.of("NetScreen device_id=");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Matcher head = HEAD.matcher(line.text());
        if (!head.find()) {
            return false;
        }
        String message = line.text().substring(head.end());
        boolean isTraffic = "traffic".equals(head.group(5));
        out.of(name(), isTraffic ? "traffic" : "system").device("Juniper", "NetScreen");
        out.put("event.code", head.group(4)).put("log.level", head.group(3));
        out.put("host.name", head.group(1)).put("message", message);
        if (isTraffic) {
            traffic(message, line, out);
        } else {
            out.is("host", "info");
        }
        return true;
    }

    private void traffic(String message, LogLine line, LogDraft out) {
        String joined =
                message.replace("src zone=", "src_zone=")
                        .replace("dst zone=", "dst_zone=")
                        .replace("src-xlated ip=", "src_xlated_ip=")
                        .replace("dst-xlated ip=", "dst_xlated_ip=");
        Pairs pairs = Pairs.loose(joined, 0);
        Pairs named = new Pairs();
        String side = "";
        for (int i = 0; i < pairs.size(); i++) {
            String name = pairs.name(i);
            side = name.endsWith("_xlated_ip") ? name.substring(0, 3) : side;
            named.add(name.equals("port") ? side + "_xlated_port" : name, pairs.value(i));
        }
        FIELDS.apply(named, line, name(), out);
        out.put("network.transport", Transports.name(named.get("proto")));
        boolean isDenied = out.text("event.action").equalsIgnoreCase("deny");
        out.is("network", isDenied ? "connection,denied" : "connection,allowed");
    }
}
