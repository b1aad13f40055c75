package io.hark.sensor;

import io.hark.Key;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import io.hark.schema.Stored;
import java.util.ArrayList;
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

    /// The states of a table, in order.
    static <S extends Stored> List<Held> held(KeyTable<S> table, Kind<S> kind) {
        List<Held> held = new ArrayList<>();
        for (int entry = 0; entry < table.entries(); entry++) {
            S state = table.state(entry);
            if (state != null) {
                byte[] row = Codec.write(kind, state);
                held.add(new Held(table.key(entry), table.touched(entry), table.calls(entry), row));
            }
        }
        return held;
    }

    /// Puts the states into an empty table, in order.
    <S extends Stored> void fill(KeyTable<S> table, Kind<S> kind) {
        for (Held held : keys) {
            Key key = held.key();
            S read = Codec.read(kind, held.state());
            int entry = table.add(key.host(), key.peer(), key.port(), key.name(), read);
            table.restoreTouch(entry, held.touched(), held.calls());
        }
    }

    /// An input that waits.
    ///
    /// @param kind name of its kind
    /// @param row itself
    record Waits(String kind, byte[] row) implements Stored {
        static <I extends Stored> Waits of(I input) {
            return new Waits(Kind.of(input).name(), Codec.write(Kind.of(input), input));
        }
    }

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
