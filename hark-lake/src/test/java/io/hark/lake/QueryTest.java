package io.hark.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.UserError;
import io.hark.bytes.Visible;
import io.hark.event.Event;
import io.hark.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    private static final long NOON = 1_767_268_800_123_456_789L; // 2026-01-01T12:00:00.123456789Z

    @TempDir Path temp;

    private Path dir(Event... events) throws IOException {
        Path dir = temp.resolve("case [1] *'s");
        try (Store store = new Store(dir)) {
            for (Event event : events) {
                store.accept(event);
            }
        }
        return dir;
    }

    private static Event row(long row, @Nullable String text) {
        return new StoreTest.Small(NOON, NOON, row, text, new long[] {row, 2});
    }

    private static String ask(Path dir, String sql, Query.Format format) throws IOException {
        StringBuilder out = new StringBuilder();
        try (Query query = Query.open(dir)) {
            query.run(sql, out, format);
        }
        return out.toString();
    }

    @Test
    void json_has_one_object_a_line_with_times_in_utc() throws Exception {
        assertThat(
                        ask(
                                dir(row(1, "a"), row(2, null)),
                                "SELECT * FROM small ORDER BY row",
                                Query.Format.JSON))
                .isEqualTo(
                        """
                        {"ts":"2026-01-01T12:00:00.123456789Z","seen":"2026-01-01T12:00:00.123456789Z","row":1,"text":"a",\
                        "numbers":[1,2],"day":"2026-01-01"}
                        {"ts":"2026-01-01T12:00:00.123456789Z","seen":"2026-01-01T12:00:00.123456789Z","row":2,\
                        "numbers":[2,2],"day":"2026-01-01"}
                        """);
    }

    @Test
    void a_table_lines_columns_up_with_numbers_to_the_right() throws Exception {
        assertThat(
                        ask(
                                dir(row(7, "a"), row(11, "long")),
                                "SELECT text, row, row > 8 AS big, NULL AS none FROM small ORDER BY row",
                                Query.Format.TABLE))
                .isEqualTo(
                        """
                        text  row  big    none
                        a       7  false     -
                        long   11  true      -
                        """);
    }

    @Test
    void a_long_result_streams_and_keeps_its_order() throws Exception {
        String out =
                ask(
                        dir(row(1, "a")),
                        "SELECT i FROM range(3000) t(i) ORDER BY i DESC",
                        Query.Format.TABLE);
        assertThat(out.lines().count()).isEqualTo(3001);
        assertThat(out.lines().skip(1).findFirst()).hasValue("2999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J",
                "\u009b31m",
                "a\rb",
                "\u202egnp.exe",
                "\u0007",
                "x\u0000y",
                "\u2028",
                "\ufeff"
            })
    void what_a_terminal_would_obey_is_escaped(String evil) throws Exception {
        Path dir = dir(row(1, "safe" + evil + "end"));
        for (Query.Format format : Query.Format.values()) {
            String out =
                    ask(
                            dir,
                            "SELECT text, [text] AS many, {'a': text} AS inner, text || '' AS \""
                                    + evil.replace("\u0000", "")
                                    + "b\" FROM small",
                            format);
            assertThat(out).contains("safe").contains("end").doesNotContain(evil);
            assertThat(
                            out.replace("\r\n", "\n") // a line of CSV ends so
                                    .codePoints()
                                    .filter(point -> !Visible.isVisible(point))
                                    .filter(point -> point != '\n'))
                    .isEmpty();
        }
    }

    @Test
    void an_unknown_table_is_told_with_those_there_are() throws Exception {
        Path dir = dir(row(1, "a"));
        assertThatThrownBy(() -> ask(dir, "SELECT * FROM dns", Query.Format.JSON))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no table dns")
                .hasMessageContaining("there are: small")
                .hasMessageContaining("without rows");
    }

    @Test
    void a_dotted_name_without_quotes_is_told_to_want_them() throws Exception {
        Path dir = dir(row(1, "a"));
        assertThatThrownBy(() -> ask(dir, "SELECT id.resp_h FROM small", Query.Format.JSON))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("\"id.resp_h\"");
    }

    @Test
    void a_mistake_in_the_statement_is_shown_where_it_is() throws Exception {
        Path dir = dir(row(1, "a"));
        assertThatThrownBy(() -> ask(dir, "SELEC * FROM small", Query.Format.JSON))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("SELEC")
                .hasMessageContaining("^");
        assertThatThrownBy(() -> ask(dir, "SELECT nothing FROM small", Query.Format.JSON))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("nothing");
    }

    @Test
    void csv_has_a_line_of_names_and_nothing_a_spreadsheet_obeys() throws Exception {
        assertThat(
                        ask(
                                dir(row(-1, "=1+1"), row(2, null)),
                                "SELECT row, text, numbers FROM small ORDER BY row",
                                Query.Format.CSV))
                .isEqualTo("row,text,numbers\r\n-1,'=1+1,\"[-1,2]\"\r\n2,\"\",\"[2,2]\"\r\n");
    }

    @Test
    void rows_are_saved_as_parquet_whole_or_not_at_all() throws Exception {
        Path dir = dir(row(1, "a"), row(2, "b"));
        Path out = dir.resolve("events/small/day=2026-01-02").resolve("part-9.parquet");
        Files.createDirectories(out.getParent());
        try (Query query = Query.open(dir, Limits.USUAL, out)) {
            query.save("SELECT * EXCLUDE (day) FROM small WHERE row = 2; -- the second", out);
            assertThatThrownBy(() -> query.save("SELECT nothing FROM small", out))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("nothing");
            assertThatThrownBy(() -> query.save("SELECT 1) TO '/tmp/x' --", out))
                    .isInstanceOf(UserError.class);
        }
        assertThat(ask(dir, "SELECT count(*) AS n, max(row) AS m FROM small", Query.Format.JSON))
                .isEqualTo("{\"n\":3,\"m\":2}\n");
        try (var files = Files.list(out.getParent())) {
            assertThat(files).containsExactly(out);
        }
    }

    @Test
    void describing_needs_no_statement() throws Exception {
        StringBuilder table = new StringBuilder();
        StringBuilder json = new StringBuilder();
        try (Query query = Query.open(dir(row(1, "a"), row(2, "b")))) {
            query.describe(table, Query.Format.TABLE);
            query.describe(json, Query.Format.JSON);
            assertThat(query.tables()).containsExactly("small");
        }
        assertThat(table.toString())
                .startsWith("small  2 rows  little\n")
                .contains("ts ")
                .contains("TIMESTAMP_NS")
                .contains("when");
        assertThat(json.toString())
                .startsWith(
                        "{\"table\":\"small\",\"rows\":2,\"about\":\"little\",\"columns\":[{\"name\":\"ts\",\"type\":\"TIMESTAMP_NS\",\"about\":\"when\"}");
    }

    @Test
    void a_select_in_every_dress_is_welcome() throws Exception {
        Path dir = dir(row(1, "a"));
        for (String sql :
                new String[] {
                    "FROM small",
                    "WITH x AS (SELECT * FROM small) SELECT * FROM x",
                    "DESCRIBE small",
                    "SUMMARIZE small",
                    "SHOW TABLES",
                    "VALUES (1)",
                    "SELECT 1;",
                    "SELECT now() > ts FROM (SELECT ts::TIMESTAMPTZ AS ts FROM small) -- end"
                }) {
            assertThat(ask(dir, sql, Query.Format.JSON)).as(sql).isNotEmpty();
        }
    }

    @Test
    void columns_of_other_versions_are_absent_where_they_are_missing() throws Exception {
        Path dir = dir(row(1, "a"));
        Path other = temp.resolve("other");
        try (Store store = new Store(other)) {
            store.accept(new Smaller(NOON, NOON, 5, "new"));
        }
        Files.copy(
                other.resolve("events/smaller/day=2026-01-01/part-0001.parquet"),
                dir.resolve("events/small/day=2026-01-01/part-0002.parquet"));
        assertThat(ask(dir, "SELECT row, text, more FROM small ORDER BY row", Query.Format.JSON))
                .isEqualTo("{\"row\":1,\"text\":\"a\"}\n{\"row\":5,\"more\":\"new\"}\n");
    }

    /// What another version of `small` may be.
    public record Smaller(long ts, long seen, long row, String more) implements Event {}

    @Test
    void a_damaged_file_spoils_its_own_table_only() throws Exception {
        Path dir = dir(row(1, "a"));
        Path bad = dir.resolve("events/conn/day=2026-01-01/part-0001.parquet");
        Files.createDirectories(bad.getParent());
        Files.writeString(bad, "PAR1 no more");
        assertThat(ask(dir, "SELECT row FROM small", Query.Format.JSON)).isEqualTo("{\"row\":1}\n");
        assertThatThrownBy(() -> ask(dir, "SELECT * FROM conn", Query.Format.JSON))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("part-0001.parquet");
    }

    @Test
    void a_folder_without_events_is_told_how_to_get_some() throws Exception {
        assertThatThrownBy(() -> Query.open(temp.resolve("none")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("hark analyze");
        Path dir = dir(row(1, "a"));
        Files.move(
                dir.resolve("events/small/day=2026-01-01/part-0001.parquet"),
                dir.resolve("events/small/day=2026-01-01/part-0001.parquet.tmp"));
        assertThatThrownBy(() -> Query.open(dir))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--out");
    }
}
