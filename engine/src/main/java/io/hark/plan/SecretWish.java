package io.hark.plan;

import io.hark.Decoder;
import io.hark.Secret;
import io.hark.engagement.Engagement;
import java.util.ArrayList;
import java.util.List;

/// A kind of secret that is worth having before it begins: some of them are gone with the session,
/// none is easier to get afterwards.
///
/// @param kind what it is
/// @param decoders names of the decoders that use one
/// @param atHand names of the sensors where one is declared to be at hand
public record SecretWish(Secret.Kind kind, List<String> decoders, List<String> atHand) {

    /// Keeps its own copies.
    public SecretWish {
        decoders = List.copyOf(decoders);
        atHand = List.copyOf(atHand);
    }

    static List<SecretWish> of(Engagement engagement, List<? extends Decoder<?>> decoders) {
        List<SecretWish> wishes = new ArrayList<>();
        for (Secret.Kind kind : Secret.Kind.values()) {
            List<String> users =
                    decoders.stream()
                            .filter(decoder -> decoder.info().secrets().contains(kind))
                            .map(decoder -> decoder.name())
                            .sorted()
                            .toList();
            if (!users.isEmpty() || kind == Secret.Kind.TLS_KEY_LOG) { // TLS itself wants those
                wishes.add(
                        new SecretWish(
                                kind,
                                users,
                                engagement.sensors().stream()
                                        .filter(sensor -> sensor.keys().contains(kind))
                                        .map(Engagement.Sensor::name)
                                        .toList()));
            }
        }
        return wishes;
    }
}
