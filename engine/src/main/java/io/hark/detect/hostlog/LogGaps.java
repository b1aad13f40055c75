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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells where a log that never pauses has a hole: somebody stopped it, cut lines out of it, or the
/// way it comes by was down.
///
/// A log is that of one program or product on one device. It has to have had 300 lines over an
/// hour, then none for half an hour and ten times as long as its longest pause before, and lines
/// again. Low: hosts are restarted, too.
///
/// *What it cannot see.* Logs that pause by themselves; a hole at the end, which looks like a log
/// that was fetched then.
public final class LogGaps implements Gathering<LogGaps.Kept> {

    /// One log so far.
    ///
    /// @param lines how many
    /// @param longest the longest pause that was none of the holes, nanoseconds
    /// @param from where the longest hole began, nanoseconds; 0 for none
    /// @param until where it ended
    /// @param holes how many
    public record Kept(
            long lines, long longest, long from, long until, long holes, Span span, Said said)
            implements Gathered {}

    /// What makes a hole.
    ///
    /// @param lines lines before it
    /// @param steady how long they went on
    /// @param pause how long it is at least
    /// @param times how many times as long as any pause before
    public record Floors(long lines, Duration steady, Duration pause, int times) {

        /// The usual ones.
        public static final Floors USUAL =
                new Floors(300, Duration.ofHours(1), Duration.ofMinutes(30), 10);
    }

    private final Floors floors = Floors.USUAL;

    /// With the usual floors.
    public LogGaps() {}

    @Override
    public String name() {
        return "log-gaps";
    }

    @Override
    public String about() {
        return "holes in logs that never pause";
    }

    @Override
    public Class<Kept> stateType() {
        return Kept.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(LogEvent.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(48);
    }

    @Override
    public void keys(Event input, Keys sink) {
        LogEvent line = (LogEvent) input;
        if (line.host() != null && line.ts_source().startsWith("line") && !isCarriedOn(line)) {
            sink.add(Key.NOBODY, Key.NOBODY, 0, line.dataset() + " of " + HostChanges.host(line));
        }
    }

    private static boolean isCarriedOn(LogEvent line) {
        return line.ts_source().equals("line before");
    }

    @Override
    public @Nullable Kept gather(Key key, Event input, @Nullable Kept state) {
        long ts = input.ts();
        if (state == null) {
            return new Kept(1, 0, 0, 0, 0, Span.NONE.with(ts, ""), Said.NOTHING);
        }
        long pause = ts - state.span().last();
        Span span = state.span().with(ts, "");
        boolean isHole =
                state.lines() >= floors.lines
                        && state.span().seconds() >= floors.steady.toSeconds()
                        && pause >= floors.pause.toNanos()
                        && pause / floors.times >= state.longest();
        if (!isHole) {
            return new Kept(
                    state.lines() + 1,
                    Math.max(state.longest(), pause),
                    state.from(),
                    state.until(),
                    state.holes(),
                    span,
                    state.said());
        }
        boolean longer = pause > state.until() - state.from();
        return new Kept(
                state.lines() + 1,
                state.longest(),
                longer ? state.span().last() : state.from(),
                longer ? ts : state.until(),
                state.holes() + 1,
                span,
                state.said());
    }

    @Override
    public Kept with(Kept state, Said said) {
        return new Kept(
                state.lines(),
                state.longest(),
                state.from(),
                state.until(),
                state.holes(),
                state.span(),
                said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Kept state) {
        return state.holes() == 0
                ? Optional.empty()
                : Optional.of(new Verdict(Severity.LOW, 0.5, state.holes()));
    }

    @Override
    public void tell(Key key, Kept state, FindingDraft draft) {
        String host = key.name().substring(key.name().indexOf(" of ") + 4);
        Addr addr = Addr.parse(host);
        draft.title("the log %s has a hole", key.name())
                .why(
                        "Of %,d lines none is between %s and %s (%,d min); before it the longest pause was %,d s.",
                        state.lines(),
                        time(state.from()),
                        time(state.until()),
                        Duration.ofNanos(state.until() - state.from()).toMinutes(),
                        Duration.ofNanos(state.longest()).toSeconds())
                .techniques("T1562.006", "T1070")
                .between(addr == null ? Key.NOBODY : addr, Key.NOBODY, null)
                .host(host);
    }

    private static Instant time(long nanos) {
        return Instant.ofEpochSecond(0, nanos).truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public List<Fact> numbers(Key key, Kept state) {
        return List.of(
                Fact.of("holes", state.holes()),
                Fact.of("lines", state.lines()),
                Fact.of("lines_needed", floors.lines),
                Fact.of("hole_seconds", (state.until() - state.from()) / 1_000_000_000L),
                Fact.of("hole_seconds_needed", floors.pause.toSeconds()),
                Fact.of("longest_pause_seconds", state.longest() / 1_000_000_000L));
    }
}
