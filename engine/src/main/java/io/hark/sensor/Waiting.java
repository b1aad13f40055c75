package io.hark.sensor;

import java.util.PriorityQueue;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/// Inputs that wait for the watermark, given back in order of time and, within one moment, of
/// arrival.
///
/// What arrives in order, nearly all of it, goes into a ring and costs no comparison but one; only
/// what arrives out of order is sorted.
///
/// *Thread*: one owner.
final class Waiting<I> {

    private static final int FIRST_RING = 1 << 10;

    private long[] times = new long[FIRST_RING];
    private @Nullable Object[] inputs = new Object[FIRST_RING];
    private int head; // of the ring
    private int inRing;
    private long lastTime = Long.MIN_VALUE; // of all that ever went into the ring
    private long arrivals;
    private final PriorityQueue<Strayed<I>> strayed = new PriorityQueue<>();

    private record Strayed<I>(long time, long arrival, I input) implements Comparable<Strayed<I>> {
        @Override
        public int compareTo(Strayed<I> other) {
            int order = Long.compare(time, other.time);
            return order != 0 ? order : Long.compare(arrival, other.arrival);
        }
    }

    int size() {
        return inRing + strayed.size();
    }

    void add(long time, I input) {
        if (time < lastTime) {
            strayed.add(new Strayed<>(time, arrivals++, input));
            return;
        }
        if (inRing == times.length) {
            grow();
        }
        int place = head + inRing++ & times.length - 1;
        times[place] = time;
        inputs[place] = input;
        lastTime = time;
    }

    /// The time of the first in order; [Long#MAX_VALUE] if nothing waits.
    long firstTime() {
        Strayed<I> stray = strayed.peek();
        long strayTime = stray == null ? Long.MAX_VALUE : stray.time;
        return inRing == 0 ? strayTime : Math.min(times[head], strayTime);
    }

    /// Takes the first in order. A stray came later than what is in the ring for the same moment,
    /// because the ring had gone past that moment when it came.
    @SuppressWarnings("unchecked") // only inputs go in
    I take() {
        Strayed<I> stray = strayed.peek();
        if (inRing == 0 || stray != null && stray.time < times[head]) {
            return strayed.remove().input;
        }
        Object input = inputs[head];
        if (input == null) {
            throw new IllegalStateException("nothing waits");
        }
        inputs[head] = null;
        head = head + 1 & times.length - 1;
        inRing--;
        return (I) input;
    }

    /// Forgets how far it was, when nothing waits.
    void restart() {
        lastTime = Long.MIN_VALUE;
    }

    /// Shows all that wait, in order.
    @SuppressWarnings("unchecked") // only inputs go in
    void forEach(ObjLongConsumer<I> sink) {
        PriorityQueue<Strayed<I>> left = new PriorityQueue<>(strayed);
        for (int i = 0; i < inRing; i++) {
            int place = head + i & times.length - 1;
            for (Strayed<I> stray = left.peek();
                    stray != null && stray.time < times[place];
                    stray = left.peek()) {
                sink.accept(left.remove().input, stray.time);
            }
            Object input = inputs[place];
            if (input != null) {
                sink.accept((I) input, times[place]);
            }
        }
        while (!left.isEmpty()) {
            Strayed<I> stray = left.remove();
            sink.accept(stray.input, stray.time);
        }
    }

    private void grow() {
        long[] moreTimes = new long[2 * times.length];
        @Nullable Object[] moreInputs = new Object[2 * times.length];
        int toEnd = times.length - head;
        System.arraycopy(times, head, moreTimes, 0, toEnd);
        System.arraycopy(times, 0, moreTimes, toEnd, head);
        System.arraycopy(inputs, head, moreInputs, 0, toEnd);
        System.arraycopy(inputs, 0, moreInputs, toEnd, head);
        times = moreTimes;
        inputs = moreInputs;
        head = 0;
    }
}
