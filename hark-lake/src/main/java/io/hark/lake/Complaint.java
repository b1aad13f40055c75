package io.hark.lake;

import io.hark.UserError;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Says to a person what DuckDB says of a statement, and what helps.
///
/// @param dir the case or lake
/// @param tables there are
/// @param broken tables that cannot be read, and why
record Complaint(Path dir, Set<String> tables, Map<String, String> broken) {

    private static final Pattern NO_TABLE =
            Pattern.compile("Table with name \"?(.+?)\"? does not exist");
    private static final Pattern NO_OUTER = Pattern.compile("Referenced table \"(.+?)\" not found");

    /// What its driver says where a statement fails before its first row.
    private static final String UNTOLD = "Invalid result set";

    private static final Pattern CLASS = Pattern.compile("^[A-Z][A-Za-z ]* Error: ");

    UserError about(SQLException failure) {
        String said = String.valueOf(failure.getMessage()).strip();
        Matcher noTable = NO_TABLE.matcher(said);
        if (noTable.find()) {
            return new UserError(aboutTable(noTable.group(1)), failure);
        }
        if (said.startsWith("Out of Memory") || said.contains("max_temp_directory_size")) {
            return new UserError(
                    "the statement needs more memory than it may take; --max-memory allows more: "
                            + firstLine(failure),
                    failure);
        }
        if (said.contains(UNTOLD)) {
            return new UserError(
                    "the statement failed while it ran, and DuckDB does not say why: most often for want of"
                            + " memory, of which --max-memory allows more",
                    failure);
        }
        if (said.contains("disabled by configuration")
                || said.contains("configuration has been locked")) {
            return new UserError(
                    "hark query opens nothing but the events of " + dir + ": " + firstLine(failure),
                    failure);
        }
        StringBuilder text = new StringBuilder(Text.lines(CLASS.matcher(said).replaceFirst("")));
        if (NO_OUTER.matcher(said).find()) {
            text.append("\na column's name with a dot stands in double quotes: \"id.resp_h\"");
        }
        return new UserError(text.toString(), failure);
    }

    /// Why there is nothing to be had of a table.
    String aboutTable(String name) {
        String why = broken.get(name);
        if (why != null) {
            return "table "
                    + Text.line(name)
                    + " cannot be read: "
                    + why
                    + "\nremove that file, or analyze its input again";
        }
        return "there is no table "
                + Text.line(name)
                + " in "
                + dir
                + "; there are: "
                + String.join(", ", tables)
                + "\na kind of event without rows has no table; `hark query "
                + dir
                + "` lists the columns of each";
    }

    /// The first line of what DuckDB said.
    static String firstLine(SQLException failure) {
        String said = String.valueOf(failure.getMessage()).strip();
        return Text.line(CLASS.matcher(said).replaceFirst("").lines().findFirst().orElse(""));
    }
}
