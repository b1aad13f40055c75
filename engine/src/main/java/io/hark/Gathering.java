package io.hark;

import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.schema.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A detector that gathers evidence about a key until the key falls silent, and judges what it has
/// after each event. What differs from one to the next is what counts as evidence and what is too
/// much of it; when to speak, when to forget, and how numbers are shown is the same for all.
///
/// It speaks at once when the evidence is enough, again when it is worse or twice as much, and a
/// last time when the key falls silent or the input ends.
public interface Gathering<S extends Gathering.Gathered> extends Detector<S> {

    /// What is kept of a key.
    interface Gathered extends Stored {
        /// When the evidence happened.
        Span span();

        /// What was said of it.
        Said said();
    }

    /// What the evidence amounts to.
    ///
    /// @param severity how bad if true
    /// @param confidence how sure, from 0 to 1
    /// @param weight how much evidence it is, in a measure that only grows
    record Verdict(Severity severity, double confidence, long weight) {}

    /// How long a key has to be silent until it is forgotten.
    Duration silence();

    /// The state with one event more; the same one if it is no evidence, null for none at all.
    @Nullable S gather(Key key, Event input, @Nullable S state);

    /// The same state with another word said.
    S with(S state, Said said);

    /// What it amounts to; nothing if it is not enough.
    Optional<Verdict> verdict(Key key, S state);

    /// Says it: title, why, techniques and hosts. Weight, time, connections and numbers are there.
    void tell(Key key, S state, FindingDraft draft);

    /// The numbers, and beside a number `n` what it has to be at least, `n_needed`.
    List<Fact> numbers(Key key, S state);

    @Override
    default @Nullable S on(Event input, @Nullable S state, Turn<Finding> turn) {
        S next = gather(turn.key(), input, state);
        if (next == null || next == state) {
            return state;
        }
        if (state == null) {
            turn.wakeAt(Math.max(turn.now(), next.span().last()) + silence().toNanos());
        }
        return speak(next, turn, false);
    }

    @Override
    default @Nullable S wake(S state, Turn<Finding> turn) {
        long until = state.span().last() + silence().toNanos();
        if (until > turn.now()) {
            turn.wakeAt(until);
            return state;
        }
        end(state, turn);
        return null;
    }

    @Override
    default void end(S state, Turn<Finding> turn) {
        speak(state, turn, true);
    }

    private S speak(S state, Turn<Finding> turn, boolean last) {
        Optional<Verdict> found = verdict(turn.key(), state);
        if (found.isEmpty()) {
            return state;
        }
        Verdict verdict = found.get();
        Said said = state.said();
        if (!(last
                ? said.isMore(verdict.weight())
                : said.isNews(verdict.severity(), verdict.weight()))) {
            return state;
        }
        FindingDraft draft =
                draft(turn, said)
                        .weight(verdict.severity(), verdict.confidence())
                        .during(state.span().first(), state.span().last())
                        .uids(state.span().uids())
                        .facts(numbers(turn.key(), state));
        tell(turn.key(), state, draft);
        turn.emit(draft.build());
        return with(state, said.next(verdict.severity(), verdict.confidence(), verdict.weight()));
    }

    @Override
    default List<Fact> explain(Key key, S state) {
        List<Fact> facts = new ArrayList<>();
        facts.add(
                Fact.of(
                        "verdict",
                        verdict(key, state)
                                .map(
                                        v ->
                                                "fires, "
                                                        + v.severity()
                                                                .name()
                                                                .toLowerCase(java.util.Locale.ROOT))
                                .orElse("not enough")));
        facts.addAll(numbers(key, state));
        return facts;
    }
}
