package io.hark.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.UserError;
import io.hark.event.Conn;
import io.hark.event.Dns;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Message;
import io.hark.schema.Kind;
import io.hark.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest {

    private static final long DAY = 86_400_000_000_000L;
    private static final long NOON = 1_767_268_800_000_000_000L; // 2026-01-01T12:00:00Z

    @TempDir Path dir;

    private Instant now = Instant.parse("2026-02-01T00:00:00Z");
    private final InstantSource clock = () -> now;

    private void store(String name, Iterable<? extends Event> events) throws IOException {
        try (Store store = new Store(dir, name)) {
            for (Event event : events) {
                store.accept(event);
            }
        }
    }

    private List<Map<String, @Nullable Object>> rows(String sql) {
        try (Query query = Query.open(dir)) {
            return query.rows(sql);
        }
    }

    private long files(String kind) throws IOException {
        try (var all = Files.walk(dir.resolve("events").resolve(kind))) {
            return all.filter(file -> file.toString().endsWith(".parquet")).count();
        }
    }

    private Compaction.Done compact() throws IOException {
        try (Lake lake = Lake.open(dir, clock)) {
            return Compaction.run(lake);
        }
    }

    private static <E extends Event> List<E> random(Class<E> type, int count, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<E> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(RandomRow.of(Kind.of(type), random, i));
        }
        return rows;
    }

    private static Dns dns(long ts, String uid) {
        return new Dns(
                ts,
                ts,
                uid,
                ends(),
                "udp",
                7,
                null,
                "a.example",
                1,
                "C_INTERNET",
                1,
                "A",
                0,
                "NOERROR",
                false,
                false,
                true,
                true,
                0,
                null,
                null,
                false,
                0,
                "query");
    }

    private static io.hark.event.Endpoints ends() {
        return new io.hark.event.Endpoints(
                io.hark.schema.Addr.v4(1), 1, io.hark.schema.Addr.v4(2), 53);
    }

    @Test
    void compacted_files_have_the_same_rows_whatever_is_in_them() throws IOException {
        for (Class<? extends Event> type :
                List.of(Conn.class, Dns.class, Finding.class, Message.class)) {
            for (int file = 0; file < 20; file++) {
                store("part" + file, random(type, 30, file));
            }
        }
        Map<String, List<String>> before = columns();
        compact();
        assertThat(files("conn")).isGreaterThan(20);
        columns()
                .forEach(
                        (column, values) -> {
                            List<String> others =
                                    new ArrayList<>(before.getOrDefault(column, List.of()));
                            assertThat(values).as(column).hasSameSizeAs(others);
                            values.forEach(others::remove);
                            assertThat(others).as(column).isEmpty();
                        });
    }

    /// The values of each column, each with the row it is of.
    private Map<String, List<String>> columns() {
        Map<String, List<String>> columns = new TreeMap<>();
        for (String kind : List.of("conn", "dns", "finding", "message")) {
            for (Map<String, @Nullable Object> row : rows("SELECT * FROM " + kind)) {
                row.forEach(
                        (column, value) ->
                                columns.computeIfAbsent(kind + "." + column, _ -> new ArrayList<>())
                                        .add(row.get("ts") + " " + row.get("seen") + " " + value));
            }
        }
        columns.values().forEach(values -> values.sort(null));
        return columns;
    }

    @Test
    void many_small_files_become_one_that_is_sorted_and_the_old_ones_go_later() throws IOException {
        for (int file = 0; file < 20; file++) {
            store(
                    "part" + file,
                    List.of(dns(NOON - file, "C" + file), dns(NOON + DAY, "D" + file)));
        }
        Compaction.Done done = compact();
        assertThat(done.filesBefore()).isEqualTo(40);
        assertThat(done.filesAfter()).isEqualTo(2);
        assertThat(files("dns")).isEqualTo(42);
        assertThat(rows("SELECT uid FROM dns WHERE day = '2026-01-01'"))
                .extracting(row -> row.get("uid"))
                .startsWith("C19", "C18")
                .hasSize(20);

        assertThat(compact().filesBefore()).isZero();
        assertThat(files("dns")).isEqualTo(42);
        now = now.plus(Lake.GRACE).plusSeconds(1);
        compact();
        assertThat(files("dns")).isEqualTo(2);
        assertThat(rows("SELECT count(*) AS n FROM dns")).containsExactly(Map.of("n", 40L));
    }

    @Test
    void a_reader_sees_every_row_once_at_every_moment() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        store("part", List.of(dns(NOON, "C0")));
        List<Object> counts = new ArrayList<>();
        Thread reader =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    while (!isOver.get()) {
                                        counts.addAll(
                                                rows("SELECT count(*) - count(DISTINCT uid) AS n FROM dns")
                                                        .getFirst()
                                                        .values());
                                        counts.addAll(
                                                rows("SELECT count(*) - max(trans_id) AS n FROM (SELECT 1 AS trans_id FROM dns WHERE uid = 'C0')")
                                                        .getFirst()
                                                        .values());
                                    }
                                });
        for (int round = 0; round < 8; round++) {
            for (int file = 0; file < Compaction.FEW; file++) {
                int number = round * Compaction.FEW + file + 1;
                store("part" + number, List.of(dns(NOON + number, "C" + number)));
            }
            compact();
            now = now.plus(Lake.GRACE).plusSeconds(1); // what a reader had open is gone on purpose
        }
        isOver.set(true);
        reader.join();
        assertThat(counts).isNotEmpty().containsOnly(0L);
        assertThat(rows("SELECT count(*) AS n FROM dns"))
                .containsExactly(Map.of("n", 8L * Compaction.FEW + 1));
    }

    @Test
    void only_one_tidies_at_a_time() throws IOException {
        store("part", List.of(dns(NOON, "C1")));
        try (Lake lake = Lake.open(dir, clock)) {
            assertThat(lake.dir()).isEqualTo(dir);
            assertThatThrownBy(() -> Lake.open(dir, clock))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("another hark");
        }
    }

    @Test
    void old_days_go_but_for_what_a_finding_points_to() throws IOException {
        Finding finding =
                random(Finding.class, 40, 3).stream()
                        .filter(one -> !one.uids().isEmpty())
                        .findFirst()
                        .orElseThrow();
        String pointed = finding.uids().getFirst();
        store("part", List.of(dns(NOON, pointed), dns(NOON, "C1"), dns(NOON + 20 * DAY, "C2")));
        store("found", List.of(finding));

        Retention retention = new Retention(Duration.ofDays(15), Map.of(), null);
        try (Lake lake = Lake.open(dir, clock)) {
            List<Retention.Going> going = retention.plan(lake);
            assertThat(going).hasSize(1);
            assertThat(going.getFirst().rows()).isEqualTo(2);
            assertThat(going.getFirst().kept()).isEqualTo(1);
            assertThat(rows("SELECT count(*) AS n FROM dns")).containsExactly(Map.of("n", 3L));
            retention.run(lake, going);
            assertThat(retention.plan(lake)).isEmpty();
        }
        assertThat(rows("SELECT uid FROM dns ORDER BY ts"))
                .extracting(row -> row.get("uid"))
                .containsExactly(pointed, "C2");
        assertThat(rows("SELECT count(*) AS n FROM finding")).containsExactly(Map.of("n", 1L));
    }

    @Test
    void room_is_made_by_the_oldest_days_and_kinds_have_ages_of_their_own() throws IOException {
        store("part", List.of(dns(NOON, "C1"), dns(NOON + DAY, "C2"), dns(NOON + 2 * DAY, "C3")));
        long all = 0;
        try (var walk = Files.walk(dir.resolve("events"))) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                all += Files.size(file);
            }
        }
        try (Lake lake = Lake.open(dir, clock)) {
            assertThat(new Retention(null, Map.of(), all).plan(lake)).isEmpty();
            assertThat(new Retention(null, Map.of(), all - 1).plan(lake))
                    .extracting(Retention.Going::day)
                    .containsExactly("2026-01-01");
            assertThat(
                            new Retention(
                                            Duration.ofDays(1),
                                            Map.of("dns", Duration.ofDays(60)),
                                            null)
                                    .plan(lake))
                    .isEmpty();
        }
    }
}
