package io.hark;

import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.OfConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A [Detector] that judges by what one host did at another within a while: it says what an event
/// is called and what a [Trail] of such things amounts to; the rest is the same for all.
///
/// A judgement of medium or more is told at once, and again when it gets worse or its weight has
/// doubled; a lower one, and what came since, when the pair has been silent for a while.
public interface PairDetector extends Detector<Trail> {

    /// What a trail amounts to.
    ///
    /// @param severity how bad
    /// @param confidence how sure, 0 to 1
    /// @param weight how much evidence, in the detector's own measure
    /// @param techniques ATT&CK ids, the plainest first
    /// @param title one line
    /// @param why sentences with the numbers
    record Verdict(
            Severity severity,
            double confidence,
            long weight,
            List<String> techniques,
            String title,
            List<String> why) {}

    /// What the event is called on a trail; null if it is of no interest. Called for every event of
    /// the kinds watched.
    @Nullable String what(Event input);

    /// The verdict on a trail; null if there is nothing to tell.
    @Nullable Verdict judge(Key key, Trail trail);

    /// What is further apart is judged apart, nanoseconds.
    default long togetherNanos() {
        return 3600L * 1_000_000_000;
    }

    @Override
    default Class<Trail> stateType() {
        return Trail.class;
    }

    @Override
    default void keys(Event input, Keys sink) {
        if (input instanceof OfConnection event && what(input) != null) {
            sink.add(event.id().orig_h(), event.id().resp_h(), 0, "");
        }
    }

    @Override
    default @Nullable Trail on(Event input, @Nullable Trail state, Turn<Finding> turn) {
        String what = what(input);
        if (what == null || !(input instanceof OfConnection event)) {
            return state;
        }
        if (state == null) {
            turn.wakeAt(turn.now() + togetherNanos());
        }
        Trail before = state == null ? Trail.NONE : state.since(turn.now() - togetherNanos());
        Trail trail = before.with(what, event);
        Verdict verdict = judge(turn.key(), trail);
        boolean news =
                verdict != null
                        && verdict.severity != Severity.LOW
                        && trail.said().isNews(verdict.severity, verdict.weight);
        return verdict != null && news ? tell(trail, verdict, turn) : trail;
    }

    @Override
    default @Nullable Trail wake(Trail state, Turn<Finding> turn) {
        long due = state.last() + togetherNanos();
        if (state.steps().isEmpty() || due <= turn.now()) {
            end(state, turn);
            return null;
        }
        turn.wakeAt(due);
        return state;
    }

    @Override
    default void end(Trail state, Turn<Finding> turn) {
        if (state.steps().isEmpty()) {
            return;
        }
        Verdict verdict = judge(turn.key(), state);
        if (verdict != null && state.said().isMore(verdict.weight)) {
            tell(state, verdict, turn);
        }
    }

    private Trail tell(Trail trail, Verdict verdict, Turn<Finding> turn) {
        var draft =
                trail.on(draft(turn, trail.said()))
                        .title("%s", verdict.title)
                        .weight(verdict.severity, verdict.confidence)
                        .techniques(verdict.techniques)
                        .between(turn.key().host(), turn.key().peer(), trail.port());
        for (String sentence : verdict.why) {
            draft.why("%s", sentence);
        }
        turn.emit(draft.build());
        return trail.with(trail.said().next(verdict.severity, verdict.confidence, verdict.weight));
    }

    @Override
    default List<Fact> explain(Key key, Trail state) {
        List<Fact> facts = new ArrayList<>();
        Verdict verdict = state.steps().isEmpty() ? null : judge(key, state);
        facts.add(
                Fact.of(
                        "verdict",
                        verdict == null
                                ? "nothing to tell"
                                : verdict.severity.name().toLowerCase(Locale.ROOT)
                                        + ": "
                                        + verdict.title));
        for (Trail.Step step : state.steps()) {
            facts.add(Fact.of(step.what(), step.count()));
        }
        return facts;
    }
}
