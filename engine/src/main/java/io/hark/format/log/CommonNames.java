package io.hark.format.log;

import io.hark.event.LogDraft;
import io.hark.event.LogEvent;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import io.hark.schema.Unit;
import java.util.HashMap;
import java.util.Map;

/// Names that mean the same in logs of any product: those of the Elastic Common Schema, and a few
/// others; the rest is kept as it is called.
///
/// *Thread*: stateless, any. *Source*: ECS 9; the other names are those that syslog-ng, rsyslog,
/// Fluent Bit and the libraries of Go, Python and Node write for time, level, message, and the
/// commonest of firewalls for both ends.
public final class CommonNames {

    private static final Map<String, Column> COLUMNS = new HashMap<>();
    private static final Map<String, String> OTHERS =
            Map.ofEntries(
                    Map.entry("@timestamp", "ts"),
                    Map.entry("timestamp", "ts"),
                    Map.entry("time", "ts"),
                    Map.entry("event.created", "ts"),
                    Map.entry("level", "log.level"),
                    Map.entry("lvl", "log.level"),
                    Map.entry("severity", "log.level"),
                    Map.entry("msg", "message"),
                    Map.entry("hostname", "host.name"),
                    Map.entry("host.hostname", "host.name"),
                    Map.entry("src", "source.ip"),
                    Map.entry("srcip", "source.ip"),
                    Map.entry("src_ip", "source.ip"),
                    Map.entry("srcport", "source.port"),
                    Map.entry("sport", "source.port"),
                    Map.entry("src_port", "source.port"),
                    Map.entry("dst", "destination.ip"),
                    Map.entry("dstip", "destination.ip"),
                    Map.entry("dst_ip", "destination.ip"),
                    Map.entry("dest_ip", "destination.ip"),
                    Map.entry("dstport", "destination.port"),
                    Map.entry("dport", "destination.port"),
                    Map.entry("dst_port", "destination.port"),
                    Map.entry("dest_port", "destination.port"),
                    Map.entry("proto", "network.transport"),
                    Map.entry("action", "event.action"),
                    Map.entry("user", "user.name"),
                    Map.entry("username", "user.name"),
                    Map.entry("log.original", ""),
                    Map.entry("rule.uuid", "rule.id"));

    static {
        for (Column column : Kind.of(LogEvent.class).columns()) {
            if (column.name().indexOf('.') > 0
                    || column.name().equals("ts")
                    || column.name().equals("message")) {
                COLUMNS.put(column.name(), column);
            }
        }
        COLUMNS.remove("event.original"); // the line is
    }

    private CommonNames() {}

    /// Puts every pair where its name belongs, or among the fields.
    public static void put(Pairs pairs, LogLine line, LogDraft out) {
        for (int i = 0; i < pairs.size(); i++) {
            String name = pairs.name(i);
            String to = OTHERS.getOrDefault(name, name);
            Column column = COLUMNS.get(to);
            if (column == null) {
                if (!to.isEmpty()) {
                    out.more(name, pairs.value(i));
                }
            } else if (to.equals("ts") && out.hasTime()) {
                out.more(name, pairs.value(i));
            } else if (column.unit() == Unit.TIME) {
                line.time(to, pairs.value(i), out);
            } else {
                out.put(to, pairs.value(i));
            }
        }
    }
}
