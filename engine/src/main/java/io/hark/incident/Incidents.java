package io.hark.incident;

import io.hark.engagement.Networks;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.incident.Link.Reason;
import io.hark.schema.Addr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/// Puts findings together that are of one actor.
///
/// Findings of medium severity and more make incidents; each is in exactly one. Low ones are
/// counted to an incident of the same hosts and never join two. Two findings belong together if
/// they rest on one connection, or, within [Bounds#together], are of the same two hosts, were done
/// by one host, were done by a host that was attacked before, or went to the same place outside or
/// the same name.
///
/// Two bounds keep a busy server from gluing everything together. What more than [Bounds#alike]
/// hosts do alike at one place, by the same detector, is one incident of its own: whatever else
/// those hosts do is not counted to it. And a host that more than [Bounds#attackers] hosts attacked
/// is not followed onward: nobody can tell whose doing it is what it does.
public final class Incidents {

    /// The numbers of this.
    ///
    /// @param together how far apart in time hosts alone make a link: a working day and the night
    ///   behind it, since an intruder comes back the next day
    /// @param alike how many hosts may call one place until that says nothing of them
    /// @param attackers how many hosts may attack one until what it does is not theirs
    public record Bounds(Duration together, int alike, int attackers) {

        /// The usual ones.
        public static final Bounds USUAL = new Bounds(Duration.ofHours(24), 16, 4);
    }

    private static final Comparator<Finding> BY_TIME =
            Comparator.comparingLong(Finding::first).thenComparing(Finding::id);

    private static final Comparator<Incident> WORST_FIRST =
            Comparator.comparing(Incident::severity)
                    .thenComparing(Incident::confidence)
                    .reversed()
                    .thenComparingLong(Incident::first)
                    .thenComparing(Incident::id);

    private final Bounds bounds;
    private final Networks local;
    private final List<Finding> heads;
    private final Set<String> common = new HashSet<>(); // ids of what many hosts do alike
    private final Map<Addr, Set<Addr>> attackers = new HashMap<>();
    private final Union union;

    private Incidents(List<Finding> findings, Networks local, Bounds bounds) {
        this.bounds = bounds;
        this.local = local;
        this.heads = findings.stream().filter(Incidents::isHead).sorted(BY_TIME).toList();
        this.union = new Union(heads.size());
    }

    /// The incidents of these findings, the worst first.
    ///
    /// @param findings the last revision of each, in any order
    /// @param local which networks are ours
    public static List<Incident> of(List<Finding> findings, Networks local) {
        return of(findings, local, Bounds.USUAL);
    }

    /// The same within other bounds.
    static List<Incident> of(List<Finding> findings, Networks local, Bounds bounds) {
        Incidents making = new Incidents(findings, local, bounds);
        making.link();
        return making.made(findings.stream().filter(f -> !isHead(f)).sorted(BY_TIME).toList());
    }

    private static boolean isHead(Finding finding) {
        return finding.severity().compareTo(Severity.MEDIUM) >= 0;
    }

    // ---- what belongs together

    private void link() {
        setAside(f -> f.resp_h().toString(), _ -> true);
        setAside(f -> String.valueOf(f.host()), Incidents::hasName);
        attackers();
        connections();
        chain(Reason.PAIR, Incidents::pair, _ -> true);
        chain(Reason.ACTOR, f -> f.orig_h().toString(), f -> isOwn(f) && isSomebody(f.orig_h()));
        onward();
        chain(Reason.PLACE, f -> f.resp_h().toString(), f -> isOwn(f) && isOutside(f));
        chain(Reason.NAME, f -> String.valueOf(f.host()), f -> isOwn(f) && hasName(f));
    }

    /// Joins what many hosts do alike at one place, and keeps it from being a link between them.
    private void setAside(Function<Finding, String> place, Predicate<Finding> which) {
        Map<String, List<Integer>> places = new TreeMap<>();
        for (int i = 0; i < heads.size(); i++) {
            Finding f = heads.get(i);
            if (which.test(f)) {
                places.computeIfAbsent(f.detector() + ' ' + place.apply(f), _ -> new ArrayList<>())
                        .add(i);
            }
        }
        for (List<Integer> alike : places.values()) {
            long callers = alike.stream().map(i -> heads.get(i).orig_h()).distinct().count();
            if (callers <= bounds.alike) {
                continue;
            }
            for (int n = 0; n < alike.size(); n++) {
                Finding f = heads.get(alike.get(n));
                common.add(f.id());
                if (n > 0) {
                    join(alike.get(n - 1), alike.get(n), Reason.PLACE, place.apply(f));
                }
            }
        }
    }

    private void attackers() {
        for (Finding f : heads) {
            if (isOwn(f)) {
                attackers.computeIfAbsent(f.resp_h(), _ -> new HashSet<>()).add(f.orig_h());
            }
        }
    }

    private static boolean isSomebody(Addr host) {
        return !host.isGroupOrNobody();
    }

    private boolean isOwn(Finding finding) {
        return !common.contains(finding.id());
    }

    private boolean isOutside(Finding finding) {
        return !local.isLocal(finding.resp_h()) && isSomebody(finding.resp_h());
    }

    private static boolean hasName(Finding finding) {
        String name = finding.host();
        return name != null && name.indexOf('.') > 0;
    }

    private static String pair(Finding f) {
        boolean inOrder = f.orig_h().compareTo(f.resp_h()) <= 0;
        return (inOrder ? f.orig_h() : f.resp_h()) + " " + (inOrder ? f.resp_h() : f.orig_h());
    }

    private void connections() {
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < heads.size(); i++) {
            for (String uid : heads.get(i).uids()) {
                Integer before = first.putIfAbsent(uid, i);
                if (before != null) {
                    join(before, i, Reason.CONNECTION, uid);
                }
            }
        }
    }

    /// Joins each finding to the one before it with the same word, unless too much time lies
    /// between.
    private void chain(Reason reason, Function<Finding, String> word, Predicate<Finding> which) {
        Map<String, Integer> longest = new HashMap<>(); // the one that ended last so far
        for (int i = 0; i < heads.size(); i++) {
            Finding f = heads.get(i);
            if (!which.test(f)) {
                continue;
            }
            String shared = word.apply(f);
            Integer before = longest.get(shared);
            if (before != null && isSoon(heads.get(before), f)) {
                join(before, i, reason, shared);
            }
            if (before == null || heads.get(before).last() < f.last()) {
                longest.put(shared, i);
            }
        }
    }

    private boolean isSoon(Finding before, Finding after) {
        return after.first() - before.last() <= bounds.together.toNanos();
    }

    /// Joins what a host did to what was done to it before.
    private void onward() {
        Map<Addr, Integer> attacked = new HashMap<>(); // the attack that ended last so far
        for (int i = 0; i < heads.size(); i++) {
            Finding f = heads.get(i);
            if (!isOwn(f) || !isSomebody(f.orig_h())) {
                continue;
            }
            Integer before = attacked.get(f.orig_h());
            if (before != null
                    && attackers.getOrDefault(f.orig_h(), Set.of()).size() <= bounds.attackers
                    && isSoon(heads.get(before), f)) {
                join(before, i, Reason.ONWARD, f.orig_h().toString());
            }
            Integer longest = attacked.get(f.resp_h());
            if (longest == null || heads.get(longest).last() < f.last()) {
                attacked.put(f.resp_h(), i);
            }
        }
    }

    private void join(int before, int after, Reason reason, String what) {
        union.join(
                before,
                after,
                new Link(heads.get(before).id(), heads.get(after).id(), reason, what));
    }

    // ---- what becomes of it

    private List<Incident> made(List<Finding> low) {
        Map<Integer, List<Finding>> groups = new TreeMap<>();
        for (int i = 0; i < heads.size(); i++) {
            groups.computeIfAbsent(union.root(i), _ -> new ArrayList<>()).add(heads.get(i));
        }
        Map<Integer, List<Finding>> minor = minor(low);
        Map<Integer, List<Link>> links = union.links();
        List<Incident> incidents = new ArrayList<>();
        groups.forEach(
                (root, findings) ->
                        incidents.add(
                                new Story(findings, local)
                                        .told(
                                                minor.getOrDefault(root, List.of()),
                                                links.getOrDefault(root, List.of()))));
        incidents.sort(WORST_FIRST);
        return List.copyOf(incidents);
    }

    /// Low findings by the incident they are counted to: of the same two hosts, else of the same
    /// actor.
    private Map<Integer, List<Finding>> minor(List<Finding> low) {
        Map<String, Integer> pairs = new HashMap<>();
        Map<Addr, Integer> actors = new HashMap<>();
        for (int i = 0; i < heads.size(); i++) {
            pairs.putIfAbsent(pair(heads.get(i)), i);
            if (isOwn(heads.get(i))) {
                actors.putIfAbsent(heads.get(i).orig_h(), i);
            }
        }
        Map<Integer, List<Finding>> minor = new HashMap<>();
        for (Finding f : low) {
            Integer with = pairs.getOrDefault(pair(f), actors.get(f.orig_h()));
            if (with != null && isSoon(heads.get(with), f) && isSoon(f, heads.get(with))) {
                minor.computeIfAbsent(union.root(with), _ -> new ArrayList<>()).add(f);
            }
        }
        return minor;
    }
}
