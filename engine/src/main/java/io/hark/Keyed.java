package io.hark;

import io.hark.schema.Addr;
import io.hark.schema.Stored;
import org.jspecify.annotations.Nullable;

/// Something that watches inputs by key, in event-time order, and keeps one bounded state value a
/// key: what detectors and decoders have in common. It knows no engine: the same object runs
/// embedded and on Flink.
///
/// It has no clock but event time, does no I/O, and keeps nothing outside its state, so that
/// saving, restoring and moving it are one thing. Answering null for a state forgets the key.
///
/// *Thread*: one call at a time; calls of different keys may come from different instances.
/// *Units*: nanoseconds since 1970 UTC.
///
/// @param <I> what comes in
/// @param <S> the state of one key
/// @param <O> what goes out
public interface Keyed<I, S extends Stored, O> {

    /// Its name, kebab-case, unique: what `--detector` takes and findings carry.
    String name();

    /// One line for `hark list`.
    String about();

    /// The record its state is.
    Class<S> stateType();

    /// The keys that `input` belongs to: none, one or several, each once. Pure: it may be asked
    /// again. It is called for every input, so what is of no interest is refused here, before
    /// anything is made.
    void keys(I input, Keys sink);

    /// An input of this key. `state` is null the first time.
    @Nullable S on(I input, @Nullable S state, Turn<O> turn);

    /// A wake-up it asked for has come, after all inputs of that moment. Whether a wake-up comes
    /// whose moment lies beyond the last watermark is the engine's choice: what must be said is
    /// also said in [#end].
    default @Nullable S wake(S state, Turn<O> turn) {
        return state;
    }

    /// The input is over, or the engine has no room for the key any more: the last word about it.
    /// [Turn#now] is the time of the last call for this key; no wake-up can be asked for.
    default void end(S state, Turn<O> turn) {}

    /// Takes the keys of one input.
    interface Keys {

        /// The input belongs to the key [Key#of] this name.
        default void add(String name) {
            add(Key.NOBODY, Key.NOBODY, 0, name);
        }

        /// The input belongs to the [Key] of these parts, which an engine need not make.
        void add(Addr host, Addr peer, int port, String name);
    }

    /// What a call may ask and say.
    interface Turn<O> {

        /// The key at hand.
        Key key();

        /// Event time: of the input, or of the wake-up.
        long now();

        /// Says something.
        void emit(O out);

        /// Asks to be woken for this key when event time passes `nanos`, which is at the soonest
        /// one nanosecond from now. The same moment twice is one wake-up.
        void wakeAt(long nanos);
    }
}
