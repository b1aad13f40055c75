package io.hark.wire;

import io.hark.Key;
import io.hark.event.Endpoints;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The packets that decoders took out of tunnels, as a source of their own.
///
/// *Thread*: as [Source].
public final class InnerPackets implements Source {

    private static final int RAW_IP = 101; // link type: the frame begins with an IP header

    /// A packet and what it was in.
    ///
    /// @param ts when it was on the wire
    /// @param kind the program of the tunnel
    /// @param tunnel the tunnel, as `conn` names it
    /// @param bytes an IP packet
    public record Packet(long ts, String kind, String tunnel, byte[] bytes) {}

    private final List<Packet> packets;
    private final Layers layers;
    private final Intake intake;
    private final Map<String, Tunnel> tunnels = new HashMap<>();
    private int next;

    /// A source of these packets, in this order.
    public InnerPackets(List<Packet> packets, Layers layers) {
        this.packets = List.copyOf(packets);
        this.layers = layers;
        this.intake = new Intake(layers);
    }

    @Override
    public void fill(Chunk chunk) {
        intake.begin(chunk);
        while (next < packets.size()) {
            Packet packet = packets.get(next);
            int length = packet.bytes().length;
            int at = intake.place(length);
            if (at < 0) {
                break;
            }
            System.arraycopy(packet.bytes(), 0, intake.memory(), at, length);
            layers.within(tunnels.computeIfAbsent(packet.tunnel(), _ -> tunnel(packet)));
            intake.add(packet.ts(), length, length, RAW_IP, false);
            next++;
        }
        intake.finish(next == packets.size());
    }

    /// Its key is made of its name alone, so that connections in it have the same id on every run.
    private static Tunnel tunnel(Packet packet) {
        long key = 0;
        for (int i = 0; i < packet.tunnel().length(); i++) {
            key = Shards.mix(key * 31 + packet.tunnel().charAt(i));
        }
        Endpoints nobody = new Endpoints(Key.NOBODY, 0, Key.NOBODY, 0);
        return new Tunnel(packet.kind(), packet.tunnel(), key, nobody, null);
    }

    @Override
    public String name() {
        return "tunnels";
    }

    @Override
    public Status status() {
        return next == packets.size() ? Status.OK : Status.OPEN;
    }

    @Override
    public String trouble() {
        return "";
    }

    @Override
    public Layers layers() {
        return layers;
    }

    @Override
    public long frameCount() {
        return intake.frameCount();
    }

    @Override
    public long octetCount() {
        return intake.octetCount();
    }

    @Override
    public long firstNanos() {
        return intake.firstNanos();
    }

    @Override
    public long lastNanos() {
        return intake.lastNanos();
    }

    @Override
    public void close() {}
}
