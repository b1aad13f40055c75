package io.hark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Detector;
import io.hark.event.Conn;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import io.hark.sensor.KeyedRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// All detectors of connections in one job on a cluster in this process: each finds what it finds
/// in the embedded runner.
class EveryDetectorOnFlinkTest {

    private static final Duration LATENESS = Duration.ofSeconds(10);
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_760_000_000L * SECOND;

    private static final Queue<Finding> FOUND = new ConcurrentLinkedQueue<>();

    @Test
    void every_detector_of_connections_finds_what_it_finds_embedded() throws Exception {
        List<Event> events = events();
        FOUND.clear();
        Emitting.events = events;
        Configuration config = new Configuration();
        config.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(1, config);
        env.getConfig().enableObjectReuse();
        List<Finding> embedded = new ArrayList<>();
        for (Detector<?> detector : ServiceLoader.load(Detector.class)) {
            if (detector.watches().contains(Conn.class)) {
                add(env, detector);
                embedded(detector, events, embedded);
            }
        }
        env.executeAsync().getJobExecutionResult().get(300, TimeUnit.SECONDS);
        assertThat(sorted(FOUND)).isEqualTo(sorted(embedded));
        assertThat(embedded.stream().map(Finding::detector).distinct())
                .contains(
                        "beacons",
                        "fallback-channels",
                        "relays",
                        "server-calls-out",
                        "staging",
                        "transfers",
                        "web-services");
    }

    @SuppressWarnings("deprecation") // the simplest source
    private static <S extends Stored> void add(
            StreamExecutionEnvironment env, Detector<S> detector) {
        String name = detector.name();
        var events =
                env.addSource(new Emitting(-1), name + " events", OnFlink.inputsOf(detector))
                        .assignTimestampsAndWatermarks(OnFlink.watermarks(Event::seen, LATENESS));
        OnFlink.Maker<Detector<S>> maker = () -> called(name);
        OnFlink.detect(events, maker)
                .map(
                        finding -> {
                            FOUND.add(finding);
                            return finding;
                        })
                .returns(StoredType.ofOne(Finding.class))
                .sinkTo(new DiscardingSink<>());
    }

    @SuppressWarnings("unchecked") // the one it was made for
    private static <S extends Stored> Detector<S> called(String name) {
        for (Detector<?> detector : ServiceLoader.load(Detector.class)) {
            if (detector.name().equals(name)) {
                return (Detector<S>) detector;
            }
        }
        throw new IllegalStateException("no detector " + name);
    }

    private static <S extends Stored> void embedded(
            Detector<S> detector, List<Event> events, List<Finding> into) {
        var runner =
                KeyedRunner.of(
                        detector, new KeyedRunner.Limits(LATENESS, 1 << 16, 1 << 16), into::add);
        events.forEach(runner::add);
        runner.end();
    }

    private static List<Finding> sorted(Iterable<Finding> findings) {
        List<Finding> sorted = new ArrayList<>();
        findings.forEach(sorted::add);
        sorted.sort(
                Comparator.comparing(Finding::detector)
                        .thenComparing(Finding::id)
                        .thenComparing(Finding::revision));
        return sorted;
    }

    // ---- a few hours in which each has something to find

    private static List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 120; i++) { // a beacon, and a bot
            events.add(call(i * 60, "10.0.0.5", "203.0.113.7", 8443, 300, 200, 1));
            events.add(
                    conn(
                            i * 130,
                            "10.0.0.6",
                            "203.0.113.8",
                            443,
                            700,
                            900,
                            1,
                            "SF",
                            "api.telegram.org"));
        }
        for (int i = 0; i < 12; i++) { // one server after another
            String to = "198.51.100." + (1 + i % 4);
            events.add(conn(i * 40, "10.0.0.7", to, 8080, 0, 0, 20, "S0", null));
        }
        events.add(call(500, "198.51.100.9", "10.0.0.20", 4444, 20_100, 90_000, 60)); // a pivot
        events.add(call(501, "10.0.0.20", "10.0.0.31", 3389, 20_000, 90_000, 59));
        for (int i = 1; i <= 4; i++) { // data gathered and sent
            events.add(call(i * 100, "10.0.0.8", "10.0.1." + i, 445, 9_000, 4_000_000, 5));
        }
        events.add(call(2000, "10.0.0.8", "203.0.113.9", 443, 300_000_000, 40_000, 90));
        for (int i = 0; i < 240; i++) { // a server that calls out at last
            events.add(call(i * 60, "10.0.2." + i % 20, "10.0.0.80", 443, 500, 900, 1));
        }
        events.add(call(12_000, "10.0.0.80", "203.0.113.66", 4443, 900, 400, 3));
        events.sort(Comparator.comparingLong(Event::seen));
        return events;
    }

    private static Conn call(
            double at, String from, String to, int port, long up, long down, double lasting) {
        return conn(at, from, to, port, up, down, lasting, "SF", null);
    }

    private static Addr addr(String text) {
        return Objects.requireNonNull(Addr.parse(text));
    }

    private static Conn conn(
            double at,
            String from,
            String to,
            int port,
            long up,
            long down,
            double lasting,
            String state,
            @Nullable String name) {
        long ts = START + Math.round(at * SECOND);
        long duration = Math.round(lasting * SECOND);
        boolean answered = !state.equals("S0");
        return new Conn(
                ts,
                ts + duration,
                "C" + from.replace('.', 'x') + Long.toString(ts - START, 36),
                new Endpoints(addr(from), 40_000, addr(to), port),
                "tcp",
                null,
                duration,
                up,
                down,
                state,
                addr(from).isPrivate(),
                addr(to).isPrivate(),
                0,
                answered ? "ShADadFf" : "S",
                2 + up / 1000,
                up + 40 * (2 + up / 1000),
                answered ? 2 + down / 1000 : 0,
                answered ? down + 40 * (2 + down / 1000) : 0,
                null,
                6,
                null,
                null,
                null,
                null,
                null,
                name,
                name == null ? null : "sni",
                null,
                0,
                new long[0],
                new long[0],
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                0,
                null,
                null,
                null,
                null);
    }
}
