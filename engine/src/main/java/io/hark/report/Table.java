package io.hark.report;

import java.util.function.Consumer;

/// A table of the page, row by row.
///
/// *Thread*: one owner.
final class Table {

    private final Markup out;
    private final String[] columns;
    private int column;
    private boolean inRow;

    /// Begins a table.
    ///
    /// @param caption what it is, for those who do not see the page
    /// @param columns their headings; of numbers with `#` before
    Table(Markup out, String caption, String... columns) {
        this.out = out;
        this.columns = columns;
        out.open(
                "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
        out.open("table").with("caption", caption).open("thead").open("tr");
        for (String name : columns) {
            boolean number = name.startsWith("#");
            out.with(
                    "th",
                    number ? name.substring(1) : name,
                    "scope",
                    "col",
                    "class",
                    number ? "n" : null);
        }
        out.close("tr").close("thead").open("tbody");
    }

    Table row() {
        endRow();
        out.open("tr");
        inRow = true;
        column = 0;
        return this;
    }

    private void endRow() {
        if (inRow) {
            if (column != columns.length) {
                throw new IllegalStateException(column + " cells of " + columns.length);
            }
            out.close("tr");
            inRow = false;
        }
    }

    Table cell(Consumer<Markup> content) {
        column++;
        out.open("td");
        content.accept(out);
        out.close("td");
        return this;
    }

    Table text(String text) {
        return cell(cell -> cell.text(text));
    }

    /// A time, which stays on one line.
    Table time(String time) {
        column++;
        out.with("td", time, "class", "t");
        return this;
    }

    Table number(String number) {
        column++;
        out.with("td", number, "class", "n");
        return this;
    }

    void end() {
        endRow();
        out.close("tbody").close("table").close("div");
    }

    /// Says what was left out, and where it is.
    static void more(Markup out, String what, String where) {
        out.open("p", "class", "more").text(what + " not shown: " + where).text(".").close("p");
    }

    /// The same, with the command that shows it.
    static void moreBy(Markup out, String what, String command) {
        out.open("p", "class", "more").text(what + " not shown: ");
        out.with("code", command).close("p");
    }
}
