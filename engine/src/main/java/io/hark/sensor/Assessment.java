package io.hark.sensor;

import io.hark.engagement.Networks;
import io.hark.engagement.Suppression;
import io.hark.engagement.Suppressions;
import io.hark.event.Finding;
import io.hark.incident.Incident;
import io.hark.incident.Incidents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What findings amount to: those a person is told of, those suppressed, and the incidents that the
/// former make.
///
/// @param open findings that nothing suppresses, in the order they were first made
/// @param suppressed what suppresses the others, by their ids
/// @param incidents of those that are open, the worst first
public record Assessment(
        List<Finding> open, Map<String, Suppression> suppressed, List<Incident> incidents) {

    /// Of nothing.
    static final Assessment NONE = new Assessment(List.of(), Map.of(), List.of());

    /// Keeps its own copies.
    public Assessment {
        open = List.copyOf(open);
        suppressed = Map.copyOf(suppressed);
        incidents = List.copyOf(incidents);
    }

    /// Of these findings.
    ///
    /// @param local which networks are ours
    static Assessment of(List<Finding> findings, Networks local, Suppressions suppressions) {
        List<Finding> open = new ArrayList<>();
        Map<String, Suppression> suppressed = new LinkedHashMap<>();
        for (Finding finding : findings) {
            suppressions
                    .of(finding)
                    .ifPresentOrElse(
                            by -> suppressed.put(finding.id(), by), () -> open.add(finding));
        }
        return new Assessment(open, suppressed, Incidents.of(open, local));
    }

    /// A finding as a line of `findings.jsonl`.
    public String line(Finding finding) {
        return FindingJson.line(finding, suppressed.get(finding.id()));
    }
}
