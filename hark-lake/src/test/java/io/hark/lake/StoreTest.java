package io.hark.lake;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the store writes, value by value, judged by DuckDB: it stands here because only this module
/// has it.
class StoreTest {

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

    /// A row that is quickly made.
    @Named(value = "small", about = "little")
    public record Small(
            @About(value = "when", unit = Unit.TIME) long ts,
            @About(value = "when", unit = Unit.TIME) long seen,
            long row,
            @Nullable String text,
            long @Nullable [] numbers)
            implements Event {}

    static Small small(long ts, long row, @Nullable String text) {
        return new Small(ts, ts, row, text, null);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void random_rows_of_every_type_read_back_exactly(long seed) throws Exception {
        List<Everything> rows = random(Everything.class, 5_000, seed);
        oracle.write(rows);
        List<Map<String, Object>> read =
                oracle.ask(
                        "SELECT * EXCLUDE (day) FROM "
                                + oracle.files("everything")
                                + " ORDER BY row");
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
        oracle.write(rows);
        List<Map<String, Object>> written = new ArrayList<>();
        for (E row : rows) {
            written.add(Told.of(kind, row));
        }
        assertThat(oracle.ask("SELECT * EXCLUDE (day) FROM " + oracle.files(kind.name())))
                .as(kind.name())
                .containsExactlyInAnyOrderElementsOf(written);
    }

    static <E extends Event> List<E> random(Class<E> type, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<E> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(RandomRow.of(Kind.of(type), random, i));
        }
        return rows;
    }

    @Test
    void types_are_what_a_user_of_sql_expects() throws Exception {
        oracle.write(random(Everything.class, 1, 1));
        Map<Object, Object> types = new LinkedHashMap<>();
        for (Map<String, Object> column :
                oracle.ask("DESCRIBE SELECT * FROM " + oracle.files("everything"))) {
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
        oracle.write(
                List.of(
                        small(1, 0, huge),
                        small(2, 1, "a\ud800b"),
                        small(3, 2, ""),
                        small(4, 3, null),
                        small(5, 4, huge)));
        List<Map<String, Object>> read =
                oracle.ask("SELECT text FROM " + oracle.files("small") + " ORDER BY row");
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
        oracle.write(rows);
        assertThat(oracle.ask("SELECT numbers FROM " + oracle.files("small") + " ORDER BY row"))
                .containsExactlyElementsOf(rows.stream().map(row -> list(row.numbers())).toList());
    }

    private static Map<String, Object> list(long @Nullable [] numbers) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(
                "numbers",
                numbers == null ? null : java.util.Arrays.stream(numbers).boxed().toList());
        return row;
    }
}
