package io.hark.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Detector;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding;
import io.hark.schema.Stored;
import io.hark.sensor.KeyedRunner;
import io.hark.sensor.KeyedRunner.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs a detector over events as the engine does, and again with its state written and read back
/// on the way: both have to say the same.
public final class Trial {

    private static final Limits LIMITS = new Limits(Duration.ofSeconds(10), 1 << 14, 1 << 14);
    private static final int SAVES = 40; // in a trial; each writes all that waits

    private Trial() {}

    /// All findings, every revision, in their order.
    public static <S extends Stored> List<Finding> all(
            Detector<S> detector, List<? extends Event> events) {
        List<Event> inOrder = new ArrayList<>(events);
        inOrder.removeIf(event -> !detector.watches().contains(event.getClass()));
        inOrder.sort(Comparator.comparingLong(Event::seen));
        List<Finding> plain = new ArrayList<>();
        KeyedRunner<Event, S, Finding> runner = KeyedRunner.of(detector, LIMITS, plain::add);
        inOrder.forEach(runner::add);
        runner.end();
        assertThat(runner.counters().failed()).isZero();
        assertThat(withSaves(detector, inOrder)).isEqualTo(plain);
        return plain;
    }

    private static <S extends Stored> List<Finding> withSaves(
            Detector<S> detector, List<Event> events) {
        List<Finding> said = new ArrayList<>();
        KeyedRunner<Event, S, Finding> runner = KeyedRunner.of(detector, LIMITS, said::add);
        int step = Math.max(1, events.size() / SAVES);
        for (int i = 0; i < events.size(); i++) {
            runner.add(events.get(i));
            if (i % step == 0) {
                byte[] saved = runner.save();
                runner = KeyedRunner.of(detector, LIMITS, said::add);
                runner.restore(saved);
            }
        }
        runner.end();
        return said;
    }

    /// The last revision of each finding.
    public static <S extends Stored> List<Finding> last(
            Detector<S> detector, List<? extends Event> events) {
        Map<String, Finding> last = new LinkedHashMap<>();
        all(detector, events).forEach(finding -> last.put(finding.id(), finding));
        return List.copyOf(last.values());
    }

    /// The one finding there has to be, its last revision.
    public static <S extends Stored> Finding one(
            Detector<S> detector, List<? extends Event> events) {
        List<Finding> found = last(detector, events);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    /// A number of its evidence.
    public static double number(Finding finding, String name) {
        return finding.evidence().stream()
                .filter(fact -> fact.name().equals(name))
                .map(Fact::number)
                .mapToDouble(number -> number == null ? Double.NaN : number)
                .findFirst()
                .orElseThrow();
    }
}
