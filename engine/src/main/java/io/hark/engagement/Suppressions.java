package io.hark.engagement;

import io.hark.UserError;
import io.hark.config.YamlPart;
import io.hark.event.Finding;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What nobody wants to be told of again: read from `suppressions.yaml`.
///
/// *Errors*: a key that is not known, a value of the wrong form, an entry that names nobody who
/// answers for it, or that would suppress everything: a [UserError] with file and line.
///
/// *Thread*: immutable, any thread.
///
/// @param all in the order of the file
public record Suppressions(List<Suppression> all) {

    /// None.
    public static final Suppressions NONE = new Suppressions(List.of());

    private static final Set<String> KEYS =
            Set.of("detector", "from", "to", "ports", "names", "who", "why", "until");

    /// Keeps its own copy.
    public Suppressions {
        all = List.copyOf(all);
    }

    /// Reads a file.
    ///
    /// @throws UserError if it cannot be read or something in it is wrong
    public static Suppressions read(Path file) {
        YamlPart root = YamlPart.of(file, Set.of("suppressions"));
        return new Suppressions(root.parts("suppressions", KEYS, Suppressions::one));
    }

    private static Suppression one(YamlPart part) {
        String detector = part.text("detector", null);
        Networks from = networks(part, "from");
        Networks to = networks(part, "to");
        List<Integer> ports = part.ports("ports");
        List<String> names = part.texts("names");
        if (detector == null && from == null && to == null && names.isEmpty()) {
            throw part.error("who", "this suppresses everything; name detector, from, to or names");
        }
        return new Suppression(
                detector, from, to, ports, names, said(part, "who"), said(part, "why"), day(part));
    }

    private static @Nullable Networks networks(YamlPart part, String key) {
        Networks networks = Networks.of(part, key);
        return networks.prefixes().isEmpty() ? null : networks;
    }

    private static String said(YamlPart part, String key) {
        String text = part.text(key);
        if (text.isBlank()) {
            throw part.error(key, "'" + key + "' is empty: somebody has to answer for it");
        }
        return text;
    }

    private static LocalDate day(YamlPart part) {
        String text = part.text("until");
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw part.error("until", "'" + text + "' is no day; write it like 2027-01-31");
        }
    }

    /// The first that holds for a finding.
    public Optional<Suppression> of(Finding finding) {
        return all.stream().filter(one -> one.holds(finding)).findFirst();
    }
}
