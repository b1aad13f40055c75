package io.hark.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.UserError;
import io.hark.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Statements of somebody who is not trusted. `%s` is the case's folder.
class HostileQueryTest {

    private static final long NOON = 1_767_268_800_000_000_000L;
    private static final Limits TIGHT =
            new Limits(200_000_000, 100_000_000, Duration.ofMillis(500));

    @TempDir Path temp;

    private Path dir() throws IOException {
        Path dir = temp.resolve("case");
        try (Store store = new Store(dir)) {
            store.accept(new StoreTest.Small(NOON, NOON, 1, "a", new long[] {1}));
        }
        Files.writeString(dir.resolve("outside.csv"), "a,b\n1,2\n");
        Files.createSymbolicLink(dir.resolve("events/link.csv"), dir.resolve("outside.csv"));
        return dir;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // writing
                "COPY small TO '%s/x.csv'",
                "COPY (SELECT 1) TO '%s/events/x.csv'",
                "COPY (SELECT 1) TO '/dev/shm/hark-query-x.csv'",
                "EXPORT DATABASE '%s/events/x'",
                "ATTACH '%s/events/x.db'",
                "ATTACH ':memory:' AS other",
                "CREATE TABLE x AS SELECT 1",
                "CREATE TEMP TABLE x AS SELECT 1",
                "CREATE MACRO small() AS 1",
                "CREATE SECRET s (TYPE s3)",
                "INSERT INTO small SELECT * FROM small",
                "UPDATE small SET row = 2",
                "DELETE FROM small",
                "DROP VIEW small",
                "ALTER VIEW small RENAME TO other",
                "CHECKPOINT",
                "VACUUM",
                "SELECT 1; COPY (SELECT 1) TO '%s/events/x.csv'",
                "SELECT * FROM small; DROP VIEW small",
                "WITH gone AS (DELETE FROM small RETURNING *) SELECT * FROM gone",
                "SELECT * FROM query('COPY (SELECT 1) TO ''%s/events/x.csv''')",
                "EXPLAIN ANALYZE COPY (SELECT 1) TO '%s/events/x.csv'",
                "EXECUTE something",
                "PREPARE p AS COPY (SELECT 1) TO '%s/events/x.csv'",
                // settings and extensions
                "SET enable_external_access = true",
                "RESET enable_external_access",
                "SET memory_limit = '100GB'",
                "PRAGMA enable_profiling",
                "PRAGMA memory_limit = '100GB'",
                "SELECT * FROM enable_logging()",
                "INSTALL httpfs",
                "LOAD httpfs",
                "LOAD '/usr/lib/libm.so.6'",
                "CALL pragma_version()",
                // files and network
                "SELECT * FROM read_text('/etc/hostname')",
                "SELECT * FROM read_blob('/etc/hostname')",
                "SELECT * FROM read_csv('%s/outside.csv')",
                "SELECT * FROM read_json('/etc/hostname')",
                "SELECT * FROM read_ndjson_objects('/etc/hostname')",
                "SELECT * FROM sniff_csv('/etc/hostname')",
                "SELECT * FROM parquet_metadata('/etc/hostname')",
                "SELECT * FROM parquet_kv_metadata('/etc/hostname')",
                "SELECT * FROM '%s/outside.csv'",
                "SELECT * FROM '%s/events/../outside.csv'",
                "SELECT * FROM read_csv('%s/events/link.csv')",
                "SELECT * FROM read_text('/proc/self/environ')",
                "SELECT * FROM glob('/*')",
                "SELECT * FROM query_table('/etc/hostname')",
                "SELECT * FROM read_parquet('http://127.0.0.1:9/x.parquet')",
                "SELECT * FROM 's3://bucket/x.parquet'",
                "SELECT getenv('HOME')",
                "IMPORT DATABASE '%s/events'",
                // no statement
                "",
                ";",
                "-- nothing"
            })
    void nothing_is_written_and_nothing_else_is_read(String sql) throws Exception {
        Path dir = dir();
        assertThatThrownBy(() -> ask(dir, sql.replace("%s", dir.toString()), Limits.USUAL))
                .isInstanceOf(UserError.class);
        try (var files = Files.walk(dir)) {
            assertThat(
                            files.filter(Files::isRegularFile)
                                    .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("part-0001.parquet", "outside.csv", "link.csv");
        }
        assertThat(Path.of("/dev/shm/hark-query-x.csv")).doesNotExist();
        assertThat(ask(dir, "SELECT row FROM small", Limits.USUAL)).isEqualTo("{\"row\":1}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t) SELECT count(*) FROM t",
                "WITH RECURSIVE t(i) AS (SELECT 1 UNION SELECT (i * 7 + 1) % 1000000007 FROM t) SELECT * FROM t WHERE i < 0",
                "SELECT count(*) FROM range(1000000000) a(i), range(1000000000) b(j) WHERE (i * j) % 7 = 8",
                "SELECT i FROM range(1000000000000) t(i) WHERE md5(i::VARCHAR) = 'x'"
            })
    void what_never_ends_is_stopped_and_said_so(String sql) throws Exception {
        Path dir = dir();
        assertThatThrownBy(() -> ask(dir, sql, TIGHT))
                .isInstanceOf(UserError.class)
                .hasMessageMatching("(?s).*--max-(time|memory).*"); // whichever is over first
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT list(i) FROM range(500000000) t(i)",
                "SELECT string_agg(repeat('x', 1000) || i, '') FROM range(10000000) t(i)",
                "SELECT i, count(*) FROM range(300000000) t(i) GROUP BY i ORDER BY 2, 1 DESC"
            })
    void what_outgrows_its_memory_is_stopped(String sql) throws Exception {
        Path dir = dir();
        Limits patient = new Limits(TIGHT.memory(), TIGHT.spill(), Duration.ofMinutes(1));
        assertThatThrownBy(() -> ask(dir, sql, patient))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--max-memory");
    }

    @Test
    void a_statement_in_time_is_not_stopped_afterwards() throws Exception {
        Path dir = dir();
        try (Query query = Query.open(dir, TIGHT)) {
            for (int i = 0; i < 3; i++) {
                StringBuilder out = new StringBuilder();
                query.run("SELECT count(*) AS n FROM range(1000000)", out, Query.Format.JSON);
                assertThat(out).hasToString("{\"n\":1000000}\n");
            }
        }
    }

    private static String ask(Path dir, String sql, Limits limits) throws IOException {
        StringBuilder out = new StringBuilder();
        try (Query query = Query.open(dir, limits)) {
            query.run(sql, out, Query.Format.JSON);
        }
        return out.toString();
    }
}
