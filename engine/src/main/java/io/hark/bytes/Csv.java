package io.hark.bytes;

import java.util.List;
import java.util.regex.Pattern;

/// Lines of comma-separated values (RFC 4180) that neither a terminal nor a spreadsheet obeys: a
/// cell that would begin a formula, and is no number, begins with an apostrophe, which spreadsheets
/// do not show.
public final class Csv {

    private static final Pattern NUMBER =
            Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,4})?");

    private Csv() {}

    /// One line, with its end.
    public static String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (String cell : cells) {
            line.append(line.isEmpty() ? "" : ",").append(cell(cell));
        }
        return line.append("\r\n").toString();
    }

    private static String cell(String text) {
        String shown = Visible.line(text);
        String harmless =
                isFormula(shown) && !NUMBER.matcher(shown).matches() ? "'" + shown : shown;
        boolean plain =
                !harmless.isEmpty()
                        && harmless.chars().noneMatch(c -> c == ',' || c == '"' || c == ';')
                        && !Character.isWhitespace(harmless.charAt(0))
                        && !Character.isWhitespace(harmless.charAt(harmless.length() - 1));
        return plain ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }

    /// *Source*: OWASP, CSV injection: `=`, `+`, `-`, `@`, also behind blanks or in their full
    /// width.
    private static boolean isFormula(String text) {
        String stripped = text.strip();
        return !stripped.isEmpty()
                && "=+-@\uff1d\uff0b\uff0d\uff20|%".indexOf(stripped.charAt(0)) >= 0;
    }
}
