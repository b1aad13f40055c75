package io.hark.export.ecs;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Conn;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A connection that ended.
public final class EcsConn implements EcsMapping<Conn> {

    private static final Key START = new Key("event.start");
    private static final Key END = new Key("event.end");
    private static final Key BYTES = new Key("network.bytes");
    private static final Key PACKETS = new Key("network.packets");
    private static final Key DIRECTION = new Key("network.direction");
    private static final Key PROTOCOL = new Key("network.protocol");

    /// The mapping.
    public EcsConn() {}

    @Override
    public Class<Conn> kind() {
        return Conn.class;
    }

    @Override
    public List<String> types() {
        return List.of("connection", "end");
    }

    @Override
    public String action() {
        return "network-flow";
    }

    @Override
    public Map<String, String> fields() {
        return Map.ofEntries(
                Map.entry("duration", "event.duration"),
                Map.entry("orig_ip_bytes", "source.bytes"),
                Map.entry("orig_pkts", "source.packets"),
                Map.entry("orig_l2_addr", "source.mac"),
                Map.entry("resp_ip_bytes", "destination.bytes"),
                Map.entry("resp_pkts", "destination.packets"),
                Map.entry("resp_l2_addr", "destination.mac"),
                Map.entry("resp_name", "destination.domain"),
                Map.entry("ip_proto", "network.iana_number"),
                Map.entry("vlan", "network.vlan.id"),
                Map.entry("inner_vlan", "network.inner.vlan.id"));
    }

    @Override
    public void more(Conn conn, JsonWriter out) {
        long duration = conn.duration() == null ? 0 : conn.duration();
        out.field(START).put('"').time(conn.ts()).put("Z\"");
        out.field(END).put('"').time(conn.ts() + duration).put("Z\"");
        out.number(BYTES, conn.orig_ip_bytes() + conn.resp_ip_bytes());
        out.number(PACKETS, conn.orig_pkts() + conn.resp_pkts());
        out.text(DIRECTION, direction(conn.local_orig(), conn.local_resp()));
        String service = conn.service();
        if (service != null) {
            String last = service.substring(service.lastIndexOf(',') + 1);
            out.text(PROTOCOL, last.equals("ssl") ? "tls" : last.toLowerCase(Locale.ROOT));
        }
    }

    private static String direction(boolean fromHere, boolean toHere) {
        return fromHere ? toHere ? "internal" : "outbound" : toHere ? "inbound" : "external";
    }
}
