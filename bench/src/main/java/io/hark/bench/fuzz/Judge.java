package io.hark.bench.fuzz;

import io.hark.Exporter;
import io.hark.bytes.TextBuffer;
import io.hark.carry.Carried;
import io.hark.event.Conn;
import io.hark.event.Event;
import io.hark.schema.Codec;
import io.hark.schema.Kind;
import io.hark.schema.Stored;
import io.hark.wire.Engine;
import io.hark.wire.Expectation;
import io.hark.wire.Order;
import io.hark.wire.Sink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Takes what an engine says and has it written by every exporter and by the codec, which must read
/// back what it wrote; says what may not be.
///
/// *Thread*: one owner, the engine's.
final class Judge implements Sink {

    /// Events that an input may make: one an octet is more than any protocol needs, and some come
    /// of nothing but time.
    private static final int EVENTS_BESIDE = 500;

    private static final Map<Class<?>, List<Exporter.Plan>> PLANS = new ConcurrentHashMap<>();

    private final List<Exporter> exporters;
    private final TextBuffer text = new TextBuffer(1 << 12);
    private final List<Carried> carried = new ArrayList<>();
    private final TreeSet<String> services = new TreeSet<>();
    private @Nullable Engine engine;
    private long events;

    Judge(List<Exporter> exporters) {
        this.exporters = exporters;
    }

    /// What it negotiates, the engine is to know.
    void teach(Engine its) {
        engine = its;
    }

    @Override
    public void emit(Event event, Order order) {
        events++;
        if (event instanceof Conn conn && conn.service() != null) {
            services.addAll(Arrays.asList(conn.service().split(",")));
        }
        for (Exporter.Plan plan : PLANS.computeIfAbsent(event.getClass(), _ -> plans(event))) {
            plan.write(event, 1, text);
            text.clear();
        }
        recode(event);
    }

    private List<Exporter.Plan> plans(Event event) {
        Kind<Event> kind = Kind.of(event);
        List<Exporter.Plan> plans = new ArrayList<>();
        for (Exporter exporter : exporters) {
            Exporter.Plan plan = exporter.plan(kind);
            if (plan != null) {
                plans.add(plan);
            }
        }
        return plans;
    }

    /// Has the codec write, read and write it.
    static <R extends Stored> void recode(R row) {
        Kind<R> kind = Kind.of(row);
        byte[] once = Codec.write(kind, row);
        if (!Arrays.equals(once, Codec.write(kind, Codec.read(kind, once)))) {
            throw new IllegalStateException("the codec reads something else than it wrote: " + row);
        }
    }

    @Override
    public void carry(Carried piece, Order order) {
        recode(piece);
        carried.add(piece);
    }

    @Override
    public void publish(Expectation expectation, Order order) {
        if (engine != null) {
            engine.learn(expectation);
        }
    }

    /// What was carried up.
    List<Carried> carried() {
        return carried;
    }

    /// The protocols that were recognised.
    TreeSet<String> services() {
        return services;
    }

    /// Finds fault with what was said of an input of so many octets.
    void judge(int octets) {
        if (events > EVENTS_BESIDE + octets) {
            throw new IllegalStateException(events + " events out of " + octets + " octets");
        }
    }
}
