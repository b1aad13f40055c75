package io.hark.sensor;

import io.hark.Decoder;
import io.hark.Detector;
import io.hark.Key;
import io.hark.Keyed;
import io.hark.carry.Carried;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Message;
import io.hark.schema.Addr;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import io.hark.schema.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Runs one detector or decoder in this process: brings its inputs into the order of event time,
/// keeps its states, wakes it.
///
/// Inputs wait until the watermark, which lies `lateness` behind the latest time seen, has passed
/// them; they are released by (time, arrival). What arrives behind the watermark is counted and
/// dropped (it is in the lake all the same). Wake-ups come by (time, key), after the inputs of
/// their moment; at the end every key has its last word, and what is said then goes out in the
/// order of keys. So the same inputs give the same outputs in the same order, however disordered
/// within the lateness they came, as long as inputs of one moment come in the same order.
///
/// An exception in what it runs forgets that key, is counted, and logged once a cause.
///
/// *Thread*: one owner.
///
/// @param <I> what comes in
/// @param <S> the state of a key
/// @param <O> what goes out
public final class KeyedRunner<I extends Stored, S extends Stored, O> {

    /// How much a runner holds.
    ///
    /// @param lateness how far the watermark lies behind the latest time seen
    /// @param maxWaiting how many inputs wait at most; beyond it the first is released early, and
    ///   the watermark with it
    /// @param maxKeys how many keys have a state at most; beyond it a quarter is shed: first those
    ///   called once, then those not called for longest
    public record Limits(Duration lateness, int maxWaiting, int maxKeys) {

        /// For captures. The pipeline's order is that of time but for what deadlines tell at the
        /// end of a chunk, and no chunk holds that many events; waiting events are what the
        /// collector has to copy, so they are kept few. A pair seen once costs 100 bytes (beacons).
        public static final Limits OFFLINE = new Limits(Duration.ofSeconds(10), 1 << 14, 1 << 21);

        /// For logs: Zeek writes a connection minutes behind its last packet.
        public static final Limits LOGS = new Limits(Duration.ofMinutes(10), 1 << 17, 1 << 21);

        /// For live traffic of several sensors.
        public static final Limits LIVE = new Limits(Duration.ofMinutes(2), 1 << 20, 1 << 21);
    }

    /// What happened so far.
    ///
    /// @param accepted inputs that came in time
    /// @param late inputs that came behind the watermark and were dropped
    /// @param early inputs released before their time, because too many waited
    /// @param shed keys that had to go, because there were too many
    /// @param failed keys forgotten because of an exception
    /// @param keys keys that have a state now
    /// @param waiting inputs that wait now
    public record Counters(
            long accepted, long late, long early, long shed, long failed, int keys, int waiting) {}

    private static final System.Logger LOG = System.getLogger(KeyedRunner.class.getName());
    private static final int MAX_CAUSES =
            100; // logged ones are remembered, and what is thrown may be chosen by strangers
    private static final long NEVER = Long.MIN_VALUE;

    private final Keyed<I, S, O> keyed;
    private final ToLongFunction<? super I> time;
    private final List<Class<? extends I>> inputs;
    private final Limits limits;
    private final Consumer<? super O> out;
    private final TreeSet<Saved.Wake> wakes = new TreeSet<>();
    private final Call<O> call;
    private final Keyed.Turn<O> turn;
    private final Keyed.Keys sink = this::deliver;

    private final Waiting<I> waiting = new Waiting<>();
    private final Set<String> causes = new HashSet<>();
    private KeyTable<S> table = new KeyTable<>(ThreadLocalRandom.current().nextLong());

    private long highest = NEVER;
    private long watermark = NEVER;
    private long accepted;
    private long late;
    private long early;
    private long shed;
    private long failed;
    private @Nullable I current;

    /// A runner of anything keyed.
    ///
    /// @param keyed what it runs
    /// @param inputs the record types that come in
    /// @param time the event time of an input, in nanoseconds
    /// @param turns what is put around the turn that `keyed` sees: how a decoder gets its
    ///   conversation
    /// @param limits how much it holds
    /// @param out takes what is said, in order
    public KeyedRunner(
            Keyed<I, S, O> keyed,
            Collection<Class<? extends I>> inputs,
            ToLongFunction<? super I> time,
            UnaryOperator<Keyed.Turn<O>> turns,
            Limits limits,
            Consumer<? super O> out) {
        this.keyed = keyed;
        this.time = time;
        this.limits = limits;
        this.out = out;
        this.call = new Call<>(out, wakes);
        this.turn = turns.apply(call);
        this.inputs = List.copyOf(inputs);
    }

    /// A runner of a detector.
    public static <S extends Stored> KeyedRunner<Event, S, Finding> of(
            Detector<S> detector, Limits limits, Consumer<? super Finding> out) {
        return new KeyedRunner<>(
                detector, detector.watches(), Event::seen, UnaryOperator.identity(), limits, out);
    }

    /// A runner of a decoder; `turns` makes its conversation, which asks [#current] what it is
    /// about.
    @SuppressWarnings("unchecked") // all that may be carried is Carried
    public static <S extends Stored> KeyedRunner<Carried, S, Message> of(
            Decoder<S> decoder,
            UnaryOperator<Keyed.Turn<Message>> turns,
            Limits limits,
            Consumer<? super Message> out) {
        List<Class<? extends Carried>> inputs = new ArrayList<>();
        for (Class<?> type : Carried.class.getPermittedSubclasses()) {
            inputs.add((Class<? extends Carried>) type);
        }
        return new KeyedRunner<>(decoder, inputs, Carried::ts, turns, limits, out);
    }

    /// Takes an input, and releases what the watermark has passed by it.
    public void add(I input) {
        long at = time.applyAsLong(input);
        if (at < watermark) {
            late++;
            return;
        }
        accepted++;
        waiting.add(at, input);
        if (at > highest) {
            highest = at;
            advance(at - limits.lateness.toNanos());
        }
        if (waiting.size() > limits.maxWaiting) {
            early++;
            advance(waiting.firstTime());
            next();
        }
    }

    /// Event time has passed without an input: nothing before `nanos`, the new watermark, is
    /// expected any more.
    public void advance(long nanos) {
        if (nanos <= watermark) {
            return;
        }
        watermark = nanos;
        while (waiting.firstTime() < nanos || !wakes.isEmpty() && wakes.first().at() < nanos) {
            next();
        }
    }

    /// No more input comes: releases all that waits, up to the latest time seen, and gives every
    /// key its last word.
    public void end() {
        if (highest != NEVER) {
            advance(highest + 1);
        }
        List<Said<O>> said = new ArrayList<>();
        for (int entry = 0; entry < table.entries(); entry++) {
            S state = table.state(entry);
            if (state != null) {
                int at = entry;
                lastWord(entry, state, o -> said.add(new Said<>(table.key(at), o)));
            }
        }
        said.sort((a, b) -> a.key.compareTo(b.key));
        said.forEach(s -> out.accept(s.what));
        table = new KeyTable<>(ThreadLocalRandom.current().nextLong());
        wakes.clear();
    }

    private record Said<O>(Key key, O what) {}

    /// The input at hand; null in a wake-up and at the end.
    public @Nullable I current() {
        return current;
    }

    /// What happened so far.
    public Counters counters() {
        return new Counters(accepted, late, early, shed, failed, table.live(), waiting.size());
    }

    /// Shows every key with its state, in the order in which they came.
    public void forEachState(BiConsumer<Key, S> sink) {
        for (int entry = 0; entry < table.entries(); entry++) {
            S state = table.state(entry);
            if (state != null) {
                sink.accept(table.key(entry), state);
            }
        }
    }

    /// All that it knows, as bytes of [Codec].
    public byte[] save() {
        List<Saved.Waits> waits = new ArrayList<>();
        waiting.forEach((input, at) -> waits.add(Saved.Waits.of(input)));
        Kind<S> stateKind = Kind.of(keyed.stateType());
        return Codec.write(
                Kind.of(Saved.class),
                new Saved(
                        keyed.name(),
                        stateKind.name(),
                        watermark,
                        highest,
                        accepted,
                        late,
                        early,
                        shed,
                        failed,
                        waits,
                        Saved.held(table, stateKind),
                        List.copyOf(wakes)));
    }

    /// Becomes what [#save] wrote; all that it knew before is forgotten.
    ///
    /// @throws IllegalArgumentException if the bytes are not of a runner of the same thing
    public void restore(byte[] saved) {
        Saved from = Codec.read(Kind.of(Saved.class), saved);
        Kind<S> stateKind = Kind.of(keyed.stateType());
        if (!from.watcher().equals(keyed.name()) || !from.state().equals(stateKind.name())) {
            throw new IllegalArgumentException(
                    "saved by '" + from.watcher() + "', not by '" + keyed.name() + "'");
        }
        while (waiting.size() > 0) {
            waiting.take();
        }
        waiting.restart();
        for (Saved.Waits input : from.waiting()) {
            I read = read(input);
            waiting.add(time.applyAsLong(read), read);
        }
        table = new KeyTable<>(ThreadLocalRandom.current().nextLong());
        from.fill(table, stateKind);
        wakes.clear();
        wakes.addAll(from.wakes());
        watermark = from.watermark();
        highest = from.highest();
        accepted = from.accepted();
        late = from.late();
        early = from.early();
        shed = from.shed();
        failed = from.failed();
    }

    private I read(Saved.Waits input) {
        for (Class<? extends I> type : inputs) {
            Kind<? extends I> kind = Kind.of(type);
            if (kind.name().equals(input.kind())) {
                return Codec.read(kind, input.row());
            }
        }
        throw new IllegalArgumentException("'" + keyed.name() + "' takes no " + input.kind());
    }

    /// Gives out the next input or wake-up.
    private void next() {
        if (wakes.isEmpty() || waiting.firstTime() <= wakes.first().at()) {
            call.now = waiting.firstTime();
            current = waiting.take();
            keyed.keys(current, sink);
            current = null;
        } else {
            wake(wakes.removeFirst());
        }
    }

    private void deliver(Addr host, Addr peer, int port, String name) {
        I input = current;
        if (input == null) {
            throw new IllegalStateException("a key was given outside keys()");
        }
        int entry = table.find(host, peer, port, name);
        S before = entry == KeyTable.NONE ? null : table.state(entry);
        call.at(host, peer, port, name);
        S after;
        try {
            after = keyed.on(input, before, turn);
        } catch (RuntimeException fault) {
            after = fault(fault);
        }
        keep(entry, before, after);
    }

    private void wake(Saved.Wake wake) {
        Key key = wake.key();
        int entry = table.find(key);
        S before = entry == KeyTable.NONE ? null : table.state(entry);
        if (before == null) {
            return; // forgotten since
        }
        call.now = wake.at();
        call.at(key);
        S after;
        try {
            after = keyed.wake(before, turn);
        } catch (RuntimeException fault) {
            after = fault(fault);
        }
        keep(entry, before, after);
    }

    private void lastWord(int entry, S state, Consumer<O> sink) {
        Key key = table.key(entry);
        call.at(key);
        call.now = table.touched(entry);
        call.last = sink;
        try {
            keyed.end(state, turn);
        } catch (RuntimeException fault) {
            fault(fault);
        }
        call.last = null;
    }

    private void keep(int entry, @Nullable S before, @Nullable S after) {
        if (after == null) {
            if (before != null) {
                table.forget(entry);
            }
            return;
        }
        int at = entry;
        if (before == null) {
            if (table.live() >= limits.maxKeys) {
                shed();
            }
            at = table.add(call.host, call.peer, call.port, call.name, after);
        } else if (after != before) {
            table.set(at, after);
        }
        table.touch(at, call.now);
    }

    /// Forgets a quarter of the keys: first those called once, then those not called for longest.
    private void shed() {
        Call<O> held = call.copy();
        for (int entry : table.leastWorth(Math.max(1, table.live() / 4))) {
            S state = table.state(entry);
            if (state != null) {
                lastWord(entry, state, out::accept);
                table.forget(entry);
                shed++;
            }
        }
        call.become(held);
        table.compact();
    }

    private @Nullable S fault(RuntimeException fault) {
        failed++;
        StackTraceElement[] frames = fault.getStackTrace();
        String cause = fault.getClass().getName() + (frames.length == 0 ? "" : " at " + frames[0]);
        if (causes.size() < MAX_CAUSES && causes.add(cause)) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    keyed.name() + " failed and forgets one key: " + cause,
                    fault);
        }
        return null;
    }
}
