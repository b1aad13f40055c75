package io.hark;

import io.hark.event.FindingDraft;
import io.hark.event.OfConnection;
import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What was seen of a key, by name, with how often and when: the state of a detector that judges by
/// which things happened together. Bounded: what comes beyond the bounds is counted only.
///
/// @param steps what was seen, in the order of its first sight; 64 at most
/// @param uids the connections it was seen in, 100 at most
/// @param port the responder's port in the latest
/// @param shed events that no step was left for
/// @param said what was said of it
public record Trail(List<Step> steps, List<String> uids, int port, long shed, Said said)
        implements Stored {

    /// One thing that was seen.
    ///
    /// @param what its name
    /// @param count how often
    /// @param first when, nanoseconds
    /// @param last when it was seen last
    public record Step(String what, long count, long first, long last) implements Stored {}

    /// Nothing yet.
    public static final Trail NONE = new Trail(List.of(), List.of(), 0, 0, Said.NOTHING);

    private static final int MAX_STEPS = 64; // 4 KB of state; a table of acts has fewer
    private static final int MAX_UIDS = 100;
    private static final int MAX_NAME = 200; // names may hold a file's or a service's

    /// With one thing more, at the time of `event`.
    public Trail with(String what, OfConnection event) {
        String name = what.length() > MAX_NAME ? what.substring(0, MAX_NAME) : what;
        List<Step> more = new ArrayList<>(steps);
        boolean known = false;
        for (int i = 0; i < more.size() && !known; i++) {
            Step step = more.get(i);
            if (step.what.equals(name)) {
                long first = Math.min(step.first, event.ts());
                long last = Math.max(step.last, event.ts());
                more.set(i, new Step(name, step.count + 1, first, last));
                known = true;
            }
        }
        boolean full = !known && more.size() == MAX_STEPS;
        if (!known && !full) {
            more.add(new Step(name, 1, event.ts(), event.ts()));
        }
        return new Trail(
                List.copyOf(more),
                withUid(event.uid()),
                event.id().resp_p(),
                full ? shed + 1 : shed,
                said);
    }

    private List<String> withUid(String uid) {
        if (uids.size() == MAX_UIDS || uids.contains(uid)) {
            return uids;
        }
        List<String> more = new ArrayList<>(uids);
        more.add(uid);
        return List.copyOf(more);
    }

    /// The same without what was seen last before `nanos`.
    public Trail since(long nanos) {
        if (steps.stream().noneMatch(step -> step.last < nanos)) {
            return this;
        }
        List<Step> rest = steps.stream().filter(step -> step.last >= nanos).toList();
        return new Trail(rest, rest.isEmpty() ? List.of() : uids, port, shed, said);
    }

    /// How often it was seen in all that `which` holds for.
    public long count(Predicate<Step> which) {
        return steps.stream().filter(which).mapToLong(Step::count).sum();
    }

    /// Whether a thing was seen whose name begins so.
    public boolean has(String prefix) {
        return steps.stream().anyMatch(step -> step.what.startsWith(prefix));
    }

    /// How often things were seen whose names begin so.
    public long count(String prefix) {
        return count(step -> step.what.startsWith(prefix));
    }

    /// When the first thing was seen, nanoseconds; [Long#MAX_VALUE] for nothing.
    public long first() {
        return steps.stream().mapToLong(Step::first).min().orElse(Long.MAX_VALUE);
    }

    /// When the last thing was seen; [Long#MIN_VALUE] for nothing.
    public long last() {
        return steps.stream().mapToLong(Step::last).max().orElse(Long.MIN_VALUE);
    }

    /// With this said of it.
    public Trail with(Said words) {
        return new Trail(steps, uids, port, shed, words);
    }

    /// Gives a draft what the trail knows: when, in which connections, what how often.
    public FindingDraft on(FindingDraft draft) {
        draft.during(first(), last()).uids(uids);
        for (Step step : steps) {
            draft.fact(step.what, step.count);
        }
        return shed == 0 ? draft : draft.fact("events_beyond_the_bound", shed);
    }
}
