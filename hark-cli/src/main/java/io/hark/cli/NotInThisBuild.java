package io.hark.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the design promises and this build does not have: asking for it is a usage error that says
/// so, so that nobody takes it for a slip of the pen.
final class NotInThisBuild {

    private static final List<String> COMMANDS = List.of("serve", "relay", "rules");

    private static final Map<String, List<String>> OPTIONS =
            Map.of(
                    "analyze",
                    List.of("--rules", "--show-secrets"),
                    "decode",
                    List.of("--with", "--show-secrets"));

    private NotInThisBuild() {}

    /// The first of the words that `command` does not know, but will.
    static Optional<String> first(String command, List<String> words) {
        List<String> known =
                command.equals("hark") ? COMMANDS : OPTIONS.getOrDefault(command, List.of());
        return words.stream()
                .map(word -> word.startsWith("--") ? word.replaceFirst("=.*", "") : word)
                .filter(known::contains)
                .findFirst();
    }
}
