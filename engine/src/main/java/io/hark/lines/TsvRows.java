package io.hark.lines;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Zeek's tables: lines that begin with `#` tell the columns and the marks, the others are rows. A
/// file may have several such heads: logs that somebody joined.
///
/// *Source*: Zeek's documentation of log formats (`LogAscii`).
///
/// *Thread*: one owner.
final class TsvRows {

    /// What the first line of such a log begins with.
    static final String SIGN = "#separator ";

    private static final int MAX_FIELDS = 1 << 10; // Zeek's widest log has some fifty

    private String separator = "\t";
    private String between = ",";
    private String empty = "(empty)";
    private String unset = "-";
    private String path = "";
    private List<String> names = List.of();
    private Map<String, Integer> places = Map.of();

    TsvRows() {}

    /// The log that the rows are of, as the head names it; empty if it does not.
    String path() {
        return path;
    }

    /// Reads a line that begins with `#`.
    void head(String line) {
        if (line.startsWith(SIGN)) {
            separator = unescaped(line.substring(SIGN.length()));
            return;
        }
        String[] parts = line.split(java.util.regex.Pattern.quote(separator), MAX_FIELDS);
        String value = parts.length > 1 ? parts[1] : "";
        switch (parts[0]) {
            case "#set_separator" -> between = value.isEmpty() ? between : value;
            case "#empty_field" -> empty = value;
            case "#unset_field" -> unset = value;
            case "#path" -> path = value;
            case "#fields" -> names(List.of(parts).subList(1, parts.length));
            default -> {} // types, times
        }
    }

    private void names(List<String> told) {
        names = List.copyOf(told);
        Map<String, Integer> at = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            at.putIfAbsent(names.get(i), i);
        }
        places = at;
    }

    /// The row that a line is; null if it has not as many values as there are columns.
    @Nullable Row row(String line) {
        List<String> values = split(line, separator);
        return names.isEmpty() || values.size() != names.size() ? null : new Values(this, values);
    }

    private static List<String> split(String text, String by) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(by);
                at >= 0 && parts.size() < MAX_FIELDS;
                at = text.indexOf(by, from)) {
            parts.add(text.substring(from, at));
            from = at + by.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    /// `\xhh` as the octet it stands for, which is read as Latin-1 where it is no ASCII; `\\` as
    /// one backslash.
    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 3 < text.length() && text.charAt(i + 1) == 'x') {
                int high = Character.digit(text.charAt(i + 2), 16);
                int low = Character.digit(text.charAt(i + 3), 16);
                if (high >= 0 && low >= 0) {
                    out.append((char) (high << 4 | low));
                    i += 3;
                    continue;
                }
            } else if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '\\') {
                i++;
            }
            out.append(c);
        }
        return out.toString();
    }

    private record Values(TsvRows of, List<String> values) implements Row {

        @Override
        public List<String> names() {
            return of.names;
        }

        private @Nullable String raw(String name) {
            Integer place = of.places.get(name);
            String value = place == null ? null : values.get(place);
            return value == null || value.equals(of.unset) ? null : value;
        }

        @Override
        public @Nullable String text(String name) {
            String value = raw(name);
            return value == null ? null : value.equals(of.empty) ? "" : unescaped(value);
        }

        @Override
        public @Nullable List<String> texts(String name) {
            String value = raw(name);
            if (value == null || value.equals(of.empty)) {
                return value == null ? null : List.of();
            }
            return split(value, of.between).stream().map(TsvRows::unescaped).toList();
        }
    }
}
