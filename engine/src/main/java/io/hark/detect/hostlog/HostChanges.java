package io.hark.detect.hostlog;

import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.event.LogEvent;
import io.hark.schema.Addr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells what hosts' own logs say of changes that intruders make: services and scheduled tasks, the
/// security log cleared, auditing stopped, storage plugged in, users and administrators made.
///
/// Administrators make them, too, so each is low by itself, but for a cleared log and stopped
/// auditing, which are medium; and a service or task that runs a command, or a program out of a
/// folder for users' or temporary files, is medium.
///
/// *What it cannot see.* What a host does not log: Windows needs its audit policy for tasks (4698).
public final class HostChanges implements Gathering<HostChanges.Changed> {

    /// Changes of one kind on one host.
    ///
    /// @param details what was made, different ones, 8 at most
    /// @param odd how many of them run what intruders run
    public record Changed(List<String> details, long odd, Span span, Said said)
            implements Gathered {

        /// Keeps its own copy.
        public Changed {
            details = List.copyOf(details);
        }
    }

    private static final int MAX_DETAILS = 8;
    private static final int MAX_HOST = 120; // characters of a name that stands in a line
    private static final double USUAL = 0.5;
    private static final double ODD = 0.75;

    @Override
    public String name() {
        return "host-changes";
    }

    @Override
    public String about() {
        return "services, tasks, users and storage, and cleared logs, as hosts log them";
    }

    @Override
    public Class<Changed> stateType() {
        return Changed.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(LogEvent.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(6);
    }

    @Override
    public void keys(Event input, Keys sink) {
        LogEvent line = (LogEvent) input;
        Change change = Change.of(line);
        if (change != null) {
            sink.add(Key.NOBODY, Key.NOBODY, 0, change.name() + ' ' + host(line));
        }
    }

    static String host(LogEvent line) {
        String host = line.host() == null ? "a host that is not named" : line.host();
        return host.length() > MAX_HOST ? host.substring(0, MAX_HOST) : host;
    }

    @Override
    public @Nullable Changed gather(Key key, Event input, @Nullable Changed state) {
        LogEvent line = (LogEvent) input;
        List<String> details = state == null ? List.of() : state.details();
        String detail = Change.detail(line);
        if (!detail.isEmpty() && details.size() < MAX_DETAILS && !details.contains(detail)) {
            details = new ArrayList<>(details);
            details.add(detail);
        }
        Change change = change(key);
        boolean runs = change == Change.SERVICE || change == Change.TASK;
        return new Changed(
                details,
                (state == null ? 0 : state.odd()) + (runs && Change.isOdd(line) ? 1 : 0),
                (state == null ? Span.NONE : state.span()).with(line.ts(), ""),
                state == null ? Said.NOTHING : state.said());
    }

    private static Change change(Key key) {
        return Change.valueOf(key.name().substring(0, key.name().indexOf(' ')));
    }

    private static String host(Key key) {
        return key.name().substring(key.name().indexOf(' ') + 1);
    }

    @Override
    public Changed with(Changed state, Said said) {
        return new Changed(state.details(), state.odd(), state.span(), said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Changed state) {
        Severity severity = state.odd() > 0 ? Severity.MEDIUM : change(key).usual();
        double confidence = state.odd() > 0 ? ODD : USUAL;
        return Optional.of(new Verdict(severity, confidence, state.span().count()));
    }

    @Override
    public void tell(Key key, Changed state, FindingDraft draft) {
        Change change = change(key);
        String host = host(key);
        Addr addr = Addr.parse(host);
        draft.title("%s %s", host, change.deed())
                .why("%s %s, %,d times by its log.", host, change.deed(), state.span().count())
                .techniques(change.techniques())
                .between(addr == null ? Key.NOBODY : addr, Key.NOBODY, null)
                .host(host);
        if (!state.details().isEmpty()) {
            draft.why("It names: %s.", String.join("; ", state.details()));
        }
        if (state.odd() > 0) {
            draft.why(
                    "%,d of them run a command, or a program that no installer put where it is.",
                    state.odd());
        }
    }

    @Override
    public List<Fact> numbers(Key key, Changed state) {
        return List.of(
                Fact.of("changes", state.span().count()),
                Fact.of("odd", state.odd()),
                Fact.of("details", String.join("; ", state.details())));
    }
}
