package io.hark.export.ecs;

import io.hark.Exporter.Plan;
import io.hark.bytes.JsonWriter;
import io.hark.bytes.TextBuffer;
import io.hark.event.Conn;
import io.hark.event.Event;
import io.hark.event.OfConnection;
import io.hark.schema.Column;
import io.hark.schema.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the events of one kind: what is the same in all of them, ready made, then the columns
/// under their names, then what the kind's mapping has to add.
final class EcsPlan<E extends Event> implements Plan {

    static final String VERSION = "9.0.0";

    /// Columns that mean the same in every kind.
    private static final Map<String, String> COMMON =
            Map.of(
                    "ts", "",
                    "uid", "hark.uid",
                    "id.orig_h", "source.ip",
                    "id.orig_p", "source.port",
                    "id.resp_h", "destination.ip",
                    "id.resp_p", "destination.port",
                    "proto", "",
                    "community_id", "network.community_id");

    private static final JsonWriter.Key TIME = new JsonWriter.Key("@timestamp");
    private static final JsonWriter.Key TYPE = new JsonWriter.Key("network.type");
    private static final JsonWriter.Key TRANSPORT = new JsonWriter.Key("network.transport");
    private static final JsonWriter.Key RELATED = new JsonWriter.Key("related.ip");

    private final Kind<E> kind;
    private final @Nullable EcsMapping<E> mapping;
    private final Target[] targets;
    private final byte[] same;
    private final int proto;

    /// Where a column goes: its key with the comma in front, or null for nowhere.
    record Target(byte @Nullable [] key, Form form, Column column) {}

    /// How a number looks there.
    enum Form {
        /// As its unit says: times in ISO 8601, durations in seconds.
        PLAIN,
        /// Nanoseconds.
        NANOS,
        /// Between quotes: ECS calls it a keyword.
        KEYWORD
    }

    EcsPlan(Kind<E> kind, @Nullable EcsMapping<E> mapping) {
        this.kind = kind;
        this.mapping = mapping;
        this.proto = kind.column("proto");
        Map<String, String> names = new HashMap<>(COMMON);
        if (mapping != null) {
            names.putAll(mapping.fields());
        }
        targets =
                kind.columns().stream()
                        .map(column -> target(kind, column, names.get(column.name())))
                        .toArray(Target[]::new);
        same = same(kind, mapping).getBytes(StandardCharsets.UTF_8);
    }

    private static Target target(Kind<?> kind, Column column, @Nullable String name) {
        if (name == null) {
            boolean shown = column.inLog() && column.type() != Column.Type.ROWS;
            name = shown ? "hark." + kind.name() + "." + column.name() : "";
        }
        Form form =
                switch (name) {
                    case "event.duration" -> Form.NANOS;
                    case "dns.id",
                            "network.iana_number",
                            "network.vlan.id",
                            "network.inner.vlan.id" ->
                            Form.KEYWORD;
                    default -> Form.PLAIN;
                };
        byte[] key =
                name.isEmpty() ? null : (",\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
        return new Target(key, form, column);
    }

    private static String same(Kind<?> kind, @Nullable EcsMapping<?> mapping) {
        String action = mapping == null ? kind.name().replace('_', '-') : mapping.action();
        return ",\"ecs.version\":\""
                + VERSION
                + "\",\"event.kind\":\""
                + (mapping == null ? "event" : mapping.sort())
                + "\",\"event.category\":"
                + list(mapping == null ? List.of("network") : mapping.categories())
                + ",\"event.type\":"
                + list(mapping == null ? List.of("info") : mapping.types())
                + (action.isEmpty() ? "" : ",\"event.action\":\"" + action + "\"")
                + ",\"event.module\":\"hark\",\"event.dataset\":\"hark."
                + kind.name()
                + "\",\"observer.product\":\"Hark\",\"observer.type\":\"sensor\"";
    }

    private static String list(List<String> words) {
        return words.isEmpty() ? "[]" : "[\"" + String.join("\",\"", words) + "\"]";
    }

    @Override
    public String file() {
        return Ecs.FILE;
    }

    @Override
    @SuppressWarnings("unchecked") // the plan was made for the event's kind
    public void write(Event event, long frame, TextBuffer out) {
        JsonWriter json = new JsonWriter(out).line();
        json.field(TIME).put('"').time(event.ts()).put("Z\"").put(same);
        boolean icmp = event instanceof Conn conn && conn.proto().equals("icmp");
        kind.access().read((E) event, new EcsRow(targets, icmp, proto, out));
        if (event instanceof OfConnection of) {
            boolean v4 = of.id().orig_h().isV4();
            json.text(TYPE, v4 ? "ipv4" : "ipv6");
            if (icmp) {
                json.text(TRANSPORT, v4 ? "icmp" : "ipv6-icmp");
            }
            json.list(RELATED)
                    .item(of.id().orig_h().toString())
                    .item(of.id().resp_h().toString())
                    .endList();
        }
        if (mapping != null) {
            mapping.more((E) event, json);
        }
        json.endLine();
    }
}
