package io.hark.lake;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// A DuckDB in memory from which nothing leads out: it opens the files of one folder and may write
/// one file, loads no extension, reaches no network, and no statement changes a setting.
///
/// *Thread*: one owner.
final class SealedDatabase implements AutoCloseable {

    private final Connection duckdb;

    private SealedDatabase(Connection duckdb) {
        this.duckdb = duckdb;
    }

    /// Starts one.
    ///
    /// @param readable the only folder whose files it opens
    /// @param writable the only file that it writes, or null
    static SealedDatabase open(Path readable, @Nullable Path writable, Limits limits) {
        Properties streaming = new Properties();
        streaming.setProperty("jdbc_stream_results", "true"); // else a result is held whole
        Connection duckdb = null;
        try {
            duckdb = DriverManager.getConnection("jdbc:duckdb:", streaming);
            SealedDatabase database = new SealedDatabase(duckdb);
            for (String setting : settings(readable, writable, limits)) {
                database.execute("SET " + setting);
            }
            return database;
        } catch (SQLException e) {
            if (duckdb != null) {
                closeAfter(duckdb, e);
            }
            throw new IllegalStateException("DuckDB does not start", e);
        }
    }

    /// In this order: the last ones lock the door.
    private static List<String> settings(Path readable, @Nullable Path writable, Limits limits) {
        Path spill =
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "hark-query-" + ProcessHandle.current().pid());
        String here = readable.toString(); // as files are opened, and as they are searched
        List<String> settings = new ArrayList<>();
        settings.add("TimeZone = 'UTC'");
        settings.add("enable_progress_bar = false");
        settings.add("memory_limit = '" + limits.memory() + " bytes'");
        settings.add("temp_directory = " + quoted(spill.toString())); // made at need, removed after
        settings.add("max_temp_directory_size = '" + limits.spill() + " bytes'");
        settings.add("autoinstall_known_extensions = false");
        settings.add("autoload_known_extensions = false");
        settings.add(
                "allowed_directories = ["
                        + quoted(here)
                        + ", "
                        + quoted(Folder.literally(here))
                        + "]");
        if (writable != null) {
            settings.add("allowed_paths = [" + quoted(writable.toString()) + "]");
        }
        settings.add("enable_external_access = false");
        settings.add("lock_configuration = true");
        return settings;
    }

    private static void closeAfter(Connection duckdb, SQLException failure) {
        try {
            duckdb.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
        }
    }

    Statement statement() throws SQLException {
        return duckdb.createStatement();
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return duckdb.prepareStatement(sql);
    }

    @Override
    public void close() {
        try {
            duckdb.close();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not close", e);
        }
    }

    /// Text as SQL takes it.
    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
