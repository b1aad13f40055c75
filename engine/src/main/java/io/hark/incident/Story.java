package io.hark.incident;

import io.hark.bytes.Digests;
import io.hark.engagement.Networks;
import io.hark.event.Finding;
import io.hark.event.Finding.Engage;
import io.hark.event.Finding.Severity;
import io.hark.incident.Incident.Member;
import io.hark.schema.Addr;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What findings of one actor amount to: title, severity, confidence, parts.
///
/// Findings of one tactic are evidence of the same kind: a beacon, its odd certificate and its long
/// connection are three views of one channel. So of each tactic the surest counts, and what several
/// tactics say is put together as if they were independent: one less the product of their doubts.
///
/// @param findings of medium severity and more, by time; at least one
/// @param local which networks are ours
record Story(List<Finding> findings, Networks local) {

    /// Tactics that make a matter of medium findings a serious one: chance findings seldom add up
    /// to an intrusion's way.
    private static final int MANY_TACTICS = 3;

    private static final double MOST = 0.99; // nothing here is proof

    private static final int MAX_ENGAGE = 6; // rows that a person reads
    private static final int MAX_TITLE_TACTICS = 4;
    private static final int ID_OCTETS = 10; // 80 bits, as of a finding

    /// The incident.
    ///
    /// @param minor low findings counted to it
    /// @param links why its findings belong together
    Incident told(List<Finding> minor, List<Link> links) {
        Map<Tactic, Double> surest = surest();
        Severity severity = severity(surest.size());
        List<Member> hosts = hosts();
        return new Incident(
                id(),
                title(hosts, surest),
                why(surest, severity),
                severity,
                confidence(surest),
                hosts,
                findings,
                minor,
                links,
                techniques(),
                engage());
    }

    private String id() {
        String name = "incident|" + findings.getFirst().id();
        byte[] digest = Digests.sha256(name.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, ID_OCTETS);
    }

    // ---- how bad, how sure

    private Map<Tactic, Double> surest() {
        Map<Tactic, Double> surest = new EnumMap<>(Tactic.class);
        findings.forEach(f -> surest.merge(Tactic.of(f), f.confidence(), Math::max));
        return surest;
    }

    private static double confidence(Map<Tactic, Double> surest) {
        double doubt = 1;
        for (double sure : surest.values()) {
            doubt *= 1 - sure;
        }
        return Math.round(Math.min(MOST, 1 - doubt) * 1000) / 1000.0;
    }

    private Severity worst() {
        return findings.stream()
                .map(Finding::severity)
                .max(Comparator.naturalOrder())
                .orElse(Severity.MEDIUM);
    }

    private Severity severity(int tactics) {
        Severity worst = worst();
        return worst == Severity.MEDIUM && tactics >= MANY_TACTICS ? Severity.HIGH : worst;
    }

    private String why(Map<Tactic, Double> surest, Severity severity) {
        String parts =
                surest.entrySet().stream()
                        .map(
                                one ->
                                        String.format(
                                                Locale.ROOT,
                                                "%s %.2f",
                                                one.getKey().words(),
                                                one.getValue()))
                        .collect(Collectors.joining(", "));
        String raised =
                severity == worst()
                        ? ""
                        : " Findings of "
                                + surest.size()
                                + " tactics make it "
                                + severity.name().toLowerCase(Locale.ROOT)
                                + ".";
        return String.format(
                        Locale.ROOT,
                        "Confidence %.2f from %s; findings of one tactic count once.",
                        confidence(surest),
                        parts)
                + raised;
    }

    // ---- who

    private List<Member> hosts() {
        return new Roles(local, findings).members();
    }

    private static String some(List<Member> hosts, Role role) {
        List<Addr> those =
                hosts.stream().filter(host -> host.role() == role).map(Member::host).toList();
        return switch (those.size()) {
            case 0 -> "";
            case 1 -> those.getFirst().toString();
            default -> those.getFirst() + " and " + (those.size() - 1) + " more";
        };
    }

    private String title(List<Member> hosts, Map<Tactic, Double> surest) {
        if (findings.size() == 1) {
            return findings.getFirst().title();
        }
        String operators = some(hosts, Role.OPERATOR);
        String footholds = some(hosts, Role.FOOTHOLD);
        String victims = some(hosts, Role.VICTIM);
        boolean isTold = surest.containsKey(Tactic.COMMAND_AND_CONTROL);
        String title;
        if (footholds.isEmpty()) {
            title =
                    operators.isEmpty()
                            ? victims + " exposed"
                            : operators + (victims.isEmpty() ? "" : " against " + victims);
        } else {
            String led = isTold ? " led by " : " with ";
            title =
                    footholds
                            + (operators.isEmpty() ? "" : led + operators)
                            + (victims.isEmpty() ? "" : " against " + victims);
        }
        String tactics =
                surest.keySet().stream()
                        .filter(tactic -> tactic != Tactic.UNKNOWN)
                        .limit(MAX_TITLE_TACTICS)
                        .map(Tactic::words)
                        .collect(Collectors.joining(", "));
        return title + (tactics.isEmpty() ? "" : ": " + tactics);
    }

    // ---- in the words of ATT&CK and Engage

    private List<String> techniques() {
        return findings.stream()
                .flatMap(f -> f.techniques().stream())
                .distinct()
                .sorted(
                        Comparator.comparing((String id) -> Tactic.of(id))
                                .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /// Rows of the worst findings first, each pair of activity and vulnerability once.
    private List<Engage> engage() {
        List<Engage> rows = new ArrayList<>();
        List<Finding> worstFirst =
                findings.stream()
                        .sorted(Comparator.comparing(Finding::severity).reversed())
                        .toList();
        for (Finding finding : worstFirst) {
            for (Engage row : finding.engage()) {
                boolean isNew =
                        rows.stream()
                                .noneMatch(
                                        known ->
                                                known.activity().equals(row.activity())
                                                        && known.vulnerability()
                                                                .equals(row.vulnerability()));
                if (isNew && rows.size() < MAX_ENGAGE) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }
}
