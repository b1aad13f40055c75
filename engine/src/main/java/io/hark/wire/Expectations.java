package io.hark.wire;

import io.hark.event.Endpoints;
import io.hark.event.Side;
import io.hark.schema.Addr;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The negotiated connections that one worker waits for.
///
/// What a connection negotiates between its own two hosts is known at once, as this worker has all
/// of that pair; whatever else is learned from the merge, by all workers at the same chunk. An
/// expectation stays until its time is over, whoever uses it, so that it does not matter which
/// worker did.
///
/// *Thread*: one owner, the worker.
final class Expectations {

    private static final int MAX = 1 << 14; // negotiated connections waited for at once

    private record At(Addr host, int port) {}

    private record Between(Addr host, int port, Addr from) {}

    private final Map<At, Expectation> learned = new HashMap<>();
    private final Map<Between, Expectation> own = new HashMap<>();

    /// One of this worker's connections negotiated it.
    void negotiated(Expectation expectation, Endpoints by, long now) {
        boolean ofResponder = expectation.host().equals(by.resp_h());
        boolean samePair = ofResponder || expectation.host().equals(by.orig_h());
        if (samePair
                && !Shards.isSpread(by.orig_p(), by.resp_p())) { // else another worker's, maybe
            Side caller = ofResponder ? Side.ORIGINATOR : Side.RESPONDER;
            Between between = new Between(expectation.host(), expectation.port(), by.host(caller));
            remember(own, between, expectation, now);
        }
    }

    /// Some worker's connection negotiated it.
    void learn(Expectation expectation, long now) {
        remember(learned, new At(expectation.host(), expectation.port()), expectation, now);
    }

    private static <K> void remember(
            Map<K, Expectation> map, K key, Expectation expectation, long now) {
        if (map.size() >= MAX) {
            map.values().removeIf(old -> old.until() < now);
            if (map.size() >= MAX) {
                return;
            }
        }
        map.put(key, expectation);
    }

    /// Whether nothing is expected, as nearly always.
    boolean isEmpty() {
        return own.isEmpty() && learned.isEmpty();
    }

    /// What is expected of a connection between these ends, or null.
    @Nullable Expectation find(Endpoints id, long now) {
        Expectation found = own.get(new Between(id.resp_h(), id.resp_p(), id.orig_h()));
        found = found != null ? found : learned.get(new At(id.resp_h(), id.resp_p()));
        return found != null && found.until() >= now ? found : null;
    }
}
