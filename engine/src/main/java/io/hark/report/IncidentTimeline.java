package io.hark.report;

import static io.hark.report.Markup.n;

import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.incident.Incident;
import java.util.List;

/// Draws when the findings of an incident happened: a lane each, the first above.
///
/// @param incident which
record IncidentTimeline(Incident incident) {

    private static final int MAX_LANES = 14;
    private static final double WIDTH = 960;
    private static final double LEFT = 12;
    private static final double RIGHT = 948;
    private static final double AXIS = 16;
    private static final double LANE = 27;
    private static final double LATE = 0.62; // of the width: from there labels stand to the left
    private static final long LEAST_NANOS = 1_000_000_000L; // a moment is drawn as a second

    void write(Markup out, int rank) {
        List<Finding> shown = incident.findings().stream().limit(MAX_LANES).toList();
        double height = AXIS + 12 + shown.size() * LANE;
        Picture picture =
                new Picture(
                        out,
                        "incident-time-" + rank,
                        "time",
                        new Picture.Frame(0, WIDTH, height),
                        "What happened when",
                        Units.count(incident.findings().size(), "finding")
                                + " from "
                                + Units.time(incident.first())
                                + " to "
                                + Units.time(incident.last())
                                + " UTC; the table below names them.");
        for (Axis.Tick tick : Axis.times(incident.first(), to(), 8)) {
            picture.line(x(tick.at()), AXIS + 4, x(tick.at()), height - 6, "grid dim");
            boolean isAtEdge = x(tick.at()) > RIGHT - 40;
            picture.text(x(tick.at()), AXIS - 4, isAtEdge ? "tick end" : "tick", tick.label());
        }
        double y = AXIS + 6;
        for (Finding finding : shown) {
            lane(picture, finding, y);
            y += LANE;
        }
        picture.end();
        if (incident.findings().size() > MAX_LANES) {
            Table.more(
                    out,
                    Units.count(incident.findings().size() - MAX_LANES, "later finding"),
                    "the table below has more of them");
        }
    }

    private long to() {
        return Math.max(incident.last(), incident.first() + LEAST_NANOS);
    }

    private double x(long nanos) {
        double share = (nanos - incident.first()) / (double) (to() - incident.first());
        return LEFT + Math.clamp(share, 0, 1) * (RIGHT - LEFT);
    }

    private void lane(Picture picture, Finding finding, double y) {
        double begin = x(finding.first());
        double end = Math.max(x(finding.last()), begin + 3);
        boolean isBad = finding.severity().compareTo(Severity.HIGH) >= 0;
        picture.group(isBad ? "lane hot" : "lane", Markup.cut(finding.title(), 200));
        picture.path(
                "M%s %sv7M%s %sH%sM%s %sv7"
                        .formatted(
                                n(begin),
                                n(y + 12),
                                n(begin),
                                n(y + 15.5),
                                n(end),
                                n(end),
                                n(y + 12)),
                "span");
        boolean late = begin > WIDTH * LATE;
        picture.text(
                late ? end : begin,
                y + 9,
                late ? "lab end" : "lab",
                Markup.cut(finding.title(), 90));
        picture.endGroup();
    }
}
