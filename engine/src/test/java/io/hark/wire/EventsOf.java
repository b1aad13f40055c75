package io.hark.wire;

import io.hark.carry.Carried;
import io.hark.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What engines say of a [Capture], in the one order that any number of workers agrees on.
final class EventsOf {

    private record Told(Event event, long ordinal, long deadline, long tie) {}

    private EventsOf() {}

    /// The events of a kind.
    static <E extends Event> List<E> kind(Class<E> kind, Capture capture, int workers) {
        return all(capture, workers).stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// All events. Each worker's own must be in order already: the merge relies on it.
    static List<Event> all(Capture capture, int workers) {
        Comparator<Told> order =
                Comparator.comparingLong(Told::ordinal)
                        .thenComparingLong(Told::deadline)
                        .thenComparingLong(Told::tie);
        List<Told> told = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            List<Told> its = new ArrayList<>();
            capture.run(Setup.Checksums.IGNORE, worker, workers, listener(its));
            for (int i = 1; i < its.size(); i++) {
                if (order.compare(its.get(i - 1), its.get(i)) > 0) {
                    throw new AssertionError(its.get(i) + " was told behind " + its.get(i - 1));
                }
            }
            told.addAll(its);
        }
        told.sort(order);
        return told.stream().map(Told::event).toList();
    }

    /// Puts events into a list as they are told.
    static Sink into(List<Event> events) {
        return new Sink() {
            @Override
            public void emit(Event event, Order order) {
                events.add(event);
            }

            @Override
            public void carry(Carried carried, Order order) {}

            @Override
            public void publish(Expectation expectation, Order order) {}
        };
    }

    private static Sink listener(List<Told> told) {
        return new Sink() {
            @Override
            public void emit(Event event, Order order) {
                told.add(new Told(event, order.ordinal(), order.deadline(), order.tie()));
            }

            @Override
            public void carry(Carried carried, Order order) {}

            @Override
            public void publish(Expectation expectation, Order order) {}
        };
    }
}
