package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Addr;
import io.hark.schema.Named;
import io.hark.schema.Stored;
import io.hark.schema.Unit;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A judgement with its evidence.
@Named(value = "finding", log = "notice", about = "a judgement with its evidence")
public record Finding(
        @About(value = "when it was judged", unit = Unit.TIME) long ts,
        @About(value = "when it was judged", unit = Unit.TIME, log = false) long seen,
        @About("stable id: same input, same id") String id,
        @About("number of this revision, from 1; the last one counts") int revision,
        @About("detector that judged") String detector,
        @About("one line") String title,
        @About("one paragraph with the numbers") String why,
        @About("low, medium, high or critical") Severity severity,
        @About(value = "how sure", unit = Unit.SHARE) double confidence,
        @About("ATT&CK technique ids") List<String> techniques,
        @About(value = "what the defender may do with it (MITRE Engage)", log = false)
                List<Engage> engage,
        @About("who opens the connections") Addr orig_h,
        @About("who is called") Addr resp_h,
        @About("at which port") @Nullable Integer resp_p,
        @About("name of the host called, if known") @Nullable String host,
        @About(value = "first evidence", unit = Unit.TIME) long first,
        @About(value = "last evidence", unit = Unit.TIME) long last,
        @About("connections it rests on, 100 at most") List<String> uids,
        @About(value = "the numbers", log = false) List<Fact> evidence,
        @About(
                        value = "share of the payload between its hosts that was not missing",
                        unit = Unit.SHARE)
                double completeness,
        @About("commands to run next") List<String> next)
        implements Event {

    /// How bad it is.
    public enum Severity {
        /// Worth knowing.
        LOW,
        /// Look today.
        MEDIUM,
        /// Look now.
        HIGH,
        /// Act now.
        CRITICAL
    }

    /// A row of MITRE Engage: what the adversary's doing exposes, and what that allows.
    public record Engage(String activity, String vulnerability, String opportunity)
            implements Stored {}

    /// The most ATT&CK ids a finding names.
    public static final int MAX_TECHNIQUES = 4;

    /// The most connections a finding lists.
    public static final int MAX_UIDS = 100;

    /// The name of the fact that tells when the evidence happened: seconds after `first`,
    /// ascending, separated by spaces. Reports draw it.
    public static final String TIMES = "times";

    /// The name of the fact that tells how long a schedule's period is, seconds.
    public static final String PERIOD = "period_seconds";

    /// The name of the fact that says which decoded conversation a finding is about.
    public static final String CONVERSATION = "conversation";

    /// The order in which findings are read: the worst first, of equal ones those about a decoded
    /// conversation, which says most.
    public static final Comparator<Finding> WORST_FIRST =
            Comparator.comparing(Finding::severity)
                    .thenComparing(Finding::isConversation)
                    .thenComparing(Finding::confidence)
                    .reversed()
                    .thenComparing(Finding::first)
                    .thenComparing(Finding::id);

    private boolean isConversation() {
        return evidence.stream().anyMatch(fact -> fact.name().equals(CONVERSATION));
    }

    /// The same with another completeness: detectors leave it to whoever keeps the books.
    public Finding completeness(double share) {
        return with(revision, host, share);
    }

    /// The same as a later revision than those that were told before.
    ///
    /// @param revisions how many were
    public Finding after(int revisions) {
        return with(revisions + revision, host, completeness);
    }

    /// The same with a name of the host called.
    public Finding host(String name) {
        return with(revision, name, completeness);
    }

    private Finding with(int number, @Nullable String name, double share) {
        return new Finding(
                ts,
                seen,
                id,
                number,
                detector,
                title,
                why,
                severity,
                confidence,
                techniques,
                engage,
                orig_h,
                resp_h,
                resp_p,
                name,
                first,
                last,
                uids,
                evidence,
                share,
                next);
    }

    /// Checks the bounds.
    public Finding {
        techniques = List.copyOf(techniques);
        engage = List.copyOf(engage);
        uids = List.copyOf(uids);
        evidence = List.copyOf(evidence);
        next = List.copyOf(next);
        if (techniques.size() > MAX_TECHNIQUES || uids.size() > MAX_UIDS) {
            throw new IllegalArgumentException(
                    detector + " lists too many techniques or connections");
        }
    }
}
