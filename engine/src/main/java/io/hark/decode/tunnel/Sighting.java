package io.hark.decode.tunnel;

import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A packet that a tunnel without sequence numbers carried: a hash of it, and of how it came. What
/// comes again another way, by another tap or as an echo of itself, is the same packet; what comes
/// again the same way was sent twice.
///
/// @param octets hash of the packet
/// @param way hash of connection and side
public record Sighting(int octets, int way) implements Stored {

    /// The most that are remembered: packets between the two looks of two taps.
    static final int MAX_REMEMBERED = 64;

    static Sighting of(byte[] packet, String way) {
        return new Sighting(Arrays.hashCode(packet), way.hashCode());
    }

    /// Whether it was seen another way.
    boolean isAmong(List<Sighting> recent) {
        return recent.stream().anyMatch(one -> one.octets == octets && one.way != way);
    }

    /// The recent ones with this.
    List<Sighting> after(List<Sighting> recent) {
        List<Sighting> more = new ArrayList<>(recent);
        more.add(this);
        if (more.size() > MAX_REMEMBERED) {
            more.removeFirst();
        }
        return List.copyOf(more);
    }
}
