package io.hark.lake;

import io.hark.lake.Query.Format;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What tables a case or a lake has, and what their columns say.
///
/// @param database where the tables are
/// @param tables those that can be read
/// @param broken those that cannot, and why
record Description(SealedDatabase database, Collection<Folder> tables, Map<String, String> broken) {

    /// Writes it.
    void write(Appendable out, Format format) throws IOException, SQLException {
        for (Folder folder : tables) {
            write(folder, out, format);
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
    }

    private void write(Folder folder, Appendable out, Format format)
            throws SQLException, IOException {
        Map<String, String> about = about(folder);
        String table = Query.name(folder.kind());
        long count;
        List<String[]> columns = new ArrayList<>();
        try (Statement statement = database.statement()) {
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
                                    .formatted(
                                            Query.name(column[0]),
                                            column[1],
                                            Text.line(column[2])));
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
                database.prepare("SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)")) {
            statement.setString(1, Folder.literally(folder.newest().toString()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    about.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return about;
    }
}
