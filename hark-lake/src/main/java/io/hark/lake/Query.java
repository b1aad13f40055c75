package io.hark.lake;

import io.hark.UserError;
import io.hark.event.Event;
import io.hark.schema.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// SQL over the events of a case or a lake: one table for every kind that has rows, `day` among its
/// columns.
///
/// Only reads. One statement at a time, which DuckDB's own parser must take for a `SELECT` (or
/// `DESCRIBE`, `SUMMARIZE`, `SHOW`), within [Limits]; what it cannot reach is told at
/// [SealedDatabase]. Times are UTC.
///
/// *Thread*: one owner. *Errors*: what is wrong with folder or statement is a [UserError]; an
/// [IOException] is of the output.
public final class Query implements AutoCloseable {

    /// How a result is written.
    public enum Format {
        /// Columns side by side, for people; nothing a terminal would obey gets through.
        TABLE,
        /// One JSON object a line, for programs.
        JSON,
        /// Comma-separated values that spreadsheets do not obey, a line of names first.
        CSV
    }

    private final Path dir;
    private final Limits limits;
    private final SealedDatabase database;
    private final Map<String, Folder> tables = new TreeMap<>();
    private final Map<String, String> broken = new TreeMap<>();
    private final Map<String, Map<String, String>> columns = new HashMap<>();
    private @Nullable Long latest;

    private Query(Path dir, Limits limits, SealedDatabase database) {
        this.dir = dir;
        this.limits = limits;
        this.database = database;
    }

    /// Opens the case or lake `dir`, for statements of our own or of the one whose case it is.
    public static Query open(Path dir) {
        return open(dir, Limits.USUAL);
    }

    /// Opens the case or lake `dir`.
    public static Query open(Path dir, Limits limits) {
        return open(dir, limits, null);
    }

    /// Opens the case or lake `dir` such that one result can be written to a file.
    ///
    /// @param out the only file [#save] can write, replaced if it is there
    public static Query open(Path dir, Limits limits, @Nullable Path out) {
        List<Folder> folders = Folder.of(dir);
        Query query =
                new Query(
                        dir,
                        limits,
                        SealedDatabase.open(
                                Folder.events(dir), out == null ? null : begun(out), limits));
        for (Folder folder : folders) {
            query.table(folder);
        }
        return query;
    }

    private static Path begun(Path out) {
        return out.toAbsolutePath()
                .resolveSibling(
                        "." + out.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    }

    /// One damaged file spoils the table of its kind, not the others.
    private void table(Folder folder) {
        try {
            database.execute(
                    "CREATE VIEW "
                            + name(folder.kind())
                            + " AS SELECT * FROM "
                            + Folder.source(folder.files()));
            tables.put(folder.kind(), folder);
        } catch (SQLException e) {
            broken.put(folder.kind(), Complaint.firstLine(e));
        }
    }

    /// What cannot be asked although it is there, for a person: a table each, and why.
    public List<String> troubles() {
        return broken.keySet().stream().map(complaint()::aboutTable).toList();
    }

    /// The tables there are, in order of their names.
    public List<String> tables() {
        return List.copyOf(tables.keySet());
    }

    /// Runs one statement and writes its rows as they come.
    ///
    /// @throws UserError if it is no single statement that reads, is wrong, or takes more than the
    ///   limits
    public void run(String sql, Appendable out, Format format) throws IOException {
        try {
            plain(sql);
            try (Statement statement = database.statement();
                    Deadline deadline = new Deadline(limits.time(), statement)) {
                try (ResultSet rows = statement.executeQuery(sql)) {
                    write(rows, out, format);
                    deadline.check();
                } catch (SQLException e) {
                    deadline.check();
                    throw e;
                }
            }
        } catch (SQLException e) {
            throw complaint().about(e);
        } catch (OutOfMemoryError e) { // of one value; nothing of it is kept
            throw new UserError("a value of the result is too large to be held in memory", e);
        }
    }

    /// Runs one `SELECT` and writes its rows to a Parquet file, all or nothing.
    ///
    /// @param out the file this was opened for
    public void save(String sql, Path out) throws IOException {
        Path begun = begun(out);
        try (Statement statement = database.statement();
                Deadline deadline = new Deadline(limits.time(), statement)) {
            String select = plain(sql);
            if (select == null) { // what is wrong with it, it says itself
                statement.execute(sql);
                throw new UserError("only the rows of a SELECT can be saved: " + Text.line(sql));
            }
            try {
                statement.execute(
                        "COPY ("
                                + select
                                + ") TO "
                                + SealedDatabase.quoted(begun.toString())
                                + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)");
            } catch (SQLException e) {
                deadline.check();
                throw e;
            }
            Files.move(begun, out, StandardCopyOption.REPLACE_EXISTING);
        } catch (SQLException e) {
            throw complaint().about(e);
        } finally {
            Files.deleteIfExists(begun);
        }
    }

    /// The rows of one statement of our own, all at once: who asks, limits them. Values are texts,
    /// numbers, truth values, lists and maps; times are RFC 3339 in UTC.
    ///
    /// @param sql a `SELECT` with a `?` for each parameter
    public List<Map<String, @Nullable Object>> rows(String sql, Object... parameters) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        try (PreparedStatement statement = database.prepare(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            each(statement, all::add);
            return all;
        } catch (SQLException e) {
            throw complaint().about(e);
        } catch (IOException e) {
            throw new UncheckedIOException("a list in memory takes every row", e);
        }
    }

    /// What rows are handed to, one by one.
    interface Taking {
        void row(Map<String, @Nullable Object> row) throws IOException;
    }

    /// Hands on the rows of a statement.
    static void each(PreparedStatement statement, Taking to) throws SQLException, IOException {
        try (ResultSet rows = statement.executeQuery()) {
            ResultSetMetaData about = rows.getMetaData();
            while (rows.next()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= about.getColumnCount(); i++) {
                    row.put(about.getColumnLabel(i), Text.plain(value(rows, i)));
                }
                to.row(row);
            }
        }
    }

    /// Events as the records they were, in the order in which they were known; none where the case
    /// has no such table.
    ///
    /// @param where a condition with a `?` for each parameter
    /// @param limit the most
    public <E extends Event> List<E> events(
            Kind<E> kind, String where, long limit, Object... parameters) {
        if (!tables.containsKey(kind.name())) {
            return List.of();
        }
        List<E> events = new ArrayList<>();
        for (Map<String, @Nullable Object> row :
                rows(
                        "SELECT "
                                + StoredRow.columns(kind, columns(kind.name()).keySet())
                                + " FROM "
                                + name(kind.name())
                                + " AS e WHERE "
                                + where
                                + " ORDER BY e.seen, e.ts LIMIT "
                                + limit,
                        parameters)) {
            events.add(kind.access().make(new StoredRow(kind, row)));
        }
        return events;
    }

    /// The columns of a table and their types, as DuckDB calls them.
    Map<String, String> columns(String table) {
        return columns.computeIfAbsent(table, this::described);
    }

    private Map<String, String> described(String table) {
        Map<String, String> described = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> row : rows("DESCRIBE " + name(table))) {
            described.put(
                    String.valueOf(row.get("column_name")), String.valueOf(row.get("column_type")));
        }
        return described;
    }

    /// The time of the last event, nanoseconds. A case is looked at long after: "two hours ago"
    /// counts from its own end.
    long latest() {
        if (latest == null) {
            long last = 0;
            for (Folder folder : tables.values()) {
                for (Map<String, @Nullable Object> row :
                        rows(
                                "SELECT epoch_ns(max(ts)) AS ts FROM "
                                        + name(folder.kind())
                                        + " WHERE day = CAST(? AS DATE)",
                                folder.lastDay())) {
                    last =
                            row.get("ts") instanceof Number ts
                                    ? Math.max(last, ts.longValue())
                                    : last;
                }
            }
            latest = last;
        }
        return latest;
    }

    private Complaint complaint() {
        return new Complaint(dir, tables.keySet(), broken);
    }

    /// The statement as DuckDB's parser understood it, or null where it did not; running it says
    /// what is wrong, and where.
    ///
    /// @throws UserError if it is anything but one statement that reads
    private @Nullable String plain(String sql) throws SQLException {
        try (PreparedStatement parse =
                database.prepare(
                        "SELECT json_extract_string(tree, '$.error_type'), json_array_length(tree, '$.statements'),"
                                + " CASE WHEN json_extract_string(tree, '$.error_type') IS NULL"
                                + " AND json_array_length(tree, '$.statements') = 1"
                                + " THEN json_deserialize_sql(tree) END"
                                + " FROM (SELECT json_serialize_sql(?) AS tree)")) {
            parse.setString(1, sql);
            try (ResultSet parsed = parse.executeQuery()) {
                parsed.next();
                String error = parsed.getString(1);
                if (error != null && error.equals("parser")) {
                    return null;
                }
                if (error != null || parsed.getLong(2) != 1) {
                    throw new UserError(
                            "hark query takes one SELECT (or DESCRIBE, SUMMARIZE, SHOW) and only reads: "
                                    + Text.line(sql));
                }
                return parsed.getString(3);
            }
        }
    }

    private static void write(ResultSet rows, Appendable out, Format format)
            throws SQLException, IOException {
        ResultSetMetaData about = rows.getMetaData();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
            names.add(about.getColumnLabel(i));
        }
        Rows written =
                switch (format) {
                    case TABLE -> new TableRows(names, out);
                    case JSON -> new JsonRows(names, out);
                    case CSV -> new CsvRows(names, out);
                };
        @Nullable Object[] values = new Object[names.size()];
        while (rows.next()) {
            for (int i = 0; i < values.length; i++) {
                values[i] = value(rows, i + 1);
            }
            written.row(values);
        }
        written.end();
    }

    private static @Nullable Object value(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        // As a java.sql.Timestamp it would have gone through the clock changes of the machine's own
        // zone.
        return value instanceof java.sql.Timestamp
                ? rows.getObject(column, LocalDateTime.class)
                : value;
    }

    /// Writes what tables there are: their rows, their columns, what each says.
    public void describe(Appendable out, Format format) throws IOException {
        try {
            new Description(database, tables.values(), broken).write(out, format);
        } catch (SQLException e) {
            throw complaint().about(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }

    /// A name as SQL takes it even if it is a word of SQL's own: in quotes.
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// A name as SQL takes it: in quotes where it is not one plain word.
    static String name(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : quoted(name);
    }
}
