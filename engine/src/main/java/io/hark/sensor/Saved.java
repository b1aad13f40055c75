package io.hark.sensor;

import io.hark.Key;
import io.hark.schema.Stored;
import java.util.List;

/// All that a [KeyedRunner] knows, as one stored record.
///
/// @param watcher the name of what it runs
/// @param state the kind of its states
/// @param watermark up to where inputs were released
/// @param highest the latest time seen
/// @param accepted counter of the same name, as the others
/// @param waiting inputs not yet released, in order
/// @param keys the states, in the order in which their keys came
/// @param wakes the wake-ups asked for
record Saved(
        String watcher,
        String state,
        long watermark,
        long highest,
        long accepted,
        long late,
        long early,
        long shed,
        long failed,
        List<Waits> waiting,
        List<Held> keys,
        List<Wake> wakes)
        implements Stored {

    /// An input that waits.
    ///
    /// @param kind name of its kind
    /// @param row itself
    record Waits(String kind, byte[] row) implements Stored {}

    /// A key and its state.
    ///
    /// @param touched time of the last call
    /// @param calls how many there were
    record Held(Key key, long touched, int calls, byte[] state) implements Stored {}

    /// A wake-up asked for. In order of time, then of key.
    record Wake(long at, Key key) implements Stored, Comparable<Wake> {
        @Override
        public int compareTo(Wake other) {
            int order = Long.compare(at, other.at);
            return order != 0 ? order : key.compareTo(other.key);
        }
    }
}
