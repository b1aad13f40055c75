package io.hark.sensor;

import io.hark.Exporter;
import io.hark.event.Event;
import io.hark.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The dialects that were asked for and the files their rows go to, numbered.
///
/// *Thread*: any; a kind's plans are made once.
final class Formats {

    private record Target(Exporter.Plan plan, int file) {}

    private static final Target NONE = new Target(new NoPlan(), -1);

    private final List<Exporter> exporters;
    private final Wanted wanted;
    private final List<String> files = new ArrayList<>();
    private final List<ClassValue<Target>> targets = new ArrayList<>();

    Formats(List<Exporter> exporters, Wanted wanted) {
        this.exporters = List.copyOf(exporters);
        this.wanted = wanted;
        for (Exporter exporter : exporters) {
            targets.add(
                    new ClassValue<>() {
                        @Override
                        protected Target computeValue(Class<?> type) {
                            return target(exporter, type.asSubclass(Event.class));
                        }
                    });
        }
    }

    private <E extends Event> Target target(Exporter exporter, Class<E> type) {
        Exporter.Plan plan = exporter.plan(Kind.of(type));
        return plan == null ? NONE : new Target(plan, number(plan.file()));
    }

    private synchronized int number(String file) {
        int known = files.indexOf(file);
        if (known >= 0) {
            return known;
        }
        files.add(file);
        return files.size() - 1;
    }

    /// Whether the event's kind was asked for.
    boolean wants(Event event) {
        return wanted.isAll() || wanted.is(event.getClass());
    }

    int dialects() {
        return exporters.size();
    }

    /// How that dialect writes the event, or null.
    Exporter.@Nullable Plan plan(int dialect, Event event) {
        Target target = targets.get(dialect).get(event.getClass());
        return target.file < 0 ? null : target.plan;
    }

    /// The number of the file that the event's row goes to.
    int file(int dialect, Event event) {
        return targets.get(dialect).get(event.getClass()).file;
    }

    /// The name of that file.
    synchronized String fileName(int number) {
        return files.get(number);
    }

    private static final class NoPlan implements Exporter.Plan {
        @Override
        public String file() {
            return "";
        }

        @Override
        public void write(Event event, io.hark.bytes.TextBuffer out) {}
    }
}
