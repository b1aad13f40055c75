package io.hark.detect.beacons;

import io.hark.schema.Stored;
import java.util.List;

/// What is kept of one pair. A pair seen once is only this record; what repeats has a [Track].
///
/// @param first time of the first beat, nanoseconds; the packed beats count from here
/// @param size bytes the originator sent in it
/// @param track empty until the second beat, then one
public record Beats(long first, int size, List<Track> track) implements Stored {

    static Beats once(long ts, long size) {
        return new Beats(ts, Track.capped(size), List.of());
    }
}
