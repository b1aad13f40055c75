package io.hark.report;

import static io.hark.report.Markup.n;

import io.hark.event.Finding;
import io.hark.incident.Incident;
import io.hark.incident.Incident.Member;
import io.hark.incident.Role;
import io.hark.schema.Addr;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Draws who did something to whom in an incident: a column for each role, an arrow for each pair.
///
/// @param matter what the page is about
/// @param incident which
record IncidentGraph(Matter matter, Incident incident) {

    private static final int MAX_NODES = 8; // of one role; the rest is told
    private static final int MAX_LABEL = 34;
    private static final double WIDTH = 960;
    private static final double[] COLUMNS = {150, 470, 790};
    private static final double TOP = 44;
    private static final double ROW = 42;

    private record Place(double x, double y) {}

    private record Ends(Addr from, Addr to) {}

    void write(Markup out, int rank) {
        Map<Addr, Place> places = new LinkedHashMap<>();
        int rows = 1;
        for (Role role : Role.values()) {
            List<Member> those = members(role);
            rows = Math.max(rows, Math.min(MAX_NODES + 1, those.size()));
        }
        for (Role role : Role.values()) {
            List<Member> those = members(role).stream().limit(MAX_NODES).toList();
            double y = TOP + (rows - those.size()) * ROW / 2;
            for (Member member : those) {
                places.put(member.host(), new Place(COLUMNS[role.ordinal()], y));
                y += ROW;
            }
        }
        Picture picture =
                new Picture(
                        out,
                        "incident-graph-" + rank,
                        "graph",
                        new Picture.Frame(0, WIDTH, TOP + rows * ROW),
                        "Who did something to whom",
                        Units.count(incident.hosts().size(), "host")
                                + "; the table below names what each finding is about.");
        for (Role role : Role.values()) {
            heading(picture, role);
        }
        edges().forEach((ends, findings) -> edge(picture, ends, findings, places));
        places.forEach((host, place) -> node(picture, host, place));
        picture.end();
    }

    private List<Member> members(Role role) {
        return incident.hosts().stream().filter(member -> member.role() == role).toList();
    }

    private void heading(Picture picture, Role role) {
        int all = members(role).size();
        if (all > 0) {
            String left = all > MAX_NODES ? ", " + MAX_NODES + " of " + all : "";
            picture.text(
                    COLUMNS[role.ordinal()],
                    16,
                    "cap strong mid",
                    role.name().toLowerCase(Locale.ROOT) + left);
        }
    }

    private Map<Ends, Integer> edges() {
        Map<Ends, Integer> edges = new LinkedHashMap<>();
        for (Finding finding : incident.findings()) {
            edges.merge(new Ends(finding.orig_h(), finding.resp_h()), 1, Integer::sum);
        }
        return edges;
    }

    private static void edge(Picture picture, Ends ends, int findings, Map<Addr, Place> places) {
        Place from = places.get(ends.from());
        Place to = places.get(ends.to());
        if (from == null || to == null || from.equals(to)) {
            return;
        }
        double out = from.x() <= to.x() ? 1 : -1;
        double in = from.x() < to.x() ? -1 : 1;
        double x1 = from.x() + out * 8;
        double x2 = to.x() + in * 14;
        double far = from.x() == to.x() ? 120 : 110;
        picture.group(
                "edge hot",
                ends.from() + " → " + ends.to() + ": " + Units.count(findings, "finding"));
        String way =
                "M%s %sC%s %s %s %s %s %s"
                        .formatted(
                                n(x1),
                                n(from.y()),
                                n(x1 + out * far),
                                n(from.y()),
                                n(x2 + in * far),
                                n(to.y()),
                                n(x2),
                                n(to.y()));
        picture.markup()
                .empty(
                        "path",
                        "d",
                        way,
                        "stroke-width",
                        n(Math.min(6, 1.4 + Math.log(findings))),
                        "class",
                        "way");
        picture.path(
                "M" + n(x2 - in * 6) + " " + n(to.y()) + "l" + n(in * 8) + " -3.6v7.2z", "head");
        picture.endGroup();
    }

    private void node(Picture picture, Addr host, Place place) {
        String name = matter.name(host);
        picture.group("node", host + (name == null ? "" : " " + name));
        picture.circle(place.x(), place.y(), 4.5, "spot");
        picture.text(place.x(), place.y() - 9, "lab mid", host.toString());
        if (name != null) {
            picture.text(place.x(), place.y() + 17, "tick mid", Markup.cut(name, MAX_LABEL));
        }
        picture.endGroup();
    }
}
