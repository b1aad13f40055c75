package io.hark.report;

import io.hark.event.Finding;
import io.hark.incident.Incident;
import io.hark.incident.Incident.Member;
import io.hark.incident.Link;
import io.hark.incident.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The incidents, the worst first: who played which role, what happened when, and why each finding
/// is counted to it; with a timeline and a graph.
///
/// @param matter what the page is about
/// @param knowledge what ids stand for
record IncidentCards(Matter matter, Knowledge knowledge) implements Part {

    private static final int MAX_WHOLE = 5; // more than is read with care
    private static final int MAX_BRIEF = 40; // in a table behind them
    private static final int MAX_STEPS = 24; // of one incident
    private static final int MAX_HOSTS = 12; // of one role
    private static final int MAX_TECHNIQUES = 16;

    @Override
    public String id() {
        return "incidents";
    }

    @Override
    public String title() {
        return "Incidents";
    }

    @Override
    public String amount() {
        return Units.count(incidents().size());
    }

    /// Incidents of one finding alone are told by that finding.
    @Override
    public boolean isThere() {
        return incidents().stream().anyMatch(incident -> incident.findings().size() > 1);
    }

    private List<Incident> incidents() {
        return matter.summary().assessment().incidents();
    }

    @Override
    public void write(Markup out) {
        int whole = 0;
        List<Incident> brief = new ArrayList<>();
        for (Incident incident : incidents()) {
            if (incident.findings().size() > 1 && whole < MAX_WHOLE) {
                card(out, incident, whole);
                whole++;
            } else {
                brief.add(incident);
            }
        }
        if (!brief.isEmpty()) {
            brief(out, brief);
        }
    }

    private void card(Markup out, Incident incident, int rank) {
        String severity = incident.severity().name().toLowerCase(Locale.ROOT);
        out.open("article", "class", "finding " + severity, "id", "incident-" + (rank + 1));
        out.open("h3").with("span", severity, "class", "sev " + severity).text(" ");
        out.strange(incident.title(), 240).close("h3");
        out.open("p", "class", "who")
                .text(
                        Units.time(incident.first())
                                + " to "
                                + Units.until(incident.first(), incident.last()))
                .text(String.format(Locale.ROOT, " · confidence %.2f", incident.confidence()))
                .close("p");
        out.open("p", "class", "why").strange(incident.why(), Markup.MAX_TEXT).close("p");
        new IncidentTimeline(incident).write(out, rank);
        new IncidentGraph(matter, incident).write(out, rank);
        out.open("div", "class", "cols");
        hosts(out, incident);
        meaning(out, incident);
        out.close("div");
        steps(out, incident);
        out.close("article");
    }

    private void hosts(Markup out, Incident incident) {
        out.open("div").with("h4", "Who").open("dl", "class", "meaning");
        for (Role role : Role.values()) {
            List<Member> those =
                    incident.hosts().stream().filter(member -> member.role() == role).toList();
            if (!those.isEmpty()) {
                out.with("dt", role.name().toLowerCase(Locale.ROOT)).open("dd");
                those.stream()
                        .limit(MAX_HOSTS)
                        .forEach(
                                member -> {
                                    out.open("span", "class", "sub");
                                    matter.host(out, member.host());
                                    out.close("span");
                                });
                if (those.size() > MAX_HOSTS) {
                    out.with(
                            "span",
                            Units.count(those.size() - MAX_HOSTS) + " more",
                            "class",
                            "sub quiet");
                }
                out.close("dd");
            }
        }
        out.close("dl").close("div");
    }

    private void meaning(Markup out, Incident incident) {
        out.open("div").with("h4", "What it means").open("dl", "class", "meaning");
        for (String id : incident.techniques().stream().limit(MAX_TECHNIQUES).toList()) {
            out.open("dt").with("span", id, "class", "id").close("dt");
            out.with("dd", knowledge.name(id));
        }
        for (Finding.Engage row : incident.engage()) {
            out.open("dt").with("span", row.vulnerability(), "class", "id engage").close("dt");
            out.open("dd").strange(row.opportunity(), 400);
            out.with("span", row.activity() + " " + knowledge.name(row.activity()), "class", "sub");
            out.close("dd");
        }
        out.close("dl").close("div");
    }

    private void steps(Markup out, Incident incident) {
        Table table =
                new Table(out, "Steps", "when", "severity", "finding", "belongs to it, as it");
        for (Finding f : incident.findings().stream().limit(MAX_STEPS).toList()) {
            String severity = FindingCards.severity(f);
            table.row()
                    .time(Units.time(f.first()))
                    .cell(cell -> cell.with("span", severity, "class", "sev " + severity))
                    .cell(cell -> finding(cell, f))
                    .cell(cell -> cell.text(reason(incident, f)));
        }
        table.end();
        int left = incident.findings().size() - MAX_STEPS;
        if (left > 0) {
            Table.more(out, Units.count(left, "more finding"), "incidents.jsonl has all of them");
        }
    }

    private static String reason(Incident incident, Finding step) {
        return incident.links().stream()
                .filter(link -> link.to().equals(step.id()))
                .findFirst()
                .map(Link::reason)
                .map(Link.Reason::words)
                .orElse("");
    }

    private void finding(Markup cell, Finding f) {
        int rank = matter.findings().indexOf(f);
        if (rank >= 0 && rank < FindingCards.MAX_WHOLE) { // the others may not have a place
            cell.open("a", "href", "#" + FindingCards.anchor(rank));
            cell.strange(f.title(), 120).close("a");
        } else {
            cell.strange(f.title(), 120);
        }
    }

    private static void brief(Markup out, List<Incident> incidents) {
        Table table =
                new Table(out, "Further incidents", "severity", "incident", "#findings", "from");
        for (Incident incident : incidents.stream().limit(MAX_BRIEF).toList()) {
            String severity = incident.severity().name().toLowerCase(Locale.ROOT);
            table.row()
                    .cell(cell -> cell.with("span", severity, "class", "sev " + severity))
                    .cell(cell -> cell.strange(incident.title(), 160))
                    .number(Units.count(incident.findings().size()))
                    .time(Units.time(incident.first()));
        }
        table.end();
        if (incidents.size() > MAX_BRIEF) {
            Table.more(
                    out,
                    Units.count(incidents.size() - MAX_BRIEF, "more incident"),
                    "incidents.jsonl has all of them");
        }
    }
}
