package io.hark.incident;

import io.hark.engagement.Networks;
import io.hark.event.Finding;
import io.hark.incident.Incident.Member;
import io.hark.schema.Addr;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who played which role, by who opened connections to whom, for what, and who is one of ours.
///
/// Of ours, who calls out to be led is a foothold; who is called for that, and was not attacked,
/// leads (an operator inside, as in a laboratory); who attacks is a foothold; the rest are victims.
/// Outside, who attacks or is called to lead is an operator, and who was only attacked a victim.
/// Where nobody is one of ours (a capture of foreign networks), all are taken for ours.
///
/// *Thread*: one owner.
final class Roles {

    /// Techniques of a finding whose hosts gave something away rather than did something.
    private static final Set<String> EXPOSED = Set.of("T1040", "T1552", "T1600");

    private enum Did {
        ATTACKED,
        WAS_ATTACKED,
        CALLED_OUT,
        WAS_CALLED,
        WAS_EXPOSED
    }

    private final Networks local;
    private final Map<Addr, EnumSet<Did>> deeds = new LinkedHashMap<>();
    private boolean isAnyOurs;

    Roles(Networks local, List<Finding> findings) {
        this.local = local;
        findings.forEach(this::add);
    }

    private void add(Finding finding) {
        boolean exposed =
                !finding.techniques().isEmpty()
                        && EXPOSED.contains(finding.techniques().getFirst());
        if (exposed) {
            note(finding.orig_h(), Did.WAS_EXPOSED);
            note(finding.resp_h(), Did.WAS_EXPOSED);
        } else if (!isCallOut(finding)) {
            note(finding.orig_h(), Did.ATTACKED);
            note(finding.resp_h(), Did.WAS_ATTACKED);
        } else if (!local.isLocal(finding.orig_h()) && local.isLocal(finding.resp_h())) {
            note(finding.orig_h(), Did.WAS_CALLED); // led from outside: the same, the other way
            note(finding.resp_h(), Did.CALLED_OUT);
        } else {
            note(finding.orig_h(), Did.CALLED_OUT);
            note(finding.resp_h(), Did.WAS_CALLED);
        }
    }

    /// Whether the caller is led, or takes something out; who fetches a tool is led, whatever made
    /// it fetch.
    private static boolean isCallOut(Finding finding) {
        return switch (Tactic.of(finding)) {
            case COMMAND_AND_CONTROL, EXFILTRATION -> true;
            default -> finding.techniques().contains("T1105");
        };
    }

    private void note(Addr host, Did what) {
        if (!host.isGroupOrNobody()) {
            deeds.computeIfAbsent(host, _ -> EnumSet.noneOf(Did.class)).add(what);
            isAnyOurs |= local.isLocal(host);
        }
    }

    private Role role(Addr host, Set<Did> did) {
        if (isAnyOurs && !local.isLocal(host)) {
            return did.contains(Did.ATTACKED) || did.contains(Did.WAS_CALLED)
                    ? Role.OPERATOR
                    : Role.VICTIM;
        }
        if (did.contains(Did.CALLED_OUT)) {
            return Role.FOOTHOLD;
        }
        if (did.contains(Did.WAS_CALLED) && !did.contains(Did.WAS_ATTACKED)) {
            return Role.OPERATOR;
        }
        return did.contains(Did.ATTACKED) ? Role.FOOTHOLD : Role.VICTIM;
    }

    /// All of them, operators first, then in the order they came.
    List<Member> members() {
        return deeds.entrySet().stream()
                .map(entry -> new Member(entry.getKey(), role(entry.getKey(), entry.getValue())))
                .sorted(Comparator.comparing(Member::role))
                .toList();
    }
}
