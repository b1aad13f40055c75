package io.hark.export.ecs;

import io.hark.Exporter.Plan;
import io.hark.bytes.JsonWriter;
import io.hark.bytes.TextBuffer;
import io.hark.event.Event;
import io.hark.event.LogEvent;
import io.hark.event.LogField;
import io.hark.schema.Addr;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes lines of logs. Their columns have ECS's names already, and it was somebody else who saw:
/// nothing is said of Hark as an observer.
final class EcsLogPlan implements Plan {

    private static final JsonWriter.Key TIME = new JsonWriter.Key("@timestamp");
    private static final JsonWriter.Key RELATED_IP = new JsonWriter.Key("related.ip");
    private static final JsonWriter.Key RELATED_USER = new JsonWriter.Key("related.user");
    private static final JsonWriter.Key VERSION = new JsonWriter.Key("ecs.version");

    private final Kind<LogEvent> kind = Kind.of(LogEvent.class);
    private final EcsPlan.Target[] targets =
            kind.columns().stream().map(EcsLogPlan::target).toArray(EcsPlan.Target[]::new);

    private static EcsPlan.Target target(Column column) {
        String name =
                switch (column.name()) {
                    case "ts", "seen", "fields" -> "";
                    case "ts_source" -> "hark.log.ts_source";
                    case "input" -> "log.file.path";
                    case "line" -> "log.file.line";
                    default -> column.name();
                };
        byte @Nullable [] key =
                name.isEmpty() ? null : (",\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
        EcsPlan.Form form = name.equals("event.duration") ? EcsPlan.Form.NANOS : EcsPlan.Form.PLAIN;
        return new EcsPlan.Target(key, form, column);
    }

    @Override
    public String file() {
        return Ecs.FILE;
    }

    @Override
    public void write(Event event, long frame, TextBuffer out) {
        LogEvent log = (LogEvent) event;
        JsonWriter json = new JsonWriter(out).line();
        json.field(TIME).put('"').time(log.ts()).put("Z\"");
        json.text(VERSION, EcsPlan.VERSION);
        kind.access().read(log, new EcsRow(targets, false, -1, out));
        Set<String> written = new LinkedHashSet<>();
        for (LogField field : log.fields()) {
            String name = isOurs(field.name()) ? "hark.log." + field.name() : field.name();
            if (written.add(name)) { // a second value of a name is in the original
                json.field(name).json(field.value());
            }
        }
        json.texts(
                RELATED_IP,
                related(
                        log.source().ip(),
                        log.destination().ip(),
                        log.source().nat_ip(),
                        log.destination().nat_ip()));
        json.texts(
                RELATED_USER, related(log.user(), log.source().user(), log.destination().user()));
        json.endLine();
    }

    /// Whether the name is none of a product's: what did not fit its column bears the column's.
    private boolean isOurs(String name) {
        return name.indexOf('.') < 0 || kind.column(name) >= 0;
    }

    private static List<String> related(@Nullable Object... values) {
        return Stream.of(values)
                .filter(Objects::nonNull)
                .map(value -> value instanceof Addr addr ? addr.toString() : String.valueOf(value))
                .distinct()
                .toList();
    }
}
