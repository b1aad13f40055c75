package io.hark.format.log;

import java.util.ArrayList;
import java.util.List;

/// The cells of a line of comma-separated values.
///
/// *Source*: RFC 4180: a cell in quotes may hold commas and doubled quotes.
public final class CsvLine {

    private static final int MAX_CELLS = 1024; // PAN-OS has up to 130 in one line

    private CsvLine() {}

    /// The cells, from `from` on; cut behind the most that are read.
    ///
    /// For example, `a,"b ""c"", d",` is `a`, `b "c", d` and an empty one.
    public static List<String> cells(String text, int from, char separator) {
        List<String> cells = new ArrayList<>();
        int at = from;
        while (at <= text.length() && cells.size() < MAX_CELLS) {
            boolean quoted = at < text.length() && text.charAt(at) == '"';
            int end = quoted ? quoteEnd(text, at) : -1;
            boolean whole = end >= 0 && (end == text.length() || text.charAt(end) == separator);
            if (!whole) {
                end = text.indexOf(separator, at);
                end = end < 0 ? text.length() : end;
            }
            String cell = text.substring(at, end);
            cells.add(whole ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"") : cell);
            at = end + 1;
        }
        return cells;
    }

    /// The cell of that number; empty where there is none.
    public static String cell(List<String> cells, int i) {
        return i < cells.size() ? cells.get(i) : "";
    }

    private static int quoteEnd(String text, int at) {
        for (int i = at + 1; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        return -1;
    }
}
