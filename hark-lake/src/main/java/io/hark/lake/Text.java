package io.hark.lake;

import io.hark.bytes.Visible;
import java.sql.Blob;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/// Makes text of what a database hands out, such that nobody who wrote it over the network gets at
/// the terminal.
final class Text {

    private Text() {}

    /// Text on one line: whatever moves a cursor, sounds a bell, turns the direction or cannot be
    /// seen is written as an escape, as is the backslash of one.
    static String line(String text) {
        return escape(text, false);
    }

    /// Text of several lines: as [#line], but for the line feeds.
    static String lines(String text) {
        return escape(text, true);
    }

    private static String escape(String text, boolean lineFeeds) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point == '\n' && lineFeeds) {
                out.append('\n');
            } else if (point == '\\' && !lineFeeds) {
                out.append("\\\\");
            } else if (Visible.isVisible(point)) {
                out.appendCodePoint(point);
            } else {
                switch (point) {
                    case '\n' -> out.append("\\n");
                    case '\r' -> out.append("\\r");
                    case '\t' -> out.append("\\t");
                    default ->
                            out.append(
                                    point < 0x100
                                            ? "\\x%02x".formatted(point)
                                            : "\\u{%x}".formatted(point));
                }
            }
        }
        return out.toString();
    }

    /// A value as lists, maps, texts, numbers and truth values.
    static @Nullable Object plain(@Nullable Object value) {
        try {
            return switch (value) {
                case null -> null;
                case LocalDateTime time -> time(time);
                case java.sql.Timestamp time -> time(time.toLocalDateTime());
                case OffsetDateTime time ->
                        time(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
                case LocalDate date -> date.toString();
                case Number number -> number;
                case Boolean truth -> truth;
                case Blob blob -> HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
                case byte[] octets -> HexFormat.of().formatHex(octets);
                case java.sql.Array array -> list(Arrays.asList((Object[]) array.getArray()));
                case DuckDBStruct struct -> map(struct.getMap());
                case JsonRows.Shown shown -> shown.map();
                case Map<?, ?> map -> map(map);
                case List<?> list -> list(list);
                default -> value.toString();
            };
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB hands out a value that cannot be read", e);
        }
    }

    private static List<@Nullable Object> list(List<?> values) {
        @Nullable Object[] plain = new Object[values.size()];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = plain(values.get(i));
        }
        return Arrays.asList(plain);
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> values) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        values.forEach((key, value) -> plain.put(String.valueOf(plain(key)), plain(value)));
        return plain;
    }

    private static String time(LocalDateTime time) {
        String text = time.toString();
        return (text.length() == "2026-01-02T03:04".length() ? text + ":00" : text) + "Z";
    }
}
