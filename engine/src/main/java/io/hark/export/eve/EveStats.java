package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Stats;

/// What was taken in and lost, counted from the start as Suricata does.
public final class EveStats implements EveMapping<Stats> {

    private static final long SECOND = 1_000_000_000L;

    private static final Key STATS = new Key("stats");
    private static final Key UPTIME = new Key("uptime");
    private static final Key CAPTURE = new Key("capture");
    private static final Key KERNEL_PACKETS = new Key("kernel_packets");
    private static final Key KERNEL_DROPS = new Key("kernel_drops");
    private static final Key DECODER = new Key("decoder");
    private static final Key PKTS = new Key("pkts");
    private static final Key BYTES = new Key("bytes");
    private static final Key TCP = new Key("tcp");
    private static final Key SESSIONS = new Key("sessions");

    /// The mapping.
    public EveStats() {}

    @Override
    public Class<Stats> kind() {
        return Stats.class;
    }

    @Override
    public void write(Stats stats, EveLines out) {
        JsonWriter json = out.begin("stats", stats.ts()).object(STATS);
        json.number(UPTIME, stats.uptime() / SECOND);
        if (stats.dropped_total() != null) {
            json.object(CAPTURE).number(KERNEL_PACKETS, stats.pkts_total());
            json.number(KERNEL_DROPS, stats.dropped_total()).end();
        }
        json.object(DECODER).number(PKTS, stats.pkts_total());
        json.number(BYTES, stats.bytes_total()).end();
        json.object(TCP).number(SESSIONS, stats.tcp_total()).end();
        json.end();
        out.end();
    }
}
