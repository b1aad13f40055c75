package io.hark.sensor;

import io.hark.Key;
import io.hark.carry.Inner;
import io.hark.carry.InnerBytes;
import io.hark.carry.InnerPacket;
import io.hark.event.Endpoints;
import io.hark.wire.InnerPackets.Packet;
import io.hark.wire.MadeStream;
import io.hark.wire.PcapngWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What decoders took out of tunnels: kept while the traffic around it is read, then read as a
/// capture of its own, and written beside the conversation for other programs to open.
///
/// Packets are put in order of time, those of one moment as they came. *Thread*: one owner.
final class InnerTraffic {

    /// How deep tunnels may lie in one another: as deep as the wire's own.
    static final int MAX_DEPTH = 4;

    /// The most packets kept at once, and their octets: a day of a slow covert tunnel, and no more
    /// than a quarter of a small machine's heap. What comes behind is shed and counted.
    static final int MAX_PACKETS = 1 << 18;

    static final long MAX_BYTES = 64L << 20;

    /// The most connections made up in one tunnel; beyond them bytes are shed.
    static final int MAX_STREAMS = 1 << 12;

    private static final int RAW_IP = 101;

    private record Name(String decoder, Key key) {
        String text() {
            return decoder + " " + key.name();
        }
    }

    private record Kept(Name tunnel, Packet packet) {}

    private final Map<Name, Map<Endpoints, MadeStream>> streams = new LinkedHashMap<>();
    private List<Kept> kept = new ArrayList<>();
    private long bytes;
    private long taken;
    private long shed;
    private int made;

    /// Takes what the conversation of that key carried.
    void add(String decoder, Key key, Inner inner) {
        Name tunnel = new Name(decoder, key);
        switch (inner) {
            case InnerPacket packet -> keep(tunnel, "", packet.ts(), packet.bytes());
            case InnerBytes said -> {
                var its = streams.computeIfAbsent(tunnel, _ -> new LinkedHashMap<>());
                MadeStream stream = its.get(said.inner());
                if (stream == null && made < MAX_STREAMS) {
                    made++;
                    stream = new MadeStream(said.inner());
                    its.put(said.inner(), stream);
                }
                if (stream == null) {
                    shed++;
                } else {
                    stream.add(said, packet -> keep(tunnel, " (made up)", said.ts(), packet));
                }
            }
        }
    }

    private void keep(Name tunnel, String mark, long ts, byte[] packet) {
        if (kept.size() == MAX_PACKETS || bytes + packet.length > MAX_BYTES) {
            shed++;
            return;
        }
        bytes += packet.length;
        taken++;
        kept.add(new Kept(tunnel, new Packet(ts, tunnel.decoder(), tunnel.text() + mark, packet)));
    }

    /// Lets go of what was kept, in order; with `transcripts`, writes each tunnel's packets beside
    /// its conversation first.
    List<Packet> take(@Nullable Transcripts transcripts) throws IOException {
        List<Kept> all = kept;
        kept = new ArrayList<>();
        bytes = 0;
        streams.clear();
        made = 0;
        all.sort(Comparator.comparingLong(one -> one.packet.ts()));
        if (transcripts != null) {
            Map<Name, List<Packet>> tunnels = new LinkedHashMap<>();
            all.forEach(
                    one ->
                            tunnels.computeIfAbsent(one.tunnel, _ -> new ArrayList<>())
                                    .add(one.packet));
            for (var tunnel : tunnels.entrySet()) {
                Path file = transcripts.beside(tunnel.getKey().text(), ".pcapng");
                if (file != null) {
                    write(file, tunnel.getValue());
                }
            }
        }
        return all.stream().map(Kept::packet).toList();
    }

    private static void write(Path file, List<Packet> packets) throws IOException {
        try (PcapngWriter out =
                new PcapngWriter(Files.newOutputStream(file), "Hark " + Version.TEXT)) {
            int tunnel =
                    out.add(
                            new PcapngWriter.Interface(
                                    packets.getFirst().tunnel(), RAW_IP, 0, null, null));
            for (Packet packet : packets) {
                byte[] octets = packet.bytes();
                out.packet(tunnel, packet.ts(), octets, 0, octets.length, octets.length);
            }
        }
    }

    /// Packets taken out of tunnels so far.
    long taken() {
        return taken;
    }

    /// Packets and runs of bytes that were not kept for want of room.
    long shed() {
        return shed;
    }
}
