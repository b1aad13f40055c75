package io.hark.cli;

import io.hark.UserError;
import io.hark.engagement.Suppressions;
import io.hark.event.Finding;
import io.hark.incident.Incident;
import io.hark.incident.Incidents;
import io.hark.incident.Link;
import io.hark.incident.Tactic;
import io.hark.report.Units;
import io.hark.sensor.CaseFindings;
import io.hark.sensor.IncidentJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Why an incident is one: its findings in order with what joins each, and how sure the whole is.
final class IncidentPage {

    private static final int INDENT = 2;

    private IncidentPage() {}

    /// Tells it.
    ///
    /// @param id its id, or the beginning of it
    static String told(
            Terminal terminal, Path dir, String id, Suppressions suppressions, boolean json) {
        CaseFindings held = CaseFindings.read(dir);
        List<Finding> open =
                held.findings().stream().filter(f -> suppressions.of(f).isEmpty()).toList();
        List<Incident> found =
                Incidents.of(open, held.local()).stream()
                        .filter(incident -> incident.id().startsWith(id))
                        .toList();
        if (found.size() != 1) {
            throw new UserError(
                    (found.isEmpty() ? "no incident" : "more than one incident")
                            + " of "
                            + dir
                            + " begins with '"
                            + id
                            + "'; incidents.jsonl has their ids");
        }
        return json
                ? IncidentJson.line(found.getFirst(), _ -> null) + "\n"
                : page(terminal, found.getFirst());
    }

    private static String page(Terminal terminal, Incident incident) {
        Page page = new Page(terminal.columns(), terminal.isColoured());
        page.heading(incident.severity() + "  " + incident.title(), incident.id());
        page.text(INDENT, Page.Look.PLAIN, incident.why());
        List<List<String>> hosts = new ArrayList<>();
        hosts.add(List.of("host", "role"));
        incident.hosts()
                .forEach(
                        member ->
                                hosts.add(
                                        List.of(
                                                member.host().toString(),
                                                member.role().name().toLowerCase(Locale.ROOT))));
        page.table(INDENT, hosts, List.of(), 0);
        for (Finding f : incident.findings()) {
            page.labelled(
                    INDENT,
                    FindingPages.look(f.severity()),
                    Units.time(f.first()) + " " + FindingPages.word(f.severity()) + "  ",
                    Page.Look.PLAIN,
                    f.title());
            page.text(
                    INDENT * 2,
                    Page.Look.FAINT,
                    String.format(
                            Locale.ROOT,
                            "%s, %.2f sure, by %s%s",
                            Tactic.of(f).words(),
                            f.confidence(),
                            f.detector(),
                            because(incident, f)));
        }
        return page.toString();
    }

    private static String because(Incident incident, Finding step) {
        for (Link link : incident.links()) {
            if (link.to().equals(step.id())) {
                return "; it " + link.reason().words() + ": " + link.what();
            }
        }
        return "";
    }
}
