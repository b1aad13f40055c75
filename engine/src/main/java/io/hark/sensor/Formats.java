package io.hark.sensor;

import io.hark.Exporter;
import io.hark.UserError;
import io.hark.event.Event;
import io.hark.schema.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The dialects that were asked for and the files their rows go to, numbered.
///
/// *Thread*: any; a kind's plans are made once.
final class Formats {

    private record Target(Exporter.Plan plan, int file) {}

    private static final Target NONE = new Target(new NoPlan(), -1);

    private final List<Exporter> exporters;
    private final Wanted wanted;
    private final List<Exporter.Plan> files = new ArrayList<>();
    private final List<ClassValue<Target>> targets = new ArrayList<>();

    Formats(List<Exporter> exporters, Wanted wanted) {
        this.exporters = List.copyOf(exporters);
        this.wanted = wanted;
        if (exporters.size() > 1) {
            requireOwnFiles();
        }
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

    /// The kinds of events that are made only for logs, of which one that was asked for writes.
    Set<Class<?>> details() {
        if (exporters.isEmpty()) {
            return Set.of(); // reflecting on all kinds takes a tenth of a short run
        }
        return Wanted.details().stream()
                .filter(type -> wanted.isAll() || wanted.is(type))
                .filter(type -> exporters.stream().anyMatch(e -> e.plan(Kind.of(type)) != null))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Two dialects that would write the same file cannot be asked for together.
    private void requireOwnFiles() {
        for (Class<? extends Event> type : Wanted.all()) {
            Map<String, String> here = new HashMap<>();
            for (Exporter exporter : exporters) {
                Exporter.Plan plan = exporter.plan(Kind.of(type));
                if (plan == null) {
                    continue;
                }
                String other = here.putIfAbsent(plan.file(), exporter.name());
                if (other != null) {
                    throw new UserError(
                            "--logs "
                                    + other
                                    + " and "
                                    + exporter.name()
                                    + " both write "
                                    + plan.file()
                                    + ": ask for one of them");
                }
            }
        }
    }

    private <E extends Event> Target target(Exporter exporter, Class<E> type) {
        Exporter.Plan plan = exporter.plan(Kind.of(type));
        return plan == null ? NONE : new Target(plan, number(plan));
    }

    private synchronized int number(Exporter.Plan plan) {
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).file().equals(plan.file())) {
                return i;
            }
        }
        files.add(plan);
        return files.size() - 1;
    }

    /// Files that are there even if nothing happened.
    List<String> always() {
        return exporters.stream().map(Exporter::file).filter(Objects::nonNull).toList();
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

    /// How that file begins and ends, and what it is called.
    synchronized Exporter.Plan filePlan(int number) {
        return files.get(number);
    }

    private static final class NoPlan implements Exporter.Plan {
        @Override
        public String file() {
            return "";
        }

        @Override
        public void write(Event event, long frame, io.hark.bytes.TextBuffer out) {}
    }
}
