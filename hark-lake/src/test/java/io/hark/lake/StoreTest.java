package io.hark.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.event.Anomaly;
import io.hark.event.Conn;
import io.hark.event.ConnUpdate;
import io.hark.event.Dns;
import io.hark.event.Event;
import io.hark.event.FileSeen;
import io.hark.event.Finding;
import io.hark.event.Ftp;
import io.hark.event.Http;
import io.hark.event.Message;
import io.hark.event.Ssl;
import io.hark.event.X509;
import io.hark.schema.About;
import io.hark.schema.Kind;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import io.hark.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The store, judged by DuckDB: it stands here because only this module has it.
class StoreTest {

    private static final long DAY = 86_400_000_000_000L;
    private static final long NEW_YEAR = 1_767_225_600_000_000_000L; // 2026-01-01T00:00:00Z

    @TempDir Path dir;
    private Connection duckdb;

    /// A row that is quickly made.
    @Named(value = "small", about = "little")
    public record Small(
            @About(value = "when", unit = Unit.TIME) long ts,
            @About(value = "when", unit = Unit.TIME) long seen,
            long row,
            @Nullable String text,
            long @Nullable [] numbers)
            implements Event {}

    private static Small small(long ts, long row, @Nullable String text) {
        return new Small(ts, ts, row, text, null);
    }

    @BeforeEach
    void open() throws SQLException {
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterEach
    void close() throws SQLException {
        duckdb.close();
    }

    private void write(Iterable<? extends Event> events) throws IOException {
        try (Store store = new Store(dir)) {
            for (Event event : events) {
                store.accept(event);
            }
        }
    }

    private String files(String kind) {
        return "read_parquet('" + dir + "/events/" + kind + "/*/*.parquet')";
    }

    private List<Map<String, Object>> ask(String sql) throws SQLException {
        List<Map<String, Object>> found = new ArrayList<>();
        try (Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    Object value = rows.getObject(i);
                    row.put(
                            rows.getMetaData().getColumnLabel(i),
                            value instanceof java.sql.Timestamp
                                    ? rows.getObject(i, LocalDateTime.class)
                                    : Told.plain(value));
                }
                found.add(row);
            }
        }
        return found;
    }

    private Object one(String sql) throws SQLException {
        return ask(sql).getFirst().values().iterator().next();
    }

    private List<Path> tree() throws IOException {
        try (Stream<Path> paths = Files.walk(dir)) {
            return paths.filter(Files::isRegularFile).map(dir::relativize).sorted().toList();
        }
    }

    // ---- values

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void random_rows_of_every_type_read_back_exactly(long seed) throws Exception {
        List<Everything> rows = random(Everything.class, 5_000, seed);
        write(rows);
        List<Map<String, Object>> read =
                ask("SELECT * EXCLUDE (day) FROM " + files("everything") + " ORDER BY row");
        assertThat(read).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(read.get(i))
                    .as("seed %d row %d", seed, i)
                    .isEqualTo(Told.of(Kind.of(Everything.class), rows.get(i)));
        }
    }

    @Test
    void random_rows_of_every_kind_of_event_read_back_exactly() throws Exception {
        List<Class<? extends Event>> kinds =
                List.of(
                        Anomaly.class,
                        Conn.class,
                        ConnUpdate.class,
                        Dns.class,
                        FileSeen.class,
                        Finding.class,
                        Ftp.class,
                        Http.class,
                        Message.class,
                        Ssl.class,
                        X509.class);
        for (Class<? extends Event> type : kinds) {
            assertReadsBack(type);
        }
    }

    private <E extends Event> void assertReadsBack(Class<E> type) throws Exception {
        Kind<E> kind = Kind.of(type);
        List<E> rows = random(type, 300, type.getName().hashCode());
        write(rows);
        List<Map<String, Object>> written = new ArrayList<>();
        for (E row : rows) {
            written.add(Told.of(kind, row));
        }
        assertThat(ask("SELECT * EXCLUDE (day) FROM " + files(kind.name())))
                .as(kind.name())
                .containsExactlyInAnyOrderElementsOf(written);
    }

    private static <E extends Event> List<E> random(Class<E> type, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<E> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(RandomRow.of(Kind.of(type), random, i));
        }
        return rows;
    }

    @Test
    void types_are_what_a_user_of_sql_expects() throws Exception {
        write(random(Everything.class, 1, 1));
        Map<Object, Object> types = new LinkedHashMap<>();
        for (Map<String, Object> column : ask("DESCRIBE SELECT * FROM " + files("everything"))) {
            types.put(column.get("column_name"), column.get("column_type"));
        }
        assertThat(types)
                .containsEntry("ts", "TIMESTAMP_NS")
                .containsEntry("number", "BIGINT")
                .containsEntry("duration", "DOUBLE")
                .containsEntry("mac", "VARCHAR")
                .containsEntry("real", "DOUBLE")
                .containsEntry("flag", "BOOLEAN")
                .containsEntry("colour", "VARCHAR")
                .containsEntry("addr", "VARCHAR")
                .containsEntry("bytes", "BLOB")
                .containsEntry("numbers", "BIGINT[]")
                .containsEntry("gaps", "DOUBLE[]")
                .containsEntry("addrs", "VARCHAR[]")
                .containsEntry("id.resp_h", "VARCHAR")
                .containsEntry("day", "DATE");
        assertThat(types.get("parts").toString())
                .startsWith(
                        "STRUCT(\"name\" VARCHAR, number DOUBLE, \"time\" TIMESTAMP_NS, words VARCHAR[]");
    }

    @Test
    void huge_texts_and_broken_ones_are_kept() throws Exception {
        String huge = "ü".repeat(3_000_000);
        write(
                List.of(
                        small(1, 0, huge),
                        small(2, 1, "a\ud800b"),
                        small(3, 2, ""),
                        small(4, 3, null),
                        small(5, 4, huge)));
        List<Map<String, Object>> read =
                ask("SELECT text FROM " + files("small") + " ORDER BY row");
        assertThat(read.get(0)).containsEntry("text", huge);
        assertThat(read.get(1)).containsEntry("text", "a?b"); // half a character is none
        assertThat(read.get(2)).containsEntry("text", "");
        assertThat(read.get(3)).containsEntry("text", null);
        assertThat(read.get(4)).containsEntry("text", huge);
    }

    @Test
    void a_list_longer_than_a_page_is_one_row() throws Exception {
        long[] numbers = new long[300_000];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i * (long) i;
        }
        List<Small> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.add(
                    new Small(
                            i, i, i, "x", i % 3 == 0 ? numbers : i % 3 == 1 ? new long[0] : null));
        }
        write(rows);
        assertThat(ask("SELECT numbers FROM " + files("small") + " ORDER BY row"))
                .containsExactlyElementsOf(rows.stream().map(row -> list(row.numbers())).toList());
    }

    private static Map<String, Object> list(long @Nullable [] numbers) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(
                "numbers",
                numbers == null ? null : java.util.Arrays.stream(numbers).boxed().toList());
        return row;
    }

    // ---- many rows

    @Test
    void dictionaries_overflow_without_loss_over_several_row_groups() throws Exception {
        int count = 300_000;
        try (Store store = new Store(dir)) {
            for (int i = 0; i < count; i++) {
                store.accept(small(NEW_YEAR + i, i, text(i)));
            }
        }
        assertThat(
                        (long)
                                one(
                                        "SELECT count(DISTINCT row_group_id) FROM parquet_metadata('"
                                                + dir
                                                + "/events/small/*/*.parquet')"))
                .isGreaterThanOrEqualTo(3);
        int row = 0;
        try (Statement statement = duckdb.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT row, text FROM " + files("small") + " ORDER BY row")) {
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
        List<Small> rows = new ArrayList<>();
        for (int i = 0; i < 1 << 14; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < 14; bit++) {
                text.append((i >>> bit & 1) == 0 ? "Aa" : "BB"); // the same String.hashCode
            }
            rows.add(small(i, i, text.toString()));
        }
        write(rows);
        List<Map<String, Object>> read =
                ask("SELECT text FROM " + files("small") + " ORDER BY row");
        for (int i = 0; i < rows.size(); i++) {
            assertThat(read.get(i)).containsEntry("text", rows.get(i).text());
        }
    }

    @Test
    void statistics_are_the_bounds_of_the_values() throws Exception {
        write(random(Everything.class, 3_000, 5));
        for (String column : List.of("row", "number", "text", "addr", "flag", "duration", "seen")) {
            for (Map<String, Object> chunk :
                    ask(
                            "SELECT file_name, row_group_id, stats_min_value AS low, stats_max_value AS high, stats_null_count AS absent"
                                    + " FROM parquet_metadata('"
                                    + dir
                                    + "/events/everything/*/*.parquet')"
                                    + " WHERE path_in_schema = '"
                                    + column
                                    + "'")) {
                Map<String, Object> is =
                        ask("SELECT min("
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
                store.accept(small(NEW_YEAR + i * 1_000_000L, i, "t" + i / 100_000));
            }
        }
        String plan =
                ask("EXPLAIN ANALYZE SELECT count(text) FROM "
                                + files("small")
                                + " WHERE ts >= '2026-01-01 00:06:00' AND ts < '2026-01-01 00:06:01'")
                        .toString();
        assertThat(
                        one(
                                "SELECT count(text) FROM "
                                        + files("small")
                                        + " WHERE ts >= '2026-01-01 00:06:00' AND ts < '2026-01-01 00:06:01'"))
                .isEqualTo(1000L);
        assertThat(plan).as("the query's plan").isNotEmpty();
        for (String where :
                List.of(
                        "text = 't2'",
                        "row = 250000",
                        "ts = '2026-01-01 00:04:10'",
                        "text > 't3x'",
                        "row < 0")) {
            assertThat(one("SELECT count(*) FROM " + files("small") + " WHERE " + where))
                    .as(where)
                    .isEqualTo(
                            one(
                                    "SELECT count(*) FILTER ("
                                            + where
                                            + ") FROM (SELECT * FROM "
                                            + files("small")
                                            + " ORDER BY row)"));
        }
    }

    // ---- files

    @Test
    void rows_go_to_the_day_of_their_time() throws Exception {
        write(
                List.of(
                        small(NEW_YEAR - 1, 0, "old"),
                        small(NEW_YEAR, 1, "new"),
                        small(NEW_YEAR - 2, 2, "late"),
                        small(-1, 3, "before 1970"),
                        new Anomaly(
                                NEW_YEAR + DAY,
                                0,
                                null,
                                endpoints(),
                                "name",
                                null,
                                false,
                                "test")));
        assertThat(tree().stream().map(Path::toString))
                .containsExactly(
                        "events/anomaly/day=2026-01-02/part-0001.parquet",
                        "events/small/day=1969-12-31/part-0001.parquet",
                        "events/small/day=2025-12-31/part-0001.parquet",
                        "events/small/day=2026-01-01/part-0001.parquet");
        assertThat(
                        ask(
                                "SELECT row FROM "
                                        + files("small")
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
                store.accept(small(NEW_YEAR + i * 37 % 500 * DAY, i, "x"));
            }
        }
        assertThat(one("SELECT count(DISTINCT row) FROM " + files("small"))).isEqualTo(1000L);
        assertThat(tree()).allMatch(path -> path.toString().endsWith(".parquet"));
    }

    @Test
    void the_same_events_make_the_same_bytes() throws Exception {
        List<Everything> rows = random(Everything.class, 2_000, 9);
        write(rows);
        Map<Path, byte[]> once = new LinkedHashMap<>();
        for (Path path : tree()) {
            once.put(path, Files.readAllBytes(dir.resolve(path)));
        }
        write(rows);
        assertThat(tree()).containsExactlyElementsOf(once.keySet());
        for (Map.Entry<Path, byte[]> file : once.entrySet()) {
            assertThat(Files.readAllBytes(dir.resolve(file.getKey()))).isEqualTo(file.getValue());
        }
    }

    @Test
    void without_events_there_is_nothing() throws Exception {
        write(List.of());
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void a_file_has_its_name_only_when_it_is_whole() throws Exception {
        Store store = new Store(dir);
        for (int i = 0; i < 200_000; i++) {
            store.accept(small(NEW_YEAR, i, "x"));
        }
        assertThat(tree())
                .hasSize(1)
                .allMatch(path -> path.toString().endsWith("part-0001.parquet.tmp"));
        store.close();
        assertThat(tree())
                .hasSize(1)
                .allMatch(path -> path.toString().endsWith("part-0001.parquet"));
        store.close();
        assertThatThrownBy(() -> store.accept(small(1, 1, "x")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void a_store_that_cannot_write_says_so_and_leaves_no_half_file() throws Exception {
        Files.createDirectories(dir.resolve("events"));
        Files.writeString(dir.resolve("events/small"), "in the way");
        Store store = new Store(dir);
        store.accept(new Anomaly(NEW_YEAR, 0, null, endpoints(), "name", null, false, "test"));
        store.accept(small(NEW_YEAR, 1, "x"));
        assertThatThrownBy(store::close).isInstanceOf(IOException.class);
        assertThat(tree().stream().map(Path::toString))
                .doesNotContain("events/anomaly/day=2026-01-01/part-0001.parquet.tmp")
                .noneMatch(path -> path.endsWith(".tmp"));
    }
}
