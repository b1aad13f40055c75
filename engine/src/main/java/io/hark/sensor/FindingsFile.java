package io.hark.sensor;

import io.hark.event.Finding;
import io.hark.incident.Incident;
import io.hark.incident.Incidents;
import io.hark.schema.Addr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `findings.jsonl` of a case, a line a finding, its last revision; and `incidents.jsonl`, what
/// they come to.
final class FindingsFile {

    private static final String FINDINGS = "findings.jsonl";

    /// What only the line of a suppressed finding has: quotes inside of texts are escaped.
    private static final String SUPPRESSED = "\"suppressed\":{";

    private FindingsFile() {}

    /// Writes both anew; who reads them meanwhile has the old ones.
    static void write(
            Path dir,
            List<Finding> findings,
            Assessment assessment,
            Function<Addr, @Nullable String> names)
            throws IOException {
        lines(dir, FINDINGS, findings.stream().map(assessment::line).toList());
        incidents(dir, assessment.incidents(), names);
    }

    /// Adds what was found when the case was finished already: each takes the place of the one with
    /// its id, as the next revision of it. Answers them as they were written.
    static List<Finding> add(Path dir, List<Finding> late) throws IOException {
        CaseFindings before = CaseFindings.read(dir);
        Path file = dir.resolve(FINDINGS);
        List<String> raw = Files.exists(file) ? Files.readAllLines(file) : List.of();
        Map<String, String> lines = new LinkedHashMap<>();
        Map<String, Finding> open = new LinkedHashMap<>();
        for (int at = 0; at < raw.size(); at++) {
            Finding finding = before.findings().get(at);
            lines.put(finding.id(), raw.get(at));
            if (!raw.get(at).contains(SUPPRESSED)) {
                open.put(finding.id(), finding);
            }
        }
        List<Finding> written = new ArrayList<>();
        for (Finding finding : late) {
            Finding old = open.get(finding.id());
            Finding next = finding.after(old == null ? 0 : old.revision());
            lines.put(next.id(), FindingJson.line(next, null));
            open.put(next.id(), next);
            written.add(next);
        }
        Map<Addr, @Nullable String> names = new HashMap<>();
        open.values().forEach(finding -> names.put(finding.resp_h(), finding.host()));
        lines(dir, FINDINGS, List.copyOf(lines.values()));
        incidents(dir, Incidents.of(List.copyOf(open.values()), before.local()), names::get);
        return written;
    }

    private static void incidents(
            Path dir, List<Incident> incidents, Function<Addr, @Nullable String> names)
            throws IOException {
        lines(
                dir,
                "incidents.jsonl",
                incidents.stream().map(incident -> IncidentJson.line(incident, names)).toList());
    }

    private static void lines(Path dir, String name, List<String> lines) throws IOException {
        Path begun = dir.resolve(name + ".tmp");
        Files.write(begun, lines);
        Files.move(
                begun,
                dir.resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
