package io.hark.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.event.Anomaly;
import io.hark.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many rows, row groups, days and files, judged by DuckDB.
class StoreFilesTest {

    private static final long DAY = 86_400_000_000_000L;
    private static final long NEW_YEAR = 1_767_225_600_000_000_000L; // 2026-01-01T00:00:00Z

    @TempDir Path dir;
    private Oracle oracle;

    @BeforeEach
    void open() throws SQLException {
        oracle = new Oracle(dir);
    }

    @AfterEach
    void close() throws SQLException {
        oracle.close();
    }

    // ---- many rows

    @Test
    void dictionaries_overflow_without_loss_over_several_row_groups() throws Exception {
        int count = 300_000;
        try (Store store = new Store(dir)) {
            for (int i = 0; i < count; i++) {
                store.accept(StoreTest.small(NEW_YEAR + i, i, text(i)));
            }
        }
        assertThat(
                        (long)
                                oracle.one(
                                        "SELECT count(DISTINCT row_group_id) FROM parquet_metadata('"
                                                + dir
                                                + "/events/small/*/*.parquet')"))
                .isGreaterThanOrEqualTo(3);
        int row = 0;
        try (Statement statement = oracle.duckdb.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT row, text FROM "
                                        + oracle.files("small")
                                        + " ORDER BY row")) {
            while (rows.next()) {
                assertThat(rows.getLong(1)).isEqualTo(row);
                assertThat(rows.getString(2)).isEqualTo(text(row));
                row++;
            }
        }
        assertThat(row).isEqualTo(count);
    }

    /// Few words, then ever new ones with few between them, then few again, then the few words of a
    /// new row group.
    private static @Nullable String text(int row) {
        if (row % 7 == 0) {
            return null;
        }
        return row > 20_000 && row < 120_000 && row % 3 > 0 ? "word " + row : "few " + row % 100;
    }

    @Test
    void texts_that_collide_on_purpose_only_cost_the_dictionary() throws Exception {
        List<StoreTest.Small> rows = new ArrayList<>();
        for (int i = 0; i < 1 << 14; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < 14; bit++) {
                text.append((i >>> bit & 1) == 0 ? "Aa" : "BB"); // the same String.hashCode
            }
            rows.add(StoreTest.small(i, i, text.toString()));
        }
        oracle.write(rows);
        List<Map<String, Object>> read =
                oracle.ask("SELECT text FROM " + oracle.files("small") + " ORDER BY row");
        for (int i = 0; i < rows.size(); i++) {
            assertThat(read.get(i)).containsEntry("text", rows.get(i).text());
        }
    }

    @Test
    void statistics_are_the_bounds_of_the_values() throws Exception {
        oracle.write(StoreTest.random(Everything.class, 3_000, 5));
        for (String column : List.of("row", "number", "text", "addr", "flag", "duration", "seen")) {
            for (Map<String, Object> chunk :
                    oracle.ask(
                            "SELECT file_name, row_group_id, stats_min_value AS low, stats_max_value AS high, stats_null_count AS absent"
                                    + " FROM parquet_metadata('"
                                    + dir
                                    + "/events/everything/*/*.parquet')"
                                    + " WHERE path_in_schema = '"
                                    + column
                                    + "'")) {
                Map<String, Object> is =
                        oracle.ask(
                                        "SELECT min("
                                                + column
                                                + ")::VARCHAR AS low, max("
                                                + column
                                                + ")::VARCHAR AS high,"
                                                + " count(*) - count("
                                                + column
                                                + ") AS absent FROM read_parquet('"
                                                + chunk.get("file_name")
                                                + "')")
                                .getFirst();
                assertThat(chunk.get("absent")).as(column).isEqualTo(is.get("absent"));
                if (chunk.get("low") != null
                        && !column.equals("duration")) { // told in other digits
                    assertThat(chunk.get("low")).as(column).isEqualTo(is.get("low"));
                    assertThat(chunk.get("high")).as(column).isEqualTo(is.get("high"));
                }
            }
        }
    }

    @Test
    void a_search_by_time_reads_only_the_row_groups_it_needs() throws Exception {
        try (Store store = new Store(dir)) {
            for (int i = 0; i < 400_000; i++) {
                store.accept(StoreTest.small(NEW_YEAR + i * 1_000_000L, i, "t" + i / 100_000));
            }
        }
        String second =
                "SELECT count(text) FROM "
                        + oracle.files("small")
                        + " WHERE ts >= '2026-01-01 00:06:00' AND ts < '2026-01-01 00:06:01'";
        assertThat(oracle.one(second)).isEqualTo(1000L);
        assertThat(oracle.ask("EXPLAIN ANALYZE " + second).toString())
                .contains("Row Groups Scanned: 1 / 4");
        for (String where :
                List.of(
                        "text = 't2'",
                        "row = 250000",
                        "ts = '2026-01-01 00:04:10'",
                        "text > 't3x'",
                        "row < 0")) {
            assertThat(
                            oracle.one(
                                    "SELECT count(*) FROM "
                                            + oracle.files("small")
                                            + " WHERE "
                                            + where))
                    .as(where)
                    .isEqualTo(
                            oracle.one(
                                    "SELECT count(*) FILTER ("
                                            + where
                                            + ") FROM (SELECT * FROM "
                                            + oracle.files("small")
                                            + " ORDER BY row)"));
        }
    }

    @Test
    void filters_let_every_value_through_and_hardly_any_other() throws Exception {
        try (Store store = new Store(dir)) {
            for (int i = 0; i < 150_000; i++) { // few first, then too many for a dictionary
                store.accept(
                        StoreTest.small(
                                NEW_YEAR + i * 1000L,
                                i,
                                "a name of some length " + i * i % 99_991));
            }
        }
        Path file = dir.resolve(oracle.tree().getFirst());
        assertThat(excluded(file, "text")).isZero();
        assertThat(excluded(file, "text || ' not there'")).isGreaterThan(290L);
        for (String value : List.of("a name of some length 4", "nowhere")) {
            assertThat(
                            oracle.one(
                                    "SELECT count(*) FROM "
                                            + oracle.files("small")
                                            + " WHERE text = '"
                                            + value
                                            + "'"))
                    .as(value)
                    .isEqualTo(
                            oracle.one(
                                    "SELECT count(*) FROM "
                                            + oracle.files("small")
                                            + " WHERE text || '' = '"
                                            + value
                                            + "'"));
        }
    }

    /// How many of 300 values the filters of both row groups exclude, by DuckDB's reading of them.
    private long excluded(Path file, String value) throws Exception {
        long count = 0;
        for (Map<String, Object> row :
                oracle.ask(
                        "SELECT DISTINCT "
                                + value
                                + " AS sought FROM read_parquet('"
                                + file
                                + "') WHERE row % 500 = 7 LIMIT 300")) {
            count +=
                    (Long)
                            oracle.one(
                                    "SELECT CAST(bool_and(bloom_filter_excludes) AS BIGINT) FROM parquet_bloom_probe('"
                                            + file
                                            + "', 'text', '"
                                            + row.get("sought")
                                            + "')");
        }
        return count;
    }

    // ---- files

    @Test
    void rows_go_to_the_day_of_their_time() throws Exception {
        oracle.write(
                List.of(
                        StoreTest.small(NEW_YEAR - 1, 0, "old"),
                        StoreTest.small(NEW_YEAR, 1, "new"),
                        StoreTest.small(NEW_YEAR - 2, 2, "late"),
                        StoreTest.small(-1, 3, "before 1970"),
                        new Anomaly(
                                NEW_YEAR + DAY,
                                0,
                                null,
                                endpoints(),
                                "name",
                                null,
                                false,
                                "test")));
        assertThat(oracle.tree().stream().map(Path::toString))
                .containsExactly(
                        "events/anomaly/day=2026-01-02/part-0001.parquet",
                        "events/small/day=1969-12-31/part-0001.parquet",
                        "events/small/day=2025-12-31/part-0001.parquet",
                        "events/small/day=2026-01-01/part-0001.parquet");
        assertThat(
                        oracle.ask(
                                "SELECT row FROM "
                                        + oracle.files("small")
                                        + " WHERE day = DATE '2025-12-31' ORDER BY row"))
                .extracting(row -> row.get("row"))
                .containsExactly(0L, 2L);
    }

    private static io.hark.event.Endpoints endpoints() {
        return new io.hark.event.Endpoints(
                io.hark.schema.Addr.v4(1), 1, io.hark.schema.Addr.v4(2), 2);
    }

    @Test
    void a_clock_that_jumps_over_years_keeps_few_files_open_and_loses_nothing() throws Exception {
        try (Store store = new Store(dir)) {
            for (int i = 0; i < 1000; i++) {
                store.accept(StoreTest.small(NEW_YEAR + i * 37 % 500 * DAY, i, "x"));
            }
        }
        assertThat(oracle.one("SELECT count(DISTINCT row) FROM " + oracle.files("small")))
                .isEqualTo(1000L);
        assertThat(oracle.tree()).allMatch(path -> path.toString().endsWith(".parquet"));
    }

    @Test
    void the_same_events_make_the_same_bytes() throws Exception {
        List<Everything> rows = StoreTest.random(Everything.class, 2_000, 9);
        oracle.write(rows);
        Map<Path, byte[]> once = new LinkedHashMap<>();
        for (Path path : oracle.tree()) {
            once.put(path, Files.readAllBytes(dir.resolve(path)));
        }
        oracle.write(rows);
        assertThat(oracle.tree()).containsExactlyElementsOf(once.keySet());
        for (Map.Entry<Path, byte[]> file : once.entrySet()) {
            assertThat(Files.readAllBytes(dir.resolve(file.getKey()))).isEqualTo(file.getValue());
        }
    }

    @Test
    void without_events_there_is_nothing() throws Exception {
        oracle.write(List.of());
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void a_file_has_its_name_only_when_it_is_whole() throws Exception {
        Store store = new Store(dir);
        for (int i = 0; i < 200_000; i++) {
            store.accept(StoreTest.small(NEW_YEAR, i, "x"));
        }
        assertThat(oracle.tree())
                .hasSize(1)
                .allMatch(path -> path.toString().endsWith("part-0001.parquet.tmp"));
        store.close();
        assertThat(oracle.tree())
                .hasSize(1)
                .allMatch(path -> path.toString().endsWith("part-0001.parquet"));
        store.close();
        assertThatThrownBy(() -> store.accept(StoreTest.small(1, 1, "x")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void a_store_that_cannot_write_says_so_and_leaves_no_half_file() throws Exception {
        Files.createDirectories(dir.resolve("events"));
        Files.writeString(dir.resolve("events/small"), "in the way");
        Store store = new Store(dir);
        store.accept(new Anomaly(NEW_YEAR, 0, null, endpoints(), "name", null, false, "test"));
        store.accept(StoreTest.small(NEW_YEAR, 1, "x"));
        assertThatThrownBy(store::close).isInstanceOf(IOException.class);
        assertThat(oracle.tree().stream().map(Path::toString))
                .doesNotContain("events/anomaly/day=2026-01-01/part-0001.parquet.tmp")
                .noneMatch(path -> path.endsWith(".tmp"));
    }

    @Test
    void a_store_goes_on_when_it_can_write_again_and_says_what_it_lost() throws Exception {
        Path inTheWay = dir.resolve("events/small");
        Files.createDirectories(inTheWay.getParent());
        Files.writeString(inTheWay, "in the way");
        try (Store store = Store.lasting(dir, "run-2")) {
            store.accept(StoreTest.small(NEW_YEAR, 1, "lost"));
            assertThatThrownBy(store::roll).isInstanceOf(IOException.class);
            Files.delete(inTheWay);
            store.accept(StoreTest.small(NEW_YEAR, 2, "kept"));
            store.roll();
            assertThat(store.lost()).isEqualTo(1);
        }
        assertThat(oracle.tree().stream().map(Path::toString))
                .containsExactly("events/small/day=2026-01-01/run-2-0002.parquet");
        assertThat(oracle.one("SELECT row FROM " + oracle.files("small"))).isEqualTo(2L);
    }
}
