package io.hark.sensor;

import io.hark.Exporter;
import io.hark.bytes.TextBuffer;
import io.hark.carry.Carried;
import io.hark.event.Event;
import io.hark.wire.Expectation;
import io.hark.wire.Meter;
import io.hark.wire.Order;
import io.hark.wire.Sink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What one worker said about one chunk: events with their place in the order, and their rows,
/// formatted by the worker.
///
/// *Shape*: parallel arrays, one place an item; per dialect one run of text an event's file, cut
/// into slices.
///
/// *Thread*: filled by the worker, then read and cleared by the merge, then used again.
final class Batch implements Sink {

    private final Formats formats;
    private long[] ordinals = new long[256];
    private long[] deadlines = new long[256];
    private long[] ties = new long[256];
    private Object[] items = new Object[256];
    private int[] slices; // per item and dialect: file, start, end
    private int size;
    private final TextBuffer[] texts;
    private final Meter meter = new Meter();

    Batch(Formats formats) {
        this.formats = formats;
        this.slices = new int[256 * 3 * formats.dialects()];
        this.texts = new TextBuffer[formats.dialects()];
        Arrays.setAll(texts, i -> new TextBuffer(1 << 16));
    }

    /// Forgets what was said.
    void clear() {
        Arrays.fill(items, 0, size, null);
        size = 0;
        for (TextBuffer text : texts) {
            text.clear();
        }
    }

    /// What the worker had counted at the end of the chunk.
    Meter meter() {
        return meter;
    }

    private int add(Object item, Order order) {
        if (size == items.length) {
            ordinals = Arrays.copyOf(ordinals, size * 2);
            deadlines = Arrays.copyOf(deadlines, size * 2);
            ties = Arrays.copyOf(ties, size * 2);
            items = Arrays.copyOf(items, size * 2);
            slices = Arrays.copyOf(slices, slices.length * 2);
        }
        ordinals[size] = order.ordinal();
        deadlines[size] = order.deadline();
        ties[size] = order.tie();
        items[size] = item;
        return size++;
    }

    @Override
    public void emit(Event event, Order order) {
        if (!formats.wants(event)) {
            return;
        }
        int i = add(event, order);
        long frame = order.deadline() == Order.NO_DEADLINE ? order.ordinal() + 1 : 0;
        for (int dialect = 0; dialect < texts.length; dialect++) {
            int at = (i * texts.length + dialect) * 3;
            Exporter.Plan plan = formats.plan(dialect, event);
            if (plan == null) {
                slices[at] = -1;
                continue;
            }
            TextBuffer text = texts[dialect];
            slices[at] = formats.file(dialect, event);
            slices[at + 1] = text.size();
            plan.write(event, frame, text);
            slices[at + 2] = text.size();
        }
    }

    @Override
    public void carry(Carried carried, Order order) {
        add(carried, order);
    }

    @Override
    public void publish(Expectation expectation, Order order) {
        add(expectation, order);
    }

    /// How many items there are.
    int size() {
        return size;
    }

    /// Whether item `i` here comes before item `j` of `other`; of two at the same place, this
    /// worker's.
    boolean isBefore(int i, Batch other, int j) {
        int order = Long.compare(ordinals[i], other.ordinals[j]);
        order = order != 0 ? order : Long.compare(deadlines[i], other.deadlines[j]);
        return (order != 0 ? order : Long.compare(ties[i], other.ties[j])) <= 0;
    }

    /// Hands item `i` to the taker.
    void give(int i, Taker taker) {
        Object item = items[i];
        switch (item) {
            case Event event -> {
                Event told = taker.told(event);
                if (told != event) {
                    if (told != null) {
                        taker.said(told);
                    }
                    return;
                }
                for (int dialect = 0; dialect < texts.length; dialect++) {
                    int at = (i * texts.length + dialect) * 3;
                    if (slices[at] >= 0 && slices[at + 1] < slices[at + 2]) {
                        taker.row(
                                slices[at],
                                event.seen(),
                                texts[dialect].array(),
                                slices[at + 1],
                                slices[at + 2]);
                    }
                }
                taker.event(event);
            }
            case Carried carried -> taker.carried(carried);
            case Expectation expectation -> taker.expectation(expectation);
            case null, default -> throw new IllegalStateException("no such item: " + item);
        }
    }

    /// Takes what the workers said, in the one order.
    interface Taker {

        /// What the event says where all that came before it is known: itself, one that says more,
        /// or null if it says nothing new, and then neither its rows nor it are handed on.
        @Nullable Event told(Event event);

        /// An event that says more than the worker's did, and whose rows are not formatted.
        void said(Event event);

        /// A formatted row of the file of that number, told at `nanos`.
        void row(int file, long nanos, byte[] text, int from, int to);

        void event(Event event);

        void carried(Carried carried);

        void expectation(Expectation expectation);

        /// What all had counted at the end of a chunk.
        ///
        /// @param last whether the input is over
        void meter(Meter all, boolean last);
    }
}
