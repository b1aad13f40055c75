package io.hark.lake;

import io.hark.UserError;
import io.hark.event.Event;
import io.hark.schema.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// SQL over the events of a case or a lake: one table for every kind that has rows, `day` among its
/// columns.
///
/// Only reads. One statement at a time, which DuckDB's own parser must take for a `SELECT` (or
/// `DESCRIBE`, `SUMMARIZE`, `SHOW`); no file but those under `DIR/events` can be opened, no
/// extension loaded, no setting changed. Times are UTC.
///
/// *Thread*: one owner. *Errors*: what is wrong with folder or statement is a [UserError]; an
/// [IOException] is of the output.
public final class Query implements AutoCloseable {

    /// How a result is written.
    public enum Format {
        /// Columns side by side, for people; nothing a terminal would obey gets through.
        TABLE,
        /// One JSON object a line, for programs.
        JSON
    }

    private final Connection duckdb;
    private final Path dir;
    private final Map<String, Folder> tables = new TreeMap<>();
    private final Map<String, String> broken = new TreeMap<>();

    private Query(Path dir, Connection duckdb) {
        this.dir = dir;
        this.duckdb = duckdb;
    }

    /// Opens the case or lake `dir`.
    public static Query open(Path dir) {
        List<Folder> folders = Folder.of(dir);
        Properties streaming = new Properties();
        streaming.setProperty("jdbc_stream_results", "true"); // else a result is held whole
        Connection duckdb = null;
        try {
            duckdb = DriverManager.getConnection("jdbc:duckdb:", streaming);
            Query query = new Query(dir, duckdb);
            query.lockUp(Folder.events(dir));
            for (Folder folder : folders) {
                query.table(folder);
            }
            return query;
        } catch (SQLException e) {
            if (duckdb != null) {
                closeAfter(duckdb, e);
            }
            throw new IllegalStateException("DuckDB does not start", e);
        }
    }

    private static void closeAfter(Connection duckdb, SQLException failure) {
        try {
            duckdb.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private void lockUp(Path events) throws SQLException {
        Path spill =
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "hark-query-" + ProcessHandle.current().pid());
        execute("SET TimeZone = 'UTC'");
        execute("SET enable_progress_bar = false");
        execute(
                "SET temp_directory = "
                        + quoted(spill.toString())); // made when a query outgrows memory, removed
        // after
        execute("SET autoinstall_known_extensions = false");
        execute("SET autoload_known_extensions = false");
        String here = events.toString(); // as files are opened, and as they are searched
        execute(
                "SET allowed_directories = ["
                        + quoted(here)
                        + ", "
                        + quoted(Folder.literally(here))
                        + "]");
        execute("SET enable_external_access = false");
        execute("SET lock_configuration = true");
    }

    /// One damaged file spoils the table of its kind, not the others.
    private void table(Folder folder) {
        try {
            execute(
                    "CREATE VIEW "
                            + name(folder.kind())
                            + " AS SELECT * FROM read_parquet("
                            + quoted(folder.pattern())
                            + ", hive_partitioning = true, hive_types = {'day': DATE}, union_by_name = true)");
            tables.put(folder.kind(), folder);
        } catch (SQLException e) {
            broken.put(folder.kind(), Complaint.firstLine(e));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The tables there are, in order of their names.
    public List<String> tables() {
        return List.copyOf(tables.keySet());
    }

    /// Runs one statement and writes its rows as they come.
    public void run(String sql, Appendable out, Format format) throws IOException {
        try {
            check(sql);
            try (Statement statement = duckdb.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                write(rows, out, format);
            }
        } catch (SQLException e) {
            throw complaint().about(e);
        }
    }

    /// The rows of one statement of our own, all at once: who asks, limits them. Values are texts,
    /// numbers, truth values, lists and maps; times are RFC 3339 in UTC.
    ///
    /// @param sql a `SELECT` with a `?` for each parameter
    public List<Map<String, @Nullable Object>> rows(String sql, Object... parameters) {
        try (PreparedStatement statement = duckdb.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<Map<String, @Nullable Object>> all = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                ResultSetMetaData about = rows.getMetaData();
                while (rows.next()) {
                    Map<String, @Nullable Object> row = new LinkedHashMap<>();
                    for (int i = 1; i <= about.getColumnCount(); i++) {
                        row.put(about.getColumnLabel(i), Text.plain(value(rows, i)));
                    }
                    all.add(row);
                }
            }
            return all;
        } catch (SQLException e) {
            throw complaint().about(e);
        }
    }

    /// Events as the records they were, in the order in which they were known; none where the case
    /// has no such table. Records in them are left empty.
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
        Map<String, String> columns = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> row : rows("DESCRIBE " + name(table))) {
            columns.put(
                    String.valueOf(row.get("column_name")), String.valueOf(row.get("column_type")));
        }
        return columns;
    }

    private Complaint complaint() {
        return new Complaint(dir, tables.keySet(), broken);
    }

    private void check(String sql) throws SQLException {
        try (PreparedStatement parse =
                duckdb.prepareStatement(
                        "SELECT json_extract_string(tree, '$.error_type'), json_array_length(tree, '$.statements')"
                                + " FROM (SELECT json_serialize_sql(?) AS tree)")) {
            parse.setString(1, sql);
            try (ResultSet parsed = parse.executeQuery()) {
                parsed.next();
                String error = parsed.getString(1);
                if (error != null && error.equals("parser")) {
                    return; // running it says what is wrong, and where
                }
                if (error != null || parsed.getLong(2) != 1) {
                    throw new UserError(
                            "hark query takes one SELECT (or DESCRIBE, SUMMARIZE, SHOW) and only reads: "
                                    + Text.line(sql));
                }
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
            for (Folder folder : tables.values()) {
                describe(folder, out, format);
            }
            for (Map.Entry<String, String> damaged : broken.entrySet()) {
                if (format == Format.TABLE) {
                    out.append(
                            damaged.getKey()
                                    + "  cannot be read: "
                                    + Text.line(damaged.getValue())
                                    + "\n");
                }
            }
        } catch (SQLException e) {
            throw complaint().about(e);
        }
    }

    private void describe(Folder folder, Appendable out, Format format)
            throws SQLException, IOException {
        Map<String, String> about = about(folder);
        String table = name(folder.kind());
        long count;
        List<String[]> columns = new ArrayList<>();
        try (Statement statement = duckdb.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
                rows.next();
                count = rows.getLong(1);
            }
            try (ResultSet rows = statement.executeQuery("DESCRIBE " + table)) {
                while (rows.next()) {
                    String column = rows.getString(1);
                    String says =
                            column.equals("day")
                                    ? "day of ts, UTC"
                                    : about.getOrDefault("about:" + column, "");
                    columns.add(new String[] {column, rows.getString(2), says});
                }
            }
        }
        String says = about.getOrDefault("about", "");
        switch (format) {
            case TABLE -> {
                out.append(
                        folder.kind()
                                + "  "
                                + count
                                + (count == 1 ? " row  " : " rows  ")
                                + Text.line(says)
                                + "\n");
                for (String[] column : columns) {
                    out.append(
                            "    %-26s %-14s %s%n"
                                    .formatted(name(column[0]), column[1], Text.line(column[2])));
                }
            }
            case JSON -> {
                List<Object> shown = new ArrayList<>();
                for (String[] column : columns) {
                    shown.add(new JsonRows.Shown(List.of("name", "type", "about"), column));
                }
                JsonRows rows = new JsonRows(List.of("table", "rows", "about", "columns"), out);
                rows.row(new Object[] {folder.kind(), count, says, shown});
            }
        }
    }

    /// What the newest file of a kind says of its columns.
    private Map<String, String> about(Folder folder) throws SQLException {
        Map<String, String> about = new TreeMap<>();
        try (PreparedStatement statement =
                duckdb.prepareStatement(
                        "SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)")) {
            statement.setString(1, Folder.literally(folder.newest().toString()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    about.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return about;
    }

    @Override
    public void close() {
        try {
            duckdb.close();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not close", e);
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /// A name as SQL takes it: in quotes where it is not one plain word.
    static String name(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
