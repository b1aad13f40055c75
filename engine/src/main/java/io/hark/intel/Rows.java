package io.hark.intel;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Lists of one indicator a line: comma-separated values, and Zeek's tab-separated intel files.
///
/// *Shape*: a head names the columns: `indicator` (or `value`), `type` (or `indicator_type`), and
/// `context`, `comment`, `description`, `meta.desc`. Comma-separated values without one are
/// indicator, type, context; without a type it is the one that the value looks like.
final class Rows {

    private static final List<String> VALUE = List.of("indicator", "value");
    private static final List<String> TYPE = List.of("type", "indicator_type");
    private static final List<String> CONTEXT =
            List.of("context", "comment", "description", "meta.desc");
    private static final String FIELDS = "#fields\t";
    private static final String ABSENT = "-"; // in Zeek's files

    private final Intake intake;
    private boolean tabs;
    private int value;
    private int type = 1;
    private int context = 2;

    private Rows(Intake intake) {
        this.intake = intake;
    }

    /// Reads all lines.
    static void read(BufferedReader in, Intake intake) throws IOException {
        new Rows(intake).read(in);
    }

    private void read(BufferedReader in) throws IOException {
        boolean begun = false;
        int at = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            at++;
            if (line.startsWith(FIELDS)) {
                tabs = true;
                begun = true;
                head(at, List.of(line.substring(FIELDS.length()).split("\t", -1)));
            } else if (!line.isBlank() && line.charAt(0) != '#') {
                List<String> cells = tabs ? List.of(line.split("\t", -1)) : cells(at, line);
                boolean isHead = !begun && VALUE.stream().anyMatch(lower(cells)::contains);
                begun = true;
                if (isHead) {
                    head(at, cells);
                } else {
                    row(at, cells);
                }
            }
        }
    }

    private static List<String> lower(List<String> cells) {
        return cells.stream().map(cell -> cell.strip().toLowerCase(Locale.ROOT)).toList();
    }

    private void head(int at, List<String> cells) {
        List<String> names = lower(cells);
        value = place(names, VALUE);
        type = place(names, TYPE);
        context = place(names, CONTEXT);
        if (value < 0) {
            throw intake.error(at, "no column 'indicator'; there are " + String.join(", ", names));
        }
    }

    private static int place(List<String> names, List<String> wanted) {
        return wanted.stream().mapToInt(names::indexOf).filter(i -> i >= 0).findFirst().orElse(-1);
    }

    private void row(int at, List<String> cells) {
        String said = cell(cells, value);
        if (said.isEmpty()) {
            throw intake.error(at, "no indicator in this line");
        }
        String plain = said.startsWith("'") ? said.substring(1) : said; // kept a spreadsheet calm
        intake.add(at, cell(cells, type), plain, cell(cells, context));
    }

    private String cell(List<String> cells, int place) {
        String text = place < 0 || place >= cells.size() ? "" : cells.get(place).strip();
        return tabs && text.equals(ABSENT) ? "" : text;
    }

    /// The cells of a line. *Source*: RFC 4180 §2; no cell goes on in the next line.
    private List<String> cells(int at, String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean doubled =
                    quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
            if (doubled) {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw intake.error(at, "a quotation mark is not closed in this line");
        }
        cells.add(cell.toString());
        return cells;
    }
}
