package io.hark.event;

import io.hark.event.Finding.Engage;
import io.hark.event.Finding.Severity;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A [Finding] in the making: a detector says what it knows, the rest has its usual form.
///
/// Every finding needs a title, a paragraph of why, a severity with a confidence, and two hosts.
/// The rows of MITRE Engage follow from the techniques ([Opportunities]), the commands to run next
/// from detector, hosts and connections; both can be said otherwise.
///
/// *Thread*: one owner; [#build] may be called once.
public final class FindingDraft {

    private final String detector;
    private final String id;
    private final long now;
    private final int revision;

    private String title = "";
    private String why = "";
    private Severity severity = Severity.LOW;
    private double confidence;
    private List<String> techniques = List.of();
    private final List<Engage> engage = new ArrayList<>();
    private @Nullable Addr orig;
    private @Nullable Addr resp;
    private @Nullable Integer port;
    private @Nullable String host;
    private long first;
    private long last;
    private final Set<String> uids = new LinkedHashSet<>();
    private final List<Fact> facts = new ArrayList<>();
    private final List<String> next = new ArrayList<>();

    /// A finding of `detector`, about nothing yet.
    ///
    /// @param id stable: the same for the same thing on every run
    /// @param now event time, nanoseconds
    /// @param revision from 1
    public FindingDraft(String detector, String id, long now, int revision) {
        this.detector = detector;
        this.id = id;
        this.now = now;
        this.revision = revision;
        this.first = now;
        this.last = now;
    }

    /// One line, as of [String#format] in the root locale.
    public FindingDraft title(String format, Object... values) {
        title = String.format(Locale.ROOT, format, values);
        return this;
    }

    /// Adds a sentence with numbers to the paragraph.
    public FindingDraft why(String format, Object... values) {
        String sentence = String.format(Locale.ROOT, format, values);
        why = why.isEmpty() ? sentence : why + ' ' + sentence;
        return this;
    }

    /// How bad it is if true, and how sure it is, from 0 to 1.
    public FindingDraft weight(Severity severity, double confidence) {
        this.severity = severity;
        this.confidence = Math.round(Math.clamp(confidence, 0, 1) * 1000) / 1000.0;
        return this;
    }

    /// The ATT&CK techniques it speaks of, the plainest first; those beyond
    /// [Finding#MAX_TECHNIQUES] are left out.
    public FindingDraft techniques(String... ids) {
        return techniques(List.of(ids));
    }

    /// The same.
    public FindingDraft techniques(List<String> ids) {
        List<String> distinct = ids.stream().distinct().toList();
        techniques = distinct.subList(0, Math.min(Finding.MAX_TECHNIQUES, distinct.size()));
        return this;
    }

    /// A row of MITRE Engage more concrete than the usual ones, which it goes before.
    public FindingDraft engage(String activity, String vulnerability, String opportunity) {
        engage.add(new Engage(activity, vulnerability, opportunity));
        return this;
    }

    /// Who calls whom.
    ///
    /// @param port the port called; null for none or many
    public FindingDraft between(Addr orig, Addr resp, @Nullable Integer port) {
        this.orig = orig;
        this.resp = resp;
        this.port = port;
        return this;
    }

    /// The name of the host called.
    public FindingDraft host(@Nullable String name) {
        host = name;
        return this;
    }

    /// When the evidence happened, nanoseconds.
    public FindingDraft during(long first, long last) {
        this.first = first;
        this.last = last;
        return this;
    }

    /// Connections it rests on; those beyond [Finding#MAX_UIDS] are left out.
    public FindingDraft uids(List<String> more) {
        for (String uid : more) {
            if (uids.size() < Finding.MAX_UIDS) {
                uids.add(uid);
            }
        }
        return this;
    }

    /// A number of its evidence.
    public FindingDraft fact(String name, double number) {
        facts.add(Fact.of(name, number));
        return this;
    }

    /// A text of its evidence; an empty one is left out.
    public FindingDraft fact(String name, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            facts.add(Fact.of(name, text));
        }
        return this;
    }

    /// More of its evidence.
    public FindingDraft facts(List<Fact> more) {
        facts.addAll(more);
        return this;
    }

    /// A command to run next, `DIR` for the case; with one said, the usual ones are left out.
    public FindingDraft next(String command) {
        next.add(command);
        return this;
    }

    /// The finding.
    ///
    /// @throws IllegalStateException if it has no hosts or no title
    public Finding build() {
        Addr from = orig;
        Addr to = resp;
        if (from == null || to == null || title.isEmpty()) {
            throw new IllegalStateException(detector + " left hosts or title out of a finding");
        }
        return new Finding(
                now,
                now,
                id,
                revision,
                detector,
                title,
                why,
                severity,
                confidence,
                techniques,
                opportunities(),
                from,
                to,
                port,
                host,
                first,
                last,
                List.copyOf(uids),
                facts,
                1,
                next.isEmpty() ? usualNext(from, to) : next);
    }

    private List<Engage> opportunities() {
        List<Engage> rows = new ArrayList<>(engage);
        for (Engage usual : Opportunities.of(techniques)) {
            if (rows.stream().noneMatch(row -> isSameRow(row, usual))) {
                rows.add(usual);
            }
        }
        return rows;
    }

    private static boolean isSameRow(Engage one, Engage other) {
        return one.activity().equals(other.activity())
                && one.vulnerability().equals(other.vulnerability());
    }

    private List<String> usualNext(Addr from, Addr to) {
        List<String> commands = new ArrayList<>();
        String peer = to.isGroupOrNobody() ? "" : " --peer " + to;
        commands.add("hark explain DIR --detector " + detector + " --host " + from + peer);
        if (!uids.isEmpty()) {
            commands.add("hark stream DIR --uid " + List.copyOf(uids).getLast());
        }
        commands.add("hark host DIR " + from);
        return commands;
    }
}
