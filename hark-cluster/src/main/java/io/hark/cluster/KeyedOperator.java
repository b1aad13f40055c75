package io.hark.cluster;

import static io.hark.cluster.OnFlink.millis;
import static java.util.Objects.requireNonNull;

import io.hark.Key;
import io.hark.Keyed;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/// One task of a keyed thing on Flink: what the embedded runner does for all keys, for the key at
/// hand.
///
/// Inputs wait in Flink's state until the watermark has passed them. The first timer behind it
/// releases all that are due, in order of time and then of arrival, with the wake-ups between them;
/// the timers of the others then find nothing left. A timer at the end of time brings the last
/// word.
///
/// *Thread*: one owner, the task.
final class KeyedOperator<I extends Stored, S extends Stored, O extends Stored>
        extends KeyedProcessFunction<Key, Tuple2<Key, I>, O> {

    private static final long serialVersionUID = 1;

    private static final long NEVER = Long.MAX_VALUE;

    private final OnFlink.Maker<? extends Keyed<I, S, O>> maker;
    private final OnFlink.Clock<I> clock;
    private final OnFlink.Turns<I, O> turns;
    private final TypeInformation<I> inputs;

    private transient @Nullable Task task;

    KeyedOperator(
            OnFlink.Maker<? extends Keyed<I, S, O>> maker,
            OnFlink.Clock<I> clock,
            OnFlink.Turns<I, O> turns,
            TypeInformation<I> inputs) {
        this.maker = maker;
        this.clock = clock;
        this.turns = turns;
        this.inputs = inputs;
    }

    @Override
    public void open(OpenContext context) {
        task = new Task();
    }

    @Override
    public void processElement(Tuple2<Key, I> addressed, Context context, Collector<O> out)
            throws Exception {
        requireNonNull(task).take(addressed.f1, context);
    }

    @Override
    public void onTimer(long millis, OnTimerContext context, Collector<O> out) throws Exception {
        requireNonNull(task).fire(millis, context, out);
    }

    /// What exists only while it runs; also the turn that all calls see.
    private final class Task implements Keyed.Turn<O> {
        private final Keyed<I, S, O> keyed = maker.get();
        private final Keyed.Turn<O> turn = turns.around(this, this::current);
        private final Kind<S> kind = Kind.of(keyed.stateType());

        private final ValueState<byte[]> states =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "state",
                                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        private final ValueState<Long> touched =
                getRuntimeContext().getState(new ValueStateDescriptor<>("touched", Types.LONG));
        private final ListState<I> waiting =
                getRuntimeContext().getListState(new ListStateDescriptor<>("waiting", inputs));
        private final ValueState<Long> firstWaiting =
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>("firstWaiting", Types.LONG));
        private final MapState<Long, Boolean> wakes =
                getRuntimeContext()
                        .getMapState(new MapStateDescriptor<>("wakes", Types.LONG, Types.BOOLEAN));

        private final Counter late = getRuntimeContext().getMetricGroup().counter("late");
        private final Counter failed = getRuntimeContext().getMetricGroup().counter("failed");

        private @Nullable Context context;
        private @Nullable Collector<O> out;
        private @Nullable I current;
        private @Nullable S state;
        private long now;
        private boolean last;
        private long firstWake; // of this key; NEVER for none
        private final List<Long> asked = new ArrayList<>(); // wake-ups of the call at hand

        private @Nullable I current() {
            return current;
        }

        void take(I input, Context context) throws Exception {
            long at = clock.nanos(input);
            if (millis(at) <= context.timerService().currentWatermark()) {
                late.inc();
                return;
            }
            waiting.add(input);
            Long first = firstWaiting.value();
            if (first == null || at < first) {
                firstWaiting.update(at);
            }
            context.timerService().registerEventTimeTimer(millis(at));
        }

        void fire(long millis, OnTimerContext context, Collector<O> out) throws Exception {
            this.context = context;
            this.out = out;
            long watermark = context.timerService().currentWatermark();
            byte[] row = states.value();
            state = row == null ? null : Codec.read(kind, row);
            release(watermark);
            if (millis == NEVER) {
                end();
            }
            this.context = null;
            this.out = null;
        }

        /// Gives out what is due, and writes the state back.
        private void release(long watermark) throws Exception {
            firstWake = NEVER;
            for (Long wake : wakes.keys()) {
                firstWake = Math.min(firstWake, wake);
            }
            List<I> due = due(watermark);
            S before = state;
            boolean called = false;
            int next = 0;
            while (true) {
                long input = next < due.size() ? clock.nanos(due.get(next)) : NEVER;
                boolean ended =
                        watermark == NEVER
                                && input == NEVER; // whether it lies behind the end cannot be told
                long wake = ended || millis(firstWake) > watermark ? NEVER : firstWake;
                if (input == NEVER && wake == NEVER) {
                    break;
                }
                called = true;
                if (input <= wake) {
                    now = input;
                    current = due.get(next++);
                    call(() -> keyed.on(requireNonNull(current), state, turn));
                    current = null;
                } else {
                    woken(wake);
                }
            }
            if (called) {
                write(before);
            }
        }

        private void woken(long wake) throws Exception {
            wakes.remove(wake);
            firstWake = NEVER;
            for (Long other : wakes.keys()) {
                firstWake = Math.min(firstWake, other);
            }
            S before = state;
            if (before != null) { // else it was forgotten since
                now = wake;
                call(() -> keyed.wake(before, turn));
            }
        }

        private void call(java.util.function.Supplier<@Nullable S> what) throws Exception {
            try {
                state = what.get();
            } catch (RuntimeException fault) {
                failed.inc(); // as the embedded runner: this key is forgotten, the job goes on
                state = null;
            }
            if (state != null) {
                touched.update(now);
            }
            for (long wake : asked) {
                wakes.put(wake, true);
                firstWake = Math.min(firstWake, wake);
                requireNonNull(context).timerService().registerEventTimeTimer(millis(wake));
            }
            asked.clear();
        }

        private void write(@Nullable S before) throws Exception {
            S after = state;
            if (after == null) {
                states.clear();
                touched.clear();
                requireNonNull(context).timerService().deleteEventTimeTimer(NEVER);
                return;
            }
            if (after != before) {
                states.update(Codec.write(kind, after));
            }
            requireNonNull(context).timerService().registerEventTimeTimer(NEVER);
        }

        /// The inputs that the watermark has passed, in order; the others go on waiting.
        private List<I> due(long watermark) throws Exception {
            Long first = firstWaiting.value();
            if (first == null || millis(first) > watermark) {
                return List.of();
            }
            List<I> due = new ArrayList<>();
            List<I> left = new ArrayList<>();
            long firstLeft = NEVER;
            for (I input : waiting.get()) {
                long at = clock.nanos(input);
                if (millis(at) <= watermark) {
                    due.add(input);
                } else {
                    left.add(input);
                    firstLeft = Math.min(firstLeft, at);
                }
            }
            if (left.isEmpty()) {
                waiting.clear();
                firstWaiting.clear();
            } else {
                waiting.update(left);
                firstWaiting.update(firstLeft);
            }
            due.sort(Comparator.comparingLong(clock::nanos));
            return due;
        }

        private void end() throws Exception {
            Long time = touched.value();
            S ending = state;
            if (ending == null || time == null) {
                return;
            }
            now = time;
            last = true;
            try {
                keyed.end(ending, turn);
            } catch (RuntimeException fault) {
                failed.inc();
            }
            last = false;
            states.clear();
            touched.clear();
            wakes.clear();
        }

        @Override
        public Key key() {
            return requireNonNull(context).getCurrentKey();
        }

        @Override
        public long now() {
            return now;
        }

        @Override
        public void emit(O what) {
            requireNonNull(out).collect(what);
        }

        @Override
        public void wakeAt(long nanos) {
            if (!last) {
                asked.add(Math.max(nanos, now + 1));
            }
        }
    }
}
