package io.hark.sensor;

import io.hark.event.Event;
import io.hark.event.Repeated;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tells which events were said already.
///
/// It stands behind the merge, where the order is the same for any number of workers, so that the
/// same ones are kept.
///
/// *Thread*: the merge's.
final class Repeats {

    /// How long the first stands for all, nanoseconds: a day, as in Zeek
    /// (`relog_known_certificates_after`).
    private static final long KEPT_NANOS = 86_400_000_000_000L;

    /// How many are remembered at most, some 200 octets each; then the oldest is said again.
    private static final int MAX_KEPT = 1 << 18;

    private final Map<Object, Long> firsts =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Object, Long> eldest) {
                    return size() > MAX_KEPT;
                }
            };

    /// Whether the event says something new.
    boolean isNew(Event event) {
        return !(event instanceof Repeated repeated) || isNew(repeated.sameness(), event.ts());
    }

    /// Whether an event of that sameness would say something new at `ts`.
    boolean isNew(Object same, long ts) {
        Long first = firsts.get(same);
        if (first != null && ts - first < KEPT_NANOS) {
            return false;
        }
        firsts.remove(same); // to the end of the line
        firsts.put(same, ts);
        return true;
    }
}
