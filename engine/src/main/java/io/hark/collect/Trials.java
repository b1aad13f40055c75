package io.hark.collect;

import io.hark.event.Event;
import io.hark.sensor.Shipment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What receivers do with octets of strangers, without the network around it: for who looks for
/// octets that break it (`bench/fuzz`).
///
/// *Thread*: stateless, any.
public final class Trials {

    private static final int PORT = 2055;
    private static final int LONGEST = 1000; // octets of a message

    private Trials() {}

    /// The messages of one connection's octets.
    ///
    /// @param pieces how many octets come at once
    public static List<String> syslog(byte[] octets, int pieces) {
        SyslogFrames frames = new SyslogFrames(LONGEST);
        Messages messages = new Messages();
        for (int at = 0; at < octets.length; at += pieces) {
            int length = Math.min(pieces, octets.length - at);
            byte[] piece = new byte[length];
            System.arraycopy(octets, at, piece, 0, length);
            frames.take(piece, length, messages);
        }
        frames.end(messages);
        List<String> texts = new ArrayList<>();
        Messages.forEach(
                messages.take(),
                (all, from, length) ->
                        texts.add(new String(all, from, length, StandardCharsets.ISO_8859_1)));
        return texts;
    }

    /// Reads one exporter's datagrams, each behind its length in two octets.
    ///
    /// @param out takes what they tell
    /// @return how often a parser failed: a bug each
    public static long exports(byte[] octets, Consumer<Event> out) {
        Exports exports = new Exports(out);
        ByteBuffer rest = ByteBuffer.wrap(octets);
        for (long nanos = 1; rest.remaining() > Short.BYTES; nanos++) {
            int length = Math.min(Short.toUnsignedInt(rest.getShort()), rest.remaining());
            ByteBuffer datagram = rest.slice(rest.position(), length);
            rest.position(rest.position() + length);
            exports.read("192.0.2.1", Exports.payload(PORT, PORT, datagram), nanos);
        }
        return exports.failures();
    }

    /// Reads what a sensor posts.
    ///
    /// @param out takes the events in it
    /// @return how many rows nobody could read; -1 where it is no shipment
    public static int shipment(byte[] posted, Consumer<Event> out) {
        Shipment shipment = Shipment.unpack(posted);
        return shipment == null ? -1 : shipment.forEach(1, out, _ -> {});
    }

    /// The key that a request for a certificate asks for; null for none.
    public static @Nullable PublicKey wish(byte[] posted) {
        return Sensors.key(posted);
    }
}
