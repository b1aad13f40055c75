package io.hark.log.json;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.event.LogEvent;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import io.hark.schema.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// JSON of any product: names of the Elastic Common Schema go where they belong, a few others that
/// mean the same everywhere, too; the rest is kept as it is called.
///
/// *Source*: ECS 9; the other names are those that syslog-ng, rsyslog, Fluent Bit and the libraries
/// of Go, Python and Node write for time, level, message.
public final class EcsJson implements LineParser {

    private static final String MODULE = "json";
    private static final Map<String, Column> COLUMNS = new HashMap<>();
    private static final Map<String, String> OTHERS =
            Map.ofEntries(
                    Map.entry("@timestamp", "ts"),
                    Map.entry("timestamp", "ts"),
                    Map.entry("time", "ts"),
                    Map.entry("event.created", "ts"),
                    Map.entry("level", "log.level"),
                    Map.entry("severity", "log.level"),
                    Map.entry("msg", "message"),
                    Map.entry("hostname", "host.name"),
                    Map.entry("host.hostname", "host.name"),
                    Map.entry("src_ip", "source.ip"),
                    Map.entry("src_port", "source.port"),
                    Map.entry("dst_ip", "destination.ip"),
                    Map.entry("dst_port", "destination.port"),
                    Map.entry("dest_ip", "destination.ip"),
                    Map.entry("dest_port", "destination.port"),
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

    /// The parser.
    public EcsJson() {}

    @Override
    public String name() {
        return MODULE;
    }

    @Override
    public String about() {
        return "JSON of any product, by the names of the Elastic Common Schema";
    }

    @Override
    public List<String> signs() {
        return List.of("{\"", "{ \"");
    }

    @Override
    public boolean isGeneral() {
        return true;
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Pairs json = line.json();
        if (json == null || json.size() < 2) {
            return false;
        }
        out.of(MODULE, "").is("", "info");
        for (int i = 0; i < json.size(); i++) {
            String name = json.name(i);
            String to = OTHERS.getOrDefault(name, name);
            Column column = COLUMNS.get(to);
            if (column == null) {
                if (!to.isEmpty()) {
                    out.more(name, json.value(i));
                }
            } else if (to.equals("ts") && out.hasTime()) {
                out.more(name, json.value(i));
            } else if (column.unit() == Unit.TIME) {
                line.time(to, json.value(i), out);
            } else {
                out.put(to, json.value(i));
            }
        }
        return true;
    }
}
