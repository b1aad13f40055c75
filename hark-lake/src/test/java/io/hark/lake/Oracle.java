package io.hark.lake;

import io.hark.event.Event;
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
import java.util.stream.Stream;

/// Writes events with the store and asks DuckDB what is in the files.
final class Oracle implements AutoCloseable {

    final Connection duckdb;
    private final Path dir;

    Oracle(Path dir) throws SQLException {
        this.dir = dir;
        this.duckdb = DriverManager.getConnection("jdbc:duckdb:");
    }

    @Override
    public void close() throws SQLException {
        duckdb.close();
    }

    void write(Iterable<? extends Event> events) throws IOException {
        try (Store store = new Store(dir)) {
            for (Event event : events) {
                store.accept(event);
            }
        }
    }

    String files(String kind) {
        return "read_parquet('" + dir + "/events/" + kind + "/*/*.parquet')";
    }

    List<Map<String, Object>> ask(String sql) throws SQLException {
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

    Object one(String sql) throws SQLException {
        return ask(sql).getFirst().values().iterator().next();
    }

    List<Path> tree() throws IOException {
        try (Stream<Path> paths = Files.walk(dir)) {
            return paths.filter(Files::isRegularFile).map(dir::relativize).sorted().toList();
        }
    }
}
