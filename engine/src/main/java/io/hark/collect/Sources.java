package io.hark.collect;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Everybody who sends.
///
/// *Thread*: any.
final class Sources {

    /// Senders told apart; of datagrams with made-up addresses there is no end. The rest is one
    /// sender for each listener.
    private static final int MAX_SOURCES = 1 << 14;

    private static final String OTHERS = "others";

    private final ConcurrentMap<SourceName, Source> all = new ConcurrentHashMap<>();

    /// What is known of a sender.
    Source of(SourceName name) {
        Source known = all.get(name);
        if (known != null) {
            return known;
        }
        boolean isOne = all.size() < MAX_SOURCES;
        return all.computeIfAbsent(
                isOne ? name : new SourceName(name.receiver(), OTHERS), Source::new);
    }

    /// All of them.
    Collection<Source> all() {
        return List.copyOf(all.values());
    }
}
