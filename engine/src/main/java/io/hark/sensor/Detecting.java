package io.hark.sensor;

import io.hark.Detector;
import io.hark.engagement.Engaged;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Message;
import io.hark.intel.Informed;
import io.hark.schema.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The detectors at work on one stretch of traffic: each gets the kinds it watches.
///
/// They stand in two stages. Those of the first watch what the wire says, in the order of event
/// time. Those of the second watch what is said above the wall, too: a conversation's last words
/// come when its decoder gives it up or the input is over, long after the event time they bear, and
/// none may be too late. So they get their inputs in the order in which these are said, and end
/// after the first.
///
/// *Thread*: one owner, the merge's.
final class Detecting {

    /// No input of the second stage is early: it comes in its order.
    private static final KeyedRunner.Limits AS_SAID =
            new KeyedRunner.Limits(
                    Duration.ZERO,
                    KeyedRunner.Limits.OFFLINE.maxWaiting(),
                    KeyedRunner.Limits.OFFLINE.maxKeys());

    private final Map<Class<?>, List<KeyedRunner<Event, ?, Finding>>> watchers = new HashMap<>();
    private final List<KeyedRunner<Event, ?, Finding>> first = new ArrayList<>();
    private final List<KeyedRunner<Event, ?, Finding>> second = new ArrayList<>();
    private final Map<String, KeyedRunner<Event, ?, Finding>> byName = new LinkedHashMap<>();
    private final KeyedRunner.Limits limits;
    private final Consumer<? super Finding> said;
    private long heard = Long.MIN_VALUE; // the latest event time so far

    /// All detectors of this build, knowing what the options tell.
    static List<Detector<?>> all(Options options) {
        List<Detector<?>> detectors = new ArrayList<>();
        for (Detector<?> one : Analysis.all(Detector.class)) {
            detectors.add(Informed.by(options.intel(), Engaged.in(options.engagement(), one)));
        }
        return detectors;
    }

    /// Of a capture.
    ///
    /// @param detectors who watch
    /// @param said takes what they find
    Detecting(List<? extends Detector<?>> detectors, Consumer<? super Finding> said) {
        this(detectors, KeyedRunner.Limits.OFFLINE, said);
    }

    /// The same.
    ///
    /// @param limits how much each of the first stage holds
    Detecting(
            List<? extends Detector<?>> detectors,
            KeyedRunner.Limits limits,
            Consumer<? super Finding> said) {
        this.limits = limits;
        this.said = said;
        detectors.forEach(this::watch);
    }

    private <S extends Stored> void watch(Detector<S> detector) {
        boolean above = isAbove(detector);
        KeyedRunner<Event, S, Finding> runner =
                above
                        ? new KeyedRunner<>(
                                detector,
                                detector.watches(),
                                _ -> heard,
                                UnaryOperator.identity(),
                                AS_SAID,
                                said)
                        : KeyedRunner.of(detector, limits, said);
        (above ? second : first).add(runner);
        byName.put(detector.name(), runner);
        for (Class<? extends Event> kind : detector.watches()) {
            watchers.computeIfAbsent(kind, _ -> new ArrayList<>()).add(runner);
        }
    }

    /// Whether it watches what is said above the wall.
    static boolean isAbove(Detector<?> detector) {
        return detector.watches().contains(Message.class);
    }

    /// Takes an event, and gives it to those who watch its kind.
    void add(Event event) {
        List<KeyedRunner<Event, ?, Finding>> watching = watchers.get(event.getClass());
        if (watching != null) {
            heard = Math.max(heard, event.seen());
            watching.forEach(runner -> runner.add(event));
        }
    }

    /// Event time has passed without an event: before `nanos` none is expected any more.
    void passed(long nanos) {
        heard = Math.max(heard, nanos);
        first.forEach(runner -> runner.advance(nanos));
        second.forEach(runner -> runner.advance(nanos));
    }

    /// The latest event time so far.
    long heard() {
        return heard;
    }

    /// What each of them knows.
    List<LakeState.Detector> save() {
        return byName.entrySet().stream()
                .map(one -> new LakeState.Detector(one.getKey(), one.getValue().save()))
                .toList();
    }

    /// They become what [#save] told. One that was not there, or that keeps other things now,
    /// begins anew.
    void restore(List<LakeState.Detector> saved) {
        for (LakeState.Detector one : saved) {
            KeyedRunner<Event, ?, Finding> runner = byName.get(one.name());
            if (runner == null) {
                continue; // of another build
            }
            try {
                runner.restore(one.state());
            } catch (IllegalArgumentException e) {
                System.getLogger(Detecting.class.getName())
                        .log(System.Logger.Level.WARNING, one.name() + " begins anew", e);
            }
        }
    }

    /// The traffic is over, and all is said that decoders have to say of it.
    void end() {
        first.forEach(KeyedRunner::end);
        second.forEach(KeyedRunner::end);
    }
}
