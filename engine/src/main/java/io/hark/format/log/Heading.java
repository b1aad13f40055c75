package io.hark.format.log;

import java.util.List;

/// What the comment lines of an input say about the lines below them: which columns these have, and
/// which log they are of.
///
/// ```
/// #path  conn                             Zeek, with tabs
/// #fields  ts  uid  id.orig_h ...
/// #Fields: date time s-ip cs-method ...   W3C's extended log file format
/// ```
///
/// *Source*: W3C, Extended Log File Format (WD-logfile-960323); Zeek, "Zeek Log Formats".
///
/// *Thread*: one owner, that of the input.
public final class Heading {

    private static final int MAX_COLUMNS = 512; // Zeek's widest log has some 60
    private static final String ZEEK_FIELDS = "#fields\t";
    private static final String ZEEK_PATH = "#path\t";
    private static final String W3C_FIELDS = "#Fields:";

    private List<String> columns = List.of();
    private String path = "";

    /// No heading yet.
    public Heading() {}

    /// Looks at a line, which may be of a heading; a later one replaces an earlier one.
    public void see(String line) {
        if (line.isEmpty() || line.charAt(0) != '#') {
            return;
        }
        if (line.startsWith(ZEEK_FIELDS)) {
            columns = List.of(line.substring(ZEEK_FIELDS.length()).split("\t", MAX_COLUMNS));
        } else if (line.startsWith(ZEEK_PATH)) {
            path = line.substring(ZEEK_PATH.length()).strip();
        } else if (line.startsWith(W3C_FIELDS)) {
            String names = line.substring(W3C_FIELDS.length()).strip();
            columns = List.of(names.split("\\s+", MAX_COLUMNS));
        }
    }

    /// The names of the columns, in order; none where no heading told them.
    public List<String> columns() {
        return columns;
    }

    /// The name of the log; empty where no heading told it.
    public String path() {
        return path;
    }
}
