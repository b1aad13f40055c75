package io.hark.cli;

import static io.hark.cli.Page.Look.CYAN;
import static io.hark.cli.Page.Look.FAINT;
import static io.hark.cli.Page.Look.PLAIN;
import static io.hark.cli.Page.Look.RED;
import static io.hark.cli.Page.Look.STRONG;
import static io.hark.cli.Page.Look.YELLOW;

import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.incident.Incident;
import io.hark.incident.Incident.Member;
import io.hark.incident.Link;
import io.hark.incident.Role;
import io.hark.report.Units;
import io.hark.sensor.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/// What `hark analyze` tells a person about incidents and findings: each incident, its worst
/// finding whole, the others a line each; then the low findings that belong to none.
///
/// @param page where it is written
/// @param command how the user calls us
/// @param outcome of the run
record FindingPages(Page page, String command, Outcome outcome) {

    private static final int MAX_INCIDENTS = 6; // more than a screen is not read
    private static final int MAX_STEPS = 8; // of one incident
    private static final int MAX_LOW = 8;
    private static final int MAX_HOSTS = 3; // of one role
    private static final int SHORT_ID = 6; // of an id: enough to tell some thousand apart
    private static final int INDENT = 2;
    private static final int UNDER = INDENT + 10; // under the title, behind the severity

    void write() {
        List<Finding> findings = outcome.summary().assessment().open();
        int suppressed = outcome.summary().assessment().suppressed().size();
        if (findings.isEmpty()) {
            page.heading(
                    "FINDINGS",
                    suppressed == 0
                            ? "none: no detector of this build fired"
                            : "none to tell of; " + suppressed + " suppressed");
            return;
        }
        List<Incident> incidents = outcome.summary().assessment().incidents();
        if (!incidents.isEmpty()) {
            page.heading("INCIDENTS", incidents.size() + ", the worst first");
            incidents.stream().limit(MAX_INCIDENTS).forEach(this::incident);
            more(incidents.size() - MAX_INCIDENTS, "incidents.jsonl");
        }
        List<Finding> others = others(findings, incidents);
        if (!others.isEmpty()) {
            page.heading(
                    "FINDINGS",
                    others.size()
                            + " of low severity"
                            + (incidents.isEmpty() ? "" : " that belong to no incident"));
            others.stream().limit(MAX_LOW).forEach(f -> low(f, incidents.isEmpty()));
            more(others.size() - MAX_LOW, "findings.jsonl");
        }
        if (suppressed > 0) {
            page.text(
                    INDENT,
                    FAINT,
                    Units.count(suppressed, "finding") + " suppressed, marked in findings.jsonl");
        }
    }

    /// One of low severity: whole where nothing worse is there to be read.
    private void low(Finding f, boolean whole) {
        page.labelled(INDENT, look(f.severity()), word(f.severity()) + "  ", STRONG, f.title());
        if (whole) {
            finding(f);
        }
    }

    private void more(int left, String file) {
        if (left > 0) {
            page.text(
                    INDENT,
                    FAINT,
                    left
                            + (outcome.out() == null
                                    ? " more; --json has all of them"
                                    : " more in " + file));
        }
    }

    private static List<Finding> others(List<Finding> findings, List<Incident> incidents) {
        Set<String> told = new HashSet<>();
        for (Incident incident : incidents) {
            incident.findings().forEach(f -> told.add(f.id()));
            incident.minor().forEach(f -> told.add(f.id()));
        }
        return findings.stream()
                .filter(f -> !told.contains(f.id()))
                .sorted(Finding.WORST_FIRST)
                .toList();
    }

    // ---- one incident

    private void incident(Incident incident) {
        page.labelled(
                INDENT,
                look(incident.severity()),
                word(incident.severity()) + "  ",
                STRONG,
                incident.title());
        Finding worst = incident.findings().stream().min(Finding.WORST_FIRST).orElseThrow();
        if (incident.findings().size() > 1) {
            page.text(
                    UNDER,
                    PLAIN,
                    "%s to %s; %s"
                            .formatted(
                                    Units.time(incident.first()),
                                    Units.until(incident.first(), incident.last()),
                                    who(incident)));
            page.text(UNDER, FAINT, incident.why());
            steps(incident);
            page.text(UNDER, FAINT, "the worst of them:");
        }
        finding(worst);
        Path dir = outcome.out();
        if (dir != null && incident.findings().size() > 1) {
            String id = incident.id().substring(0, SHORT_ID);
            String explain = "hark explain DIR --incident " + id;
            page.whole(UNDER, CYAN, NextSteps.here(explain, command, dir));
        }
        if (!incident.minor().isEmpty()) {
            page.text(
                    UNDER,
                    FAINT,
                    "besides, "
                            + Units.count(incident.minor().size(), "low finding")
                            + " of its hosts: "
                            + incident.minor().getFirst().title()
                            + (incident.minor().size() > 1 ? " …" : ""));
        }
    }

    private String who(Incident incident) {
        List<String> parts = new ArrayList<>();
        for (Role role : Role.values()) {
            List<Member> those =
                    incident.hosts().stream().filter(member -> member.role() == role).toList();
            if (!those.isEmpty()) {
                parts.add(
                        role.name().toLowerCase(Locale.ROOT)
                                + " "
                                + those.stream()
                                        .limit(MAX_HOSTS)
                                        .map(member -> named(member))
                                        .collect(Collectors.joining(", "))
                                + (those.size() > MAX_HOSTS
                                        ? " and " + (those.size() - MAX_HOSTS) + " more"
                                        : ""));
            }
        }
        return String.join("; ", parts);
    }

    private String named(Member member) {
        return Hosts.shown(member.host(), Hosts.label(outcome.summary().hostName(member.host())));
    }

    private void steps(Incident incident) {
        for (Finding step : incident.findings().stream().limit(MAX_STEPS).toList()) {
            String linked =
                    incident.links().stream()
                            .filter(link -> link.to().equals(step.id()))
                            .map(Link::reason)
                            .map(reason -> " (" + reason.words() + ")")
                            .findFirst()
                            .orElse("");
            page.labelled(
                    UNDER,
                    look(step.severity()),
                    Units.clock(step.first()) + " " + word(step.severity()) + "  ",
                    PLAIN,
                    step.title() + linked);
        }
        int left = incident.findings().size() - MAX_STEPS;
        if (left > 0) {
            page.text(UNDER, FAINT, left + " more");
        }
    }

    // ---- one finding

    private void finding(Finding f) {
        String name =
                f.host() == null ? Hosts.label(outcome.summary().hostName(f.resp_h())) : f.host();
        page.text(
                UNDER,
                PLAIN,
                "%s → %s%s, %s to %s"
                        .formatted(
                                Hosts.shown(
                                        f.orig_h(),
                                        Hosts.label(outcome.summary().hostName(f.orig_h()))),
                                Hosts.shown(f.resp_h(), name),
                                f.resp_p() == null ? "" : " port " + f.resp_p(),
                                Units.time(f.first()),
                                Units.until(f.first(), f.last())));
        page.text(UNDER, PLAIN, f.why());
        StringJoiner tags = new StringJoiner(" · ");
        tags.add("confidence " + String.format(Locale.ROOT, "%.2f", f.confidence()));
        f.techniques().forEach(tags::add);
        if (!f.engage().isEmpty()) {
            tags.add(
                    "Engage "
                            + f.engage().stream()
                                    .map(Finding.Engage::activity)
                                    .distinct()
                                    .collect(Collectors.joining(" ")));
        }
        page.text(UNDER, FAINT, tags.toString());
        if (!f.engage().isEmpty()) {
            page.text(UNDER, FAINT, "you can use it: " + f.engage().getFirst().opportunity());
        }
        Path dir = outcome.out();
        if (dir != null && Files.isDirectory(dir.resolve("events"))) { // what they read
            for (String next : f.next()) {
                page.whole(UNDER, CYAN, NextSteps.here(next, command, dir));
            }
        }
    }

    /// A severity, padded to the longest.
    static String word(Severity severity) {
        return String.format(Locale.ROOT, "%-8s", severity);
    }

    /// How a severity looks.
    static Page.Look look(Severity severity) {
        return switch (severity) {
            case LOW -> PLAIN;
            case MEDIUM -> YELLOW;
            case HIGH, CRITICAL -> RED;
        };
    }
}
