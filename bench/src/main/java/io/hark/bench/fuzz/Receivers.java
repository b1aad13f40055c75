package io.hark.bench.fuzz;

import com.github.luben.zstd.Zstd;
import io.hark.collect.Trials;
import io.hark.event.Event;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the collector's receivers read before any parser does.
///
/// *Thread*: stateless.
final class Receivers {

    private static final int MOST_EVENTS = 64; // an octet, of template records of no length

    private Receivers() {}

    /// The targets, by name.
    static Map<String, Target> all() {
        return Map.of(
                "receiver-syslog", Receivers::syslog,
                "receiver-flows", Receivers::flows,
                "receiver-shipment", Receivers::shipment,
                "receiver-post", input -> Trials.shipment(input, _ -> {}),
                "receiver-enrol", input -> Trials.wish(input));
    }

    /// A stream, whole and in pieces: the messages are the same.
    private static void syslog(byte[] input) {
        List<String> whole = Trials.syslog(input, Math.max(1, input.length));
        for (int pieces : new int[] {1, 7}) {
            if (!Trials.syslog(input, pieces).equals(whole)) {
                throw new IllegalStateException(
                        "pieces of " + pieces + " octets tell other messages");
            }
        }
    }

    private static void flows(byte[] input) {
        List<Event> events = new ArrayList<>();
        if (Trials.exports(input, events::add) > 0) {
            throw new IllegalStateException("a parser failed on a datagram, see the log");
        }
        if (events.size() > MOST_EVENTS * (long) Math.max(1, input.length)) {
            throw new IllegalStateException(
                    events.size() + " events of " + input.length + " octets");
        }
    }

    /// A shipment whose packing is right: what is in it is the input. What is read out of it can be
    /// stored, and read again.
    private static void shipment(byte[] input) {
        byte[] packed = Zstd.compress(input);
        for (int rows : new int[] {0, 1, 2}) {
            byte[] posted =
                    ByteBuffer.allocate(Integer.BYTES + packed.length)
                            .putInt(rows)
                            .put(packed)
                            .array();
            Trials.shipment(
                    posted, event -> Codec.read(kind(event), Codec.write(kind(event), event)));
        }
    }

    @SuppressWarnings("unchecked") // of the event itself
    private static Kind<Event> kind(Event event) {
        return (Kind<Event>) (Kind<?>) Kind.of(event);
    }
}
