package io.hark.sensor;

import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Which messages of a conversation somebody in the middle could alter, and what that needs: every
/// layer has to be done again as it was undone. What was undone without a secret can be done again
/// without one.
///
/// *Thread*: one owner.
final class Opportunities {

    private static final int MAX_KINDS = 40; // side, topic and layers; a family has a dozen

    /// Layers that a key closed, where one opened the message: others are codings.
    private static final Pattern CIPHERS =
            Pattern.compile("(?:aes|rc4|des|3des|camellia|chacha20|salsa20|blowfish)\\b.*");

    /// Layers whose two directions have different keys: who reads cannot write.
    private static final Set<String> ONE_WAY = Set.of("rsa", "ssh");

    private record Kind(Speaker side, String topic, List<String> layers, String secret) {}

    private final Map<Kind, Integer> kinds = new LinkedHashMap<>();

    /// One more message.
    void add(Message m) {
        if (m.type().equals("unknown") || m.side() == Speaker.UNKNOWN) {
            return;
        }
        String subtype = m.subtype();
        String topic = m.type() + (subtype == null ? "" : " " + subtype);
        String secret = m.secret();
        Kind kind = new Kind(m.side(), topic, m.layers(), secret == null ? "" : secret);
        if (kinds.containsKey(kind) || kinds.size() < MAX_KINDS) {
            kinds.merge(kind, 1, Integer::sum);
        }
    }

    /// A line for each kind of message.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        kinds.forEach(
                (kind, count) ->
                        lines.add(
                                "%s's %s (%d), in %s: %s"
                                        .formatted(
                                                kind.side.name().toLowerCase(Locale.ROOT),
                                                kind.topic,
                                                count,
                                                String.join(" > ", kind.layers),
                                                needs(kind))));
        return lines;
    }

    private static String needs(Kind kind) {
        List<String> needs = new ArrayList<>();
        for (String layer : kind.layers) {
            if (layer.equals("tls") || layer.equals("dtls")) {
                needs.add("a relay that ends " + layer + " with a certificate the implant takes");
            } else if (ONE_WAY.contains(layer)) {
                needs.add("the key of " + layer + " that its sender has");
            } else if (!kind.secret.isEmpty() && CIPHERS.matcher(layer).matches()) {
                needs.add("the key of " + layer + ", which '" + kind.secret + "' gave");
            }
        }
        return needs.isEmpty()
                ? "can be altered by a relay, no key is needed"
                : "can be altered with " + String.join(" and ", needs);
    }
}
