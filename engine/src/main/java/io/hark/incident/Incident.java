package io.hark.incident;

import io.hark.event.Finding;
import io.hark.event.Finding.Engage;
import io.hark.event.Finding.Severity;
import io.hark.schema.Addr;
import java.util.List;

/// Findings of one actor: what happened, to whom, in which order.
///
/// *Units*: nanoseconds since 1970 UTC. *Thread*: immutable, any thread.
///
/// @param id stable: the same findings, the same id
/// @param title one line
/// @param why how severity and confidence came about
/// @param severity that of the worst finding; one more where findings are of three tactics or more
/// @param confidence that there is something to it, from 0 to 1
/// @param hosts who took part, operators first
/// @param findings of medium severity and more, by time: its timeline
/// @param minor low findings of the same hosts, by time; they count for nothing
/// @param links why each finding belongs to it: one link fewer than findings
/// @param techniques ATT&CK ids in the order of their tactics
/// @param engage what MITRE Engage says it exposes, each row once
public record Incident(
        String id,
        String title,
        String why,
        Severity severity,
        double confidence,
        List<Member> hosts,
        List<Finding> findings,
        List<Finding> minor,
        List<Link> links,
        List<String> techniques,
        List<Engage> engage) {

    /// A host and its role.
    public record Member(Addr host, Role role) {}

    /// Keeps its own copies.
    public Incident {
        hosts = List.copyOf(hosts);
        findings = List.copyOf(findings);
        minor = List.copyOf(minor);
        links = List.copyOf(links);
        techniques = List.copyOf(techniques);
        engage = List.copyOf(engage);
    }

    /// When it began.
    public long first() {
        return findings.stream().mapToLong(Finding::first).min().orElse(0);
    }

    /// When it was last seen.
    public long last() {
        return findings.stream().mapToLong(Finding::last).max().orElse(0);
    }

    /// The tactics of its techniques, in order, each once.
    public List<Tactic> tactics() {
        return techniques.stream().map(Tactic::of).distinct().toList();
    }
}
