package io.hark.incident;

import io.hark.event.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// What an adversary is after: the tactics of ATT&CK for enterprises, in the order in which an
/// intrusion usually goes through them.
///
/// *Source*: MITRE ATT&CK. A technique that serves several tactics stands in `tactics.tsv` under
/// the one that it serves where traffic shows it.
public enum Tactic {
    /// Looks for a way in.
    RECONNAISSANCE("TA0043"),
    /// Makes or buys what it will use.
    RESOURCE_DEVELOPMENT("TA0042"),
    /// Gets in.
    INITIAL_ACCESS("TA0001"),
    /// Runs its own code.
    EXECUTION("TA0002"),
    /// Sees to it that it stays.
    PERSISTENCE("TA0003"),
    /// Gets more rights.
    PRIVILEGE_ESCALATION("TA0004"),
    /// Hides.
    DEFENSE_EVASION("TA0005"),
    /// Takes passwords, tickets, keys.
    CREDENTIAL_ACCESS("TA0006"),
    /// Looks around.
    DISCOVERY("TA0007"),
    /// Goes on to other hosts.
    LATERAL_MOVEMENT("TA0008"),
    /// Gathers what it came for.
    COLLECTION("TA0009"),
    /// Is told what to do.
    COMMAND_AND_CONTROL("TA0011"),
    /// Takes it away.
    EXFILTRATION("TA0010"),
    /// Breaks things.
    IMPACT("TA0040"),
    /// A technique that the table does not have.
    UNKNOWN("");

    private static final Map<String, Tactic> OF_TECHNIQUES = read();

    private final String id;

    Tactic(String id) {
        this.id = id;
    }

    /// Its id in ATT&CK; empty for [#UNKNOWN].
    public String id() {
        return id;
    }

    /// Its name in lower case: `command and control`.
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// The tactic of a technique, or of the one that it is a part of.
    public static Tactic of(String technique) {
        int dot = technique.indexOf('.');
        Tactic exact = OF_TECHNIQUES.get(technique);
        if (exact != null) {
            return exact;
        }
        return dot < 0 ? UNKNOWN : OF_TECHNIQUES.getOrDefault(technique.substring(0, dot), UNKNOWN);
    }

    /// The tactic of a finding: that of the technique it names first, the plainest.
    public static Tactic of(Finding finding) {
        return finding.techniques().isEmpty() ? UNKNOWN : of(finding.techniques().getFirst());
    }

    private static Map<String, Tactic> read() {
        Map<String, Tactic> tactics = new HashMap<>();
        String name = "tactics.tsv";
        try (InputStream in =
                Objects.requireNonNull(Tactic.class.getResourceAsStream(name), name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.split("\n")) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    String[] row = line.split("\t");
                    for (String technique : row[1].split(" ")) {
                        tactics.put(technique, Tactic.valueOf(row[0]));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(tactics);
    }
}
