package io.hark.detect.windows;

import io.hark.Trail;
import io.hark.event.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Something that a host does at another, and what it says of its intent.
///
/// @param name how events call it, or how that begins: `svcctl CreateService`
/// @param told in words, after "it": `makes a service`
/// @param severity what it is worth by itself
/// @param techniques ATT&CK ids, the plainest first
record Act(String name, String told, Severity severity, List<String> techniques) {

    static Act of(String name, String told, Severity severity, String... techniques) {
        return new Act(name, told, severity, List.of(techniques));
    }

    /// The acts of a table, in its order, that were seen.
    static List<Act> seen(List<Act> table, Trail trail) {
        return table.stream().filter(act -> trail.has(act.name)).toList();
    }

    /// Whether what events call so is in the table.
    static boolean isAny(List<Act> table, String name) {
        for (Act act : table) {
            if (name.startsWith(act.name)) {
                return true;
            }
        }
        return false;
    }

    /// The severity of the worst.
    static Severity worst(List<Act> acts) {
        return acts.stream().map(Act::severity).max(Comparator.naturalOrder()).orElse(Severity.LOW);
    }

    /// The techniques of all, those of the worst acts first.
    static List<String> techniques(List<Act> acts) {
        List<String> ids = new ArrayList<>();
        acts.stream()
                .sorted(Comparator.comparing(Act::severity).reversed())
                .forEach(act -> ids.addAll(act.techniques));
        return ids;
    }

    /// What was done, in words, the worst first, with how often.
    static List<String> told(List<Act> acts, Trail trail) {
        return acts.stream()
                .sorted(Comparator.comparing(Act::severity).reversed())
                .map(act -> act.told + times(trail.count(act.name)))
                .distinct()
                .toList();
    }

    private static String times(long count) {
        return count == 1 ? "" : " (" + count + " times)";
    }
}
