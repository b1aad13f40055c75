package io.hark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.beacons.Beacons;
import io.hark.event.Conn;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.schema.Addr;
import io.hark.sensor.KeyedRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same detector on a cluster in this process and in the embedded runner: what they find is the
/// same.
class OnFlinkTest {

    private static final int MOST_TRIES = 1000; // some milliseconds each
    private static final Duration LATENESS = Duration.ofSeconds(10);
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_760_000_000L * SECOND;
    private static final Addr CLIENT = Addr.v4(0x0a00_0005);

    /// What the job found, in this process.
    private static final Queue<Finding> FOUND = new ConcurrentLinkedQueue<>();

    @Test
    void ordered_input_gives_what_the_embedded_runner_gives() throws Exception {
        List<Event> events = events();
        whole(events);
        assertThat(found()).isEqualTo(embedded(events)).hasSizeGreaterThan(6);
    }

    @Test
    void disorder_within_the_lateness_changes_nothing() throws Exception {
        List<Event> events = events();
        whole(disordered(events));
        assertThat(found()).isEqualTo(embedded(events));
    }

    @Test
    void stopped_with_a_savepoint_and_restored_gives_the_same(@TempDir Path folder)
            throws Exception {
        List<Event> events = disordered(events());
        FOUND.clear();
        Emitting.events = events;
        Emitting.stopped = new CountDownLatch(1);
        int half = events.size() / 2;
        JobClient first = job(new Configuration(), half);
        assertThat(Emitting.stopped.await(180, TimeUnit.SECONDS)).isTrue();
        String savepoint = stopped(first, folder);
        List<Finding> before = found();
        Configuration restored = new Configuration();
        restored.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        job(restored, -1).getJobExecutionResult().get(180, TimeUnit.SECONDS);
        List<Finding> all = embedded(events());
        assertThat(before).isNotEmpty().hasSizeLessThan(all.size());
        assertThat(found()).isEqualTo(all);
    }

    /// Stops the job with a savepoint. The source may be half through before the last task of a
    /// slow machine runs, and then Flink refuses: it is asked again.
    private static String stopped(JobClient job, Path folder) throws Exception {
        for (int tries = 1; ; tries++) {
            try {
                return job.stopWithSavepoint(
                                false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get(180, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                boolean early =
                        String.valueOf(e.getMessage()).contains("Checkpoint triggering task");
                if (!early || tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static void whole(List<Event> events) throws Exception {
        FOUND.clear();
        Emitting.events = events;
        job(new Configuration(), -1).getJobExecutionResult().get(180, TimeUnit.SECONDS);
    }

    @SuppressWarnings("deprecation") // the simplest source that can be stopped at a place
    private static JobClient job(Configuration config, int stopBefore) throws Exception {
        config.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, config);
        env.getConfig().enableObjectReuse();
        var events =
                env.addSource(new Emitting(stopBefore), "events", OnFlink.inputsOf(new Beacons()))
                        .uid("events")
                        .assignTimestampsAndWatermarks(OnFlink.watermarks(Event::seen, LATENESS));
        OnFlink.detect(events, Beacons::new)
                .map(
                        finding -> {
                            FOUND.add(finding);
                            return finding;
                        })
                .returns(StoredType.ofOne(Finding.class))
                .sinkTo(new DiscardingSink<>());
        return env.executeAsync();
    }

    private static List<Finding> found() {
        return FOUND.stream()
                .sorted(Comparator.comparing(Finding::id).thenComparing(Finding::revision))
                .toList();
    }

    private static List<Finding> embedded(List<Event> events) {
        List<Finding> found = new ArrayList<>();
        var runner =
                KeyedRunner.of(
                        new Beacons(),
                        new KeyedRunner.Limits(LATENESS, 1 << 16, 1 << 16),
                        found::add);
        events.forEach(runner::add);
        runner.end();
        assertThat(runner.counters().late()).isZero();
        found.sort(Comparator.comparing(Finding::id).thenComparing(Finding::revision));
        return found;
    }

    /// Three beacons, chance between twenty other pairs, and a week later, when all are forgotten,
    /// one more call.
    private static List<Event> events() {
        Random random = new Random(5);
        List<Event> events = new ArrayList<>();
        for (int pair = 0; pair < 23; pair++) {
            double t = random.nextDouble() * 60;
            for (int i = 0; i < 80; i++) {
                double step =
                        pair < 3
                                ? 1 + 0.2 * (2 * random.nextDouble() - 1)
                                : -Math.log(1 - random.nextDouble());
                t += (20 + 10 * pair) * step;
                events.add(conn(t, Addr.v4(0xcb00_7100 | pair), pair));
            }
        }
        events.add(conn(8 * 86_400, Addr.v4(0xcb00_7100), 0));
        events.sort(Comparator.comparingLong(Event::seen));
        return events;
    }

    private static List<Event> disordered(List<Event> events) {
        Random random = new Random(9);
        Map<Event, Long> arrival = new IdentityHashMap<>();
        events.forEach(event -> arrival.put(event, event.seen() + random.nextLong(9 * SECOND)));
        List<Event> disordered = new ArrayList<>(events);
        disordered.sort(Comparator.comparingLong(arrival::get));
        assertThat(disordered).isNotEqualTo(events);
        return disordered;
    }

    private static Conn conn(double at, Addr resp, int pair) {
        long ts = START + Math.round(at * SECOND);
        Endpoints id = new Endpoints(CLIENT, 40_000, resp, 4444);
        String uid = "C" + pair + "x" + Long.toString(ts - START, 36);
        return new Conn(
                ts,
                ts + SECOND / 5,
                uid,
                id,
                "tcp",
                null,
                SECOND / 5,
                300L,
                500L,
                "SF",
                true,
                false,
                0,
                "ShADadFf",
                5,
                560,
                5,
                760,
                null,
                6,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
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
