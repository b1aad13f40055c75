package io.hark.sensor;

import io.hark.Keyring;
import io.hark.Secret;
import io.hark.event.Endpoints;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The secrets of one run: those that were given, behind them those that decoders made of others.
///
/// *Thread*: one owner, the merge's, so that a run on any number of workers tries the same ones.
final class RunKeys {

    /// The most derived secrets; of more the eldest goes. Each conversation makes one or two.
    static final int MAX_DERIVED = 1 << 12;

    private final Keyring given;
    private final Map<String, Secret> derived =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Secret> eldest) {
                    return size() > MAX_DERIVED;
                }
            };

    RunKeys(Keyring given) {
        this.given = given;
    }

    /// Those of a kind that may be tried on a conversation.
    List<Secret> secrets(Secret.Kind kind, Endpoints id, String conversation) {
        return Stream.concat(given.secrets().stream(), derived.values().stream())
                .filter(secret -> secret.kind() == kind)
                .filter(secret -> secret.scope().admits(id, conversation))
                .toList();
    }

    /// Takes a secret that a decoder made; one of the same name and source takes the place of the
    /// former.
    void derived(Secret secret) {
        derived.put(secret.name() + '\n' + secret.source(), secret);
    }

    /// How many were derived.
    int derivedCount() {
        return derived.size();
    }

    /// Whether any of those kinds is there.
    boolean hasAnyOf(List<String> kinds) {
        return Stream.concat(given.secrets().stream(), derived.values().stream())
                .anyMatch(secret -> kinds.contains(secret.kind().name()));
    }
}
