package io.hark.cluster;

import io.hark.Detector;
import io.hark.Key;
import io.hark.Keyed;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.schema.Stored;
import java.io.Serializable;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.jspecify.annotations.Nullable;

/// Runs detectors and decoders on Flink: the same objects as in one process, with the same outcome.
///
/// Inputs are addressed to their keys, and every key's inputs are put in order of event time behind
/// the watermark, as the embedded runner does for all keys together. States are bytes of the
/// schema's codec, wake-ups are event-time timers, and the end of a bounded input is the last
/// watermark. Flink's times are milliseconds, ours nanoseconds: an input is late if its millisecond
/// has passed.
///
/// *What differs from the embedded runner*: the order of outputs of different keys; which inputs
/// are late, where the watermark trails behind; keys are not limited in number, since they may lie
/// on disk.
public final class OnFlink {

    private static final long NANOS_A_MILLI = 1_000_000;

    /// Makes the detector or decoder, on every machine that runs it: `Beacons::new`.
    @FunctionalInterface
    public interface Maker<K> extends Supplier<K>, Serializable {}

    /// Tells the event time of an input, in nanoseconds.
    @FunctionalInterface
    public interface Clock<I> extends Serializable {
        /// The time.
        long nanos(I input);
    }

    /// What is put around the turn that is handed in: how a decoder gets its conversation.
    @FunctionalInterface
    public interface Turns<I, O> extends Serializable {
        /// Called once; `current` tells the input at hand later, null in a wake-up and at the end.
        Keyed.Turn<O> around(Keyed.Turn<O> turn, Supplier<@Nullable I> current);
    }

    private OnFlink() {}

    /// The type of the events that `detector` watches.
    public static TypeInformation<Event> inputsOf(Detector<?> detector) {
        return StoredType.ofAll(Event.class, detector.watches());
    }

    /// The findings of a detector over the events it watches; their type is [#inputsOf].
    public static <S extends Stored> SingleOutputStreamOperator<Finding> detect(
            DataStream<Event> events, Maker<? extends Detector<S>> detector) {
        return run(
                events,
                detector,
                Event::seen,
                (turn, current) -> turn,
                StoredType.ofOne(Finding.class),
                detector.get().name());
    }

    /// What anything keyed says over its inputs.
    ///
    /// @param name of the operator, by which savepoints find its state
    public static <I extends Stored, S extends Stored, O extends Stored>
            SingleOutputStreamOperator<O> run(
                    DataStream<I> inputs,
                    Maker<? extends Keyed<I, S, O>> keyed,
                    Clock<I> clock,
                    Turns<I, O> turns,
                    TypeInformation<O> outputs,
                    String name) {
        TypeInformation<Tuple2<Key, I>> addressed =
                new TupleTypeInfo<>(StoredType.ofOne(Key.class), inputs.getType());
        return inputs.flatMap(new Addressing<>(keyed), addressed)
                .name(name + " keys")
                .keyBy(pair -> pair.f0, StoredType.ofOne(Key.class))
                .process(new KeyedOperator<>(keyed, clock, turns, inputs.getType()), outputs)
                .name(name)
                .uid(name);
    }

    /// Times and watermarks as the embedded runner has them: after every input, `lateness` behind
    /// the latest.
    public static <I> WatermarkStrategy<I> watermarks(Clock<I> clock, Duration lateness) {
        long nanos = lateness.toNanos();
        return WatermarkStrategy.forGenerator(_ -> new Trailing<>(clock, nanos))
                .withTimestampAssigner((input, _) -> millis(clock.nanos(input)));
    }

    /// The millisecond that a time lies in.
    static long millis(long nanos) {
        return Math.floorDiv(nanos, NANOS_A_MILLI);
    }

    /// A watermark promises that nothing of its millisecond is to come.
    private static final class Trailing<I> implements WatermarkGenerator<I> {
        private final Clock<I> clock;
        private final long lateness;
        private long latest = Long.MIN_VALUE;

        Trailing(Clock<I> clock, long lateness) {
            this.clock = clock;
            this.lateness = lateness;
        }

        @Override
        public void onEvent(I input, long millis, WatermarkOutput out) {
            long nanos = clock.nanos(input);
            if (nanos > latest) {
                latest = nanos;
                out.emitWatermark(new Watermark(millis(nanos - lateness) - 1));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput out) {}
    }
}
