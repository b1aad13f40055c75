package io.hark.bytes;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a function says of a text, remembered for texts that come again: the agents, targets and
/// servers of a day are few, and some questions about them cost as much as reading a request.
///
/// A memory, no state: what it answers does not depend on what came before, if the function's
/// answer does not. Each text has one place that it shares with others; the last one stays.
///
/// *Thread*: one owner.
///
/// @param <V> what is said
public final class Recent<V> {

    private static final int PLACES = 1 << 11;
    private static final int MAX_TEXT = 512; // longer ones seldom come again

    private record Known<V>(String text, V value) {}

    private final Function<String, V> function;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final @Nullable Known<V>[] places = new Known[PLACES];

    /// Remembers what `function` says; it is asked for texts that are not remembered.
    public Recent(Function<String, V> function) {
        this.function = function;
    }

    /// What the function says of `text`. Whoever asks does not change it.
    public V of(String text) {
        if (text.length() > MAX_TEXT) {
            return function.apply(text);
        }
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        Known<V> known = places[place];
        if (known == null || !known.text.equals(text)) {
            known = new Known<>(text, function.apply(text));
            places[place] = known;
        }
        return known.value;
    }
}
